import { folded } from '../facts.ts';
import type { TermKind } from '../term.ts';

const known: Record<string, string> = {
  uniqueness: 'the name is taken',
  invalidValue: 'a value is not allowed',
  invalidSyntax: 'the body could not be read',
  invalidFilter: 'a filter could not be read',
  invalidPath: 'a path could not be read',
  noTarget: 'a path leads to nothing',
  mutability: 'the attribute is read-only',
  tooMany: 'too many results',
};

/** `scimtype:uniqueness`. */
export const scimType: TermKind = {
  key: 'scimtype',
  says: 'the kind of refusal, by SCIM’s name',
  expects: `one of ${Object.keys(known).join(', ')}`,
  parse(value) {
    const name = Object.keys(known).find((one) => folded(one) === folded(value)) ?? value;
    if (!/^[a-z]+$/i.test(name)) return null;
    return {
      phrase: { is: `refused as ${name}`, not: `not refused as ${name}` },
      test({ scimType: type }) {
        if (type === undefined) return undefined;
        return type !== null && folded(type) === folded(name);
      },
    };
  },
  offers: () => Object.entries(known).map(([value, says]) => ({ value, says })),
};
