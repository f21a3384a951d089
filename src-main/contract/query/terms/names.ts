import { type CallFacts, folded, type Verdict } from '../facts.ts';
import type { Known, TermKind } from '../term.ts';

/** The record's name, or what a look-up asked for. */
function nameHolds(facts: CallFacts, text: string): Verdict {
  const { resourceName: name, object, address } = facts;
  if ([name, object].some((one) => one != null && folded(one).includes(text))) return true;
  if (name === undefined || object === undefined || address === undefined) return undefined;
  const query = address.indexOf('?');
  return query >= 0 && folded(address.slice(query)).includes(text);
}

function named(
  key: string,
  says: string,
  about: string,
  type: CallFacts['resourceType'],
  names: (known: Known) => readonly string[],
): TermKind {
  return {
    key,
    says,
    expects: 'a name or a part of one',
    parse(value) {
      const text = folded(value);
      if (text === '') return null;
      return {
        phrase: { is: `about ${about} named like “${value}”`, not: `not about ${about} named like “${value}”` },
        test(facts) {
          if (type !== null && facts.resourceType !== type) return facts.resourceType === undefined ? undefined : false;
          return nameHolds(facts, text);
        },
        narrow: { text },
      };
    },
    offers: (known) => names(known).map((value) => ({ value })),
  };
}

/** Whom a call was about. */
export const names: readonly TermKind[] = [
  named('user', 'a user’s name, or what was looked for', 'users', 'User', (known) => known.users),
  named('group', 'a group’s name, or what was looked for', 'groups', 'Group', (known) => known.groups),
  named('name', 'a user’s or group’s name', 'users or groups', null, (known) => [...known.users, ...known.groups]),
];
