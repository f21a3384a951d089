import { type CallFacts, folded, foldedBody, type Verdict } from '../facts.ts';
import type { Narrow, Phrase, TermKind } from '../term.ts';

/** A text that may hold what is sought; null: there is none, undefined: it is not known here. */
type Place = (facts: CallFacts) => string | null | undefined;

const plain =
  (fact: 'address' | 'resourceName' | 'object' | 'code' | 'changedValues'): Place =>
  (facts) => {
    const text = facts[fact];
    return text == null ? text : folded(text);
  };
const body =
  (fact: 'request' | 'response'): Place =>
  (facts) => {
    const text = facts[fact];
    return text == null ? text : foldedBody(text);
  };
const bodies = [body('request'), body('response'), plain('changedValues')];

/** True as soon as one place holds it, undefined while one is not known. */
function anyHolds(places: readonly Place[], facts: CallFacts, sought: string): Verdict {
  let verdict: Verdict = false;
  for (const place of places) {
    const text = place(facts);
    if (text === undefined) verdict = undefined;
    else if (text?.includes(sought)) return true;
  }
  return verdict;
}

function text(
  key: string,
  says: string,
  places: readonly Place[],
  phrase: (value: string) => Phrase,
  { offers, within }: { offers?: NonNullable<TermKind['offers']>; within?: NonNullable<Narrow['within']> } = {},
): TermKind {
  return {
    key,
    says,
    expects: 'a text',
    parse(value) {
      const sought = folded(value);
      if (sought === '') return null;
      const narrow: Narrow = within === undefined ? { text: sought } : { text: sought, within };
      return { phrase: phrase(value), test: (facts) => anyHolds(places, facts, sought), narrow };
    },
    ...(offers === undefined ? {} : { offers }),
  };
}

const holding = (what: string) => (value: string) => ({
  is: `with “${value}” in ${what}`,
  not: `without “${value}” in ${what}`,
});

export const texts: readonly TermKind[] = [
  text('path', 'the path or query that was called', [plain('address')], holding('the address'), {
    offers: () => [{ value: '/Users' }, { value: '/Groups' }, { value: 'filter=', says: 'look-ups' }],
  }),
  text(
    'body',
    'what was sent, refusals, and the values that changed',
    bodies,
    holding('what was sent, refused or changed'),
    { within: 'bodies' },
  ),
  text('request', 'what was sent', [body('request')], holding('the request'), { within: 'request' }),
  text('response', 'refusals, and other answers kept as text', [body('response')], holding('the kept answer'), {
    within: 'response',
  }),
];

/** A word without a key: somebody's name, or anything in the address or the bodies. */
export const anywhere = text(
  '',
  'a name, or a text in the address or the bodies',
  [plain('resourceName'), plain('object'), plain('code'), plain('address'), ...bodies],
  (value) => ({ is: `with “${value}”`, not: `without “${value}”` }),
);

/** `attribute:title`: an attribute that the call changed. */
export const attribute: TermKind = {
  key: 'attribute',
  says: 'an attribute that changed',
  expects: 'an attribute, e.g. title or members',
  parse(value) {
    const sought = folded(value);
    if (sought === '') return null;
    return {
      phrase: { is: `that changed ${value}`, not: `that did not change ${value}` },
      test(facts) {
        // A call without a change has no paths, and a feed row tells as much.
        if (facts.changeKind === null) return false;
        return facts.changedPaths?.some((path) => folded(path).includes(sought));
      },
      narrow: { text: sought },
    };
  },
  offers: () =>
    ['active', 'displayName', 'title', 'emails', 'department', 'manager', 'members', 'externalId'].map((value) => ({
      value,
    })),
};
