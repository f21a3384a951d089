import type { CallFacts, Verdict } from '../facts.ts';
import type { Phrase, TermKind } from '../term.ts';

/** A kind whose value is one of a few words. */
export function choice(
  key: string,
  says: string,
  choices: Record<string, { says?: string; phrase: Phrase; test(facts: CallFacts): Verdict }>,
): TermKind {
  const names = Object.keys(choices);
  return {
    key,
    says,
    expects: `one of ${names.join(', ')}`,
    parse(value) {
      const name = names.find((one) => one.toLowerCase() === value.toLowerCase());
      const chosen = name === undefined ? undefined : choices[name];
      return chosen === undefined ? null : { phrase: chosen.phrase, test: chosen.test };
    },
    offers: () => Object.entries(choices).map(([value, one]) => ({ value, ...(one.says ? { says: one.says } : {}) })),
  };
}
