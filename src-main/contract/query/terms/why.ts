import { folded } from '../facts.ts';
import type { TermKind } from '../term.ts';

/** `why:SP-USERNAME-TAKEN`: the code of an explanation, or its beginning. */
export const why: TermKind = {
  key: 'why',
  says: 'the code of an explanation',
  expects: 'a code of an explanation',
  parse(value) {
    const sought = folded(value);
    if (sought === '') return null;
    return {
      phrase: { is: `explained by ${value}`, not: `not explained by ${value}` },
      test: (facts) => facts.why?.some((code) => folded(code).startsWith(sought)),
    };
  },
  offers: (known) => known.whys.map((value) => ({ value })),
};
