import type { CallFacts, Verdict } from '../facts.ts';
import type { Phrase, TermKind } from '../term.ts';

/** A kind that is one word. */
function flag(key: string, says: string, phrase: Phrase, test: (facts: CallFacts) => Verdict): TermKind {
  return { key, says, flag: true, expects: 'no value', parse: () => ({ phrase, test }) };
}

const outcomeIs = (outcome: CallFacts['outcome']) => (facts: CallFacts) =>
  facts.outcome === undefined ? undefined : facts.outcome === outcome;

/** How a call ended, and what it was. */
export const flags: readonly TermKind[] = [
  flag(
    'failed',
    'calls that failed',
    { adjective: 'failed', is: 'that failed', not: 'that did not fail' },
    outcomeIs('failed'),
  ),
  flag(
    'odd',
    'answered well, but Azure should not have sent it or will resend it',
    { adjective: 'odd', is: 'that are odd', not: 'that are not odd' },
    outcomeIs('odd'),
  ),
  flag(
    'ok',
    'answered well, nothing odd',
    { adjective: 'faultless', is: 'without fault', not: 'that failed or are odd' },
    outcomeIs('ok'),
  ),
  flag(
    'probe',
    'connection tests: Azure asks for somebody who cannot exist',
    { is: 'that only test the connection', not: 'without probes' },
    (facts) => facts.probe,
  ),
  flag(
    'practice',
    'calls of practice runs, not of Azure',
    { adjective: 'practice', is: 'of practice', not: 'without practice' },
    (facts) => facts.practice,
  ),
];
