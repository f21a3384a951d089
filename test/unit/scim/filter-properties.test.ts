import fc from 'fast-check';
import { parse as oracleParse, filter as oracleTester } from 'scim2-parse-filter';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import { matches, parseFilter, parseSharedFilter } from '../../../src-main/scim/index.ts';

/** A filter as the tests think of it: one node knows how to print itself and how it is decided, naively. */
interface Model {
  text: string;
  holds: (user: JsonObject) => boolean;
}

type Operator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
const operators: Operator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const words = ['a', 'B', 'ab', 'É', 'é', 'x y', '"', '\\', ')', ' and ', '\u{1f600}', '\uffee', ''];

function decide(op: Operator, stored: string, wanted: string, exact: boolean): boolean {
  const a = exact ? stored : stored.normalize('NFC').toLowerCase();
  const b = exact ? wanted : wanted.normalize('NFC').toLowerCase();
  const order = Buffer.from(a).compare(Buffer.from(b));
  switch (op) {
    case 'eq':
      return a === b;
    case 'ne':
      return a !== b;
    case 'co':
      return a.includes(b);
    case 'sw':
      return a.startsWith(b);
    case 'ew':
      return a.endsWith(b);
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
  }
}

/** Some value decides it; where there is none, only `ne` holds. Empty text counts as no value (RFC 7643 §2.5). */
function some(op: Operator, values: Json[], wanted: string, exact: boolean): boolean {
  const texts = values.filter((one) => typeof one === 'string' && one !== '').map(String);
  return texts.length === 0 ? op === 'ne' : texts.some((one) => decide(op, one, wanted, exact));
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const elements = (user: JsonObject, name: string): JsonObject[] => {
  const list = user[name];
  return Array.isArray(list) ? list.filter(isObject) : [];
};
const own = (object: JsonObject, name: string): Json[] => (object[name] === undefined ? [] : [object[name]]);

const anyCase = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((one, index) => (upper[index] ? one.toUpperCase() : one)).join(''));

const literal = fc.constantFrom(...words);
const operator = fc.constantFrom(...operators);

const simple: fc.Arbitrary<Model> = fc
  .tuple(fc.constantFrom('userName', 'title', 'externalId'), operator, literal)
  .chain(([name, op, wanted]) =>
    fc.tuple(anyCase(name), anyCase(op)).map(([shownName, shownOp]) => ({
      text: `${shownName} ${shownOp} ${JSON.stringify(wanted)}`,
      holds: (user: JsonObject) => some(op, own(user, name), wanted, name === 'externalId'),
    })),
  );

const present: fc.Arbitrary<Model> = fc.constantFrom('title', 'nickName', 'emails').map((name) => ({
  text: `${name} pr`,
  holds: (user) => {
    const value = user[name];
    if (!Array.isArray(value)) return value !== undefined && value !== '';
    return elements(user, name).some((one) => Object.values(one).some((part) => part !== ''));
  },
}));

const flag: fc.Arbitrary<Model> = fc.boolean().chain((wanted) =>
  fc.constantFrom(String(wanted), `"${wanted ? 'True' : 'False'}"`).map((shown) => ({
    text: `active eq ${shown}`,
    holds: (user: JsonObject) => user.active === wanted,
  })),
);

const plural: fc.Arbitrary<Model> = fc
  .tuple(fc.constantFrom('value', 'type', null), operator, literal)
  .map(([sub, op, wanted]) => ({
    text: `emails${sub === null ? '' : `.${sub}`} ${op} ${JSON.stringify(wanted)}`,
    holds: (user) =>
      some(
        op,
        elements(user, 'emails').flatMap((one) => own(one, sub ?? 'value')),
        wanted,
        false,
      ),
  }));

const inElement: fc.Arbitrary<{ text: string; holds: (element: JsonObject) => boolean }> = fc
  .tuple(fc.constantFrom('value', 'type'), operator, literal)
  .map(([sub, op, wanted]) => ({
    text: `${sub} ${op} ${JSON.stringify(wanted)}`,
    holds: (element) => some(op, own(element, sub), wanted, false),
  }));

const valuePath: fc.Arbitrary<Model> = fc
  .tuple(inElement, inElement, fc.constantFrom('and', 'or', 'not', 'sub'))
  .map(([one, two, how]) => {
    if (how === 'not') {
      return {
        text: `emails[not (${one.text})]`,
        holds: (user) => elements(user, 'emails').some((element) => !one.holds(element)),
      };
    }
    const text = how === 'sub' ? `emails[${one.text}].${two.text}` : `emails[${one.text} ${how} ${two.text}]`;
    const decideOne = (element: JsonObject) =>
      how === 'or' ? one.holds(element) || two.holds(element) : one.holds(element) && two.holds(element);
    return { text, holds: (user) => elements(user, 'emails').some(decideOne) };
  });

const leaf = fc.oneof(simple, present, flag, plural, valuePath);

/** Nested by precedence: printed with only the brackets it needs. */
const { filter: anyFilter } = fc.letrec<{ filter: Model; conjunction: Model; term: Model }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('filter').map((inner) => ({ text: `(${inner.text})`, holds: inner.holds })),
    tie('filter').map((inner) => ({ text: `not (${inner.text})`, holds: (user: JsonObject) => !inner.holds(user) })),
  ),
  conjunction: fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((terms) => ({
    text: terms.map((one) => one.text).join(' and '),
    holds: (user) => terms.every((one) => one.holds(user)),
  })),
  filter: fc.array(tie('conjunction'), { minLength: 1, maxLength: 3 }).map((terms) => ({
    text: terms.map((one) => one.text).join(' or '),
    holds: (user) => terms.some((one) => one.holds(user)),
  })),
}));

const user: fc.Arbitrary<JsonObject> = fc.record(
  {
    userName: literal,
    title: literal,
    externalId: literal,
    active: fc.boolean(),
    emails: fc.array(fc.record({ value: literal, type: fc.constantFrom('a', 'B', 'work') }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
  },
  { requiredKeys: [] },
);

describe('filters as a whole', () => {
  it('print, parse, evaluate: the same answer as deciding naively', () => {
    fc.assert(
      fc.property(anyFilter, fc.array(user, { minLength: 1, maxLength: 5 }), (model, users) => {
        const filter = parseFilter(model.text, 'User');
        for (const one of users) expect(matches(filter, one)).toBe(model.holds(one));
      }),
      { numRuns: 1500 },
    );
  });

  it('asked of groups too, give of a group what they give of a user without those attributes (RFC 7644 §3.4.2.1)', () => {
    const group = fc.record({ externalId: literal, displayName: literal }, { requiredKeys: ['displayName'] });
    fc.assert(
      fc.property(anyFilter, group, fc.uuid(), (model, rest, id) => {
        const filter = parseSharedFilter(model.text, 'Group', 'User');
        const holds = model.holds(rest);
        if (filter === null || filter === 'none') expect(filter === null).toBe(holds);
        else expect(matches(filter, { ...rest, id })).toBe(holds);
        expect(parseSharedFilter(model.text, 'User', 'Group')).toEqual(parseFilter(model.text, 'User'));
      }),
      { numRuns: 1500 },
    );
  });

  it('any text is parsed or refused with invalidFilter, never anything else', () => {
    const scrap = fc.constantFrom(
      ...[
        'userName',
        ' ',
        ' eq ',
        '"x"',
        '(',
        ')',
        '[',
        ']',
        'emails',
        '.value',
        ' and ',
        'not',
        '"',
        '\\',
        'pr',
        'é',
        '0',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(scrap, { maxLength: 12 }).map((all) => all.join('')),
          fc.string(),
        ),
        (text) => {
          try {
            parseFilter(text, 'User');
          } catch (error) {
            expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/**
 * scim2-parse-filter as a second opinion, within what it gets right: it ignores `not` inside value paths, folds case nowhere,
 * counts a list without elements as no match for `ne`, and knows no bare words. So: lower-case text, single values, no `ne`.
 */
describe('scim2-parse-filter agrees', () => {
  const safeWord = fc.constantFrom('a', 'b', 'ab', 'x y', 'c)');
  const clause = fc
    .tuple(
      fc.constantFrom('userName', 'title', 'name.givenName'),
      fc.constantFrom('eq', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
      safeWord,
    )
    .map(([name, op, word]) => `${name} ${op} "${word}"`);
  const { text: safeFilter } = fc.letrec<{ text: string; term: string }>((tie) => ({
    term: fc.oneof(
      { depthSize: 'small' },
      clause,
      tie('text').map((inner) => `(${inner})`),
      tie('text').map((inner) => `not (${inner})`),
    ),
    text: fc
      .tuple(
        fc.array(tie('term'), { minLength: 1, maxLength: 4 }),
        fc.array(fc.constantFrom('and', 'or'), { minLength: 3, maxLength: 3 }),
      )
      .map(([terms, links]) =>
        terms.map((term, index) => (index === 0 ? term : `${links[index - 1]} ${term}`)).join(' '),
      ),
  }));
  const plainUser = fc.record({ userName: safeWord, title: safeWord, name: fc.record({ givenName: safeWord }) });

  it('on grammar and precedence', () => {
    fc.assert(
      fc.property(safeFilter, plainUser, (text, one) => {
        expect(matches(parseFilter(text, 'User'), one)).toBe(oracleTester(oracleParse(text))(one));
      }),
      { numRuns: 1000 },
    );
  });
});
