import type { ChangeKind } from '../../resources.ts';
import type { CallFacts, Verdict } from '../facts.ts';
import { choice } from './choice.ts';

const changed = (kind: ChangeKind, what: string) => ({
  phrase: { is: `that ${kind} a user or group`, not: `that ${kind} nobody` },
  says: what,
  test: (facts: CallFacts): Verdict => (facts.changeKind === undefined ? undefined : facts.changeKind === kind),
});

/** A look-up that found its record: Azure matched it. */
function matched({ method, totalResults, address, probe }: CallFacts): Verdict {
  if ((method !== undefined && method !== 'GET') || probe === true) return false;
  if (method === undefined || totalResults === undefined || address === undefined) return undefined;
  return totalResults !== null && totalResults > 0 && /[?&]filter=/i.test(address);
}

export const action = choice('action', 'what the call did', {
  created: changed('created', 'a user or group is new'),
  updated: changed('updated', 'values or members changed'),
  archived: changed('archived', 'disabled by active: false'),
  restored: changed('restored', 'enabled again'),
  deleted: changed('deleted', 'deleted by Azure'),
  matched: {
    says: 'a look-up that found its record',
    phrase: { is: 'that found a match', not: 'that found no match' },
    test: matched,
  },
  tested: {
    says: 'a test of the connection',
    phrase: { is: 'that tested the connection', not: 'that did not test the connection' },
    test: (facts) => facts.probe,
  },
});
