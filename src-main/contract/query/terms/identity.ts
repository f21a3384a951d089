import { folded } from '../facts.ts';
import type { TermKind } from '../term.ts';

/** `id:2819c223`: the beginning is enough. */
const id: TermKind = {
  key: 'id',
  says: 'the record’s id, or its beginning',
  expects: 'an id',
  parse(value) {
    const text = folded(value);
    if (text === '') return null;
    return {
      phrase: { is: `about the record ${value}`, not: `not about the record ${value}` },
      test({ resourceId }) {
        if (resourceId === undefined) return undefined;
        return resourceId !== null && folded(resourceId).startsWith(text);
      },
      narrow: { text },
    };
  },
};

/** `code:7K2Q9`, as Azure's log quotes it. */
const code: TermKind = {
  key: 'code',
  says: 'the call’s code, as Azure’s log quotes it',
  expects: 'a call’s code, e.g. 7K2Q9',
  parse(value) {
    // As it is read out or retyped: O, I and L are read as 0, 1 and 1.
    const sought = value.toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
    if (!/^[0-9A-Z]{5,7}$/.test(sought)) return null;
    return {
      phrase: { is: `with the code ${sought}`, not: `other than ${sought}` },
      test: (facts) => (facts.code === undefined ? undefined : facts.code === sought),
      narrow: { text: sought.toLowerCase() },
    };
  },
};

/** `source:20.190.`: the beginning of an address. */
const source: TermKind = {
  key: 'source',
  says: 'the address a call came from',
  expects: 'an address or its beginning',
  parse(value) {
    const text = folded(value);
    if (text === '') return null;
    return {
      phrase: { is: `from ${value}`, not: `not from ${value}` },
      test: (facts) => (facts.source === undefined ? undefined : folded(facts.source).startsWith(text)),
    };
  },
  offers: (known) => known.sources.map((value) => ({ value })),
};

export const identity: readonly TermKind[] = [id, code, source];
