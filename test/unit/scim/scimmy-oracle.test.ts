import fc from 'fast-check';
import SCIMMY from 'scimmy';
import { describe, expect, it, test } from 'vitest';
import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import { applyPatch, matches, parseFilter } from '../../../src-main/scim/index.ts';
import { message } from './support.ts';

/*
 * SCIMMY, an implementation of the RFCs by others, as a second opinion on filters and patches, within what it gets right. What
 * it does not is listed with its reason, and left out of what is generated.
 */

const word = fc.constantFrom('a', 'b', 'ab', 'x y');
const address = fc.constantFrom('a@x', 'b@x', 'c@y');
const emailType = fc.constantFrom('work', 'home', 'other');

const emails = fc.uniqueArray(fc.record({ type: emailType, value: address }), {
  selector: (one) => one.type,
  minLength: 1,
  maxLength: 3,
});

const user = fc.record(
  {
    userName: word,
    title: word,
    nickName: word,
    active: fc.boolean(),
    name: fc.record({ givenName: word, familyName: word }, { requiredKeys: ['givenName'] }),
    emails,
  },
  { requiredKeys: ['userName'] },
);

const orders = ['co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;

describe('filters', () => {
  const email = (type: string, value: string) => ({ type, value });
  test.each<[fault: string, filter: string, one: JsonObject, holds: boolean]>([
    ['userName is not case-exact (RFC 7643 §4.1.1)', 'userName eq "ADA"', { userName: 'ada' }, true],
    [
      'a part of an attribute that is not there ends in an exception',
      'name.givenName eq "a"',
      { userName: 'a' },
      false,
    ],
    ['so does the presence of a list', 'emails pr', { userName: 'a', emails: [email('work', 'a@x')] }, true],
    ['a closing bracket in a text counts as one', 'not (title eq "c)")', { userName: 'a', title: 'c)' }, false],
    [
      'what is asked of several elements must hold for one',
      'emails.type eq "home" and emails.value eq "a@x"',
      { userName: 'a', emails: [email('home', 'b@x'), email('work', 'a@x')] },
      true,
    ],
  ])('not where %s', (_fault, filter, one, holds) => {
    expect(ours(filter, one)).toBe(holds);
    let said: boolean | 'nothing' = 'nothing';
    try {
      said = theirs(filter, one);
    } catch {}
    expect(said).not.toBe(holds);
  });

  /** With all attributes that have parts. */
  const whole = fc
    .record({ user, name: fc.record({ givenName: word }, { requiredKeys: [] }), emails })
    .map(({ user: one, ...rest }) => ({ ...rest, ...one }));
  const single = fc
    .tuple(
      fc.constantFrom('userName', 'title', 'nickName', 'name.givenName', 'name.familyName'),
      fc.constantFrom('eq', 'ne', ...orders),
      word,
    )
    .map(([path, op, value]) => `${path} ${op} ${JSON.stringify(value)}`);
  const flag = fc.boolean().map((value) => `active eq ${value}`);
  const present = fc.constantFrom('title pr', 'nickName pr', 'name.familyName pr');
  const ofElements = fc
    .tuple(
      fc.constantFrom('emails.value', 'emails.type'),
      fc.constantFrom('eq', ...orders),
      fc.oneof(address, emailType),
    )
    .map(([path, op, value]) => `${path} ${op} ${JSON.stringify(value)}`);
  const valuePath = fc
    .tuple(emailType, fc.constantFrom('eq', ...orders), address)
    .map(([type, op, value]) => `emails[type eq ${JSON.stringify(type)} and value ${op} ${JSON.stringify(value)}]`);
  const plainTerm = fc.oneof(
    single,
    flag,
    present,
    single.map((one) => `not (${one})`),
  );
  const emailTerm = fc.oneof(ofElements, valuePath);

  it('of one comparison', () => {
    fc.assert(
      fc.property(fc.oneof(single, flag, present, emailTerm), whole, (text, one) => {
        expect(ours(text, one)).toBe(theirs(text, one));
      }),
      { numRuns: 500 },
    );
  });

  it('of several', () => {
    const several = fc
      .tuple(
        fc.array(plainTerm, { minLength: 1, maxLength: 3 }),
        fc.oneof(plainTerm, emailTerm),
        fc.array(fc.constantFrom('and', 'or'), { minLength: 3, maxLength: 3 }),
      )
      .map(([terms, last, links]) =>
        [...terms, last].map((one, at) => (at === 0 ? one : `${links[at - 1]} ${one}`)).join(' '),
      );
    fc.assert(
      fc.property(several, whole, (text, one) => {
        expect(ours(text, one)).toBe(theirs(text, one));
      }),
      { numRuns: 500 },
    );
  });
});

function ours(filter: string, one: JsonObject): boolean {
  return matches(parseFilter(filter, 'User'), one);
}

function theirs(filter: string, one: JsonObject): boolean {
  return new SCIMMY.Types.Filter(filter).match([structuredClone(one)]).length === 1;
}

describe('patches', () => {
  const path = fc.constantFrom('title', 'nickName', 'name.givenName', 'name.familyName');
  const type = emailType.map((one) => `emails[type eq "${one}"]`);
  const operation: fc.Arbitrary<JsonObject> = fc.oneof(
    fc.record({ op: fc.constantFrom('add', 'replace'), path, value: word }),
    fc.record({ op: fc.constant('remove'), path: fc.oneof(path, type, fc.constant('emails')) }),
    fc.record({ op: fc.constant('replace'), path: fc.constant('emails'), value: emails }),
    fc.record({ op: fc.constant('replace'), path: fc.constant('active'), value: fc.boolean() }),
    fc.record({
      op: fc.constantFrom('add', 'replace'),
      value: fc.record({ title: word, nickName: word }, { requiredKeys: [] }),
    }),
  );

  it('leave the same user', async () => {
    await fc.assert(
      fc.asyncProperty(user, fc.array(operation, { minLength: 1, maxLength: 4 }), async (one, operations) => {
        const patched = applyPatch('User', one, message(...operations)).document;
        expect(plain(patched)).toEqual(plain(await theirPatch(one, operations)));
      }),
      { numRuns: 200 },
    );
  });
});

async function theirPatch(one: JsonObject, operations: JsonObject[]): Promise<JsonObject> {
  const request = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: structuredClone(operations),
  };
  const target = new SCIMMY.Schemas.User({ id: 'one', ...structuredClone(one) });
  const patched = await new SCIMMY.Messages.PatchOp(request as never).apply(target as never);
  // Undefined: nothing changed.
  return patched === undefined ? one : (JSON.parse(JSON.stringify(patched)) as JsonObject);
}

/** Without what only one side keeps there, an emptied `name` (SCIMMY) included; elements in one order. */
function plain({ id: _id, meta: _meta, schemas: _schemas, name, emails: list, ...one }: JsonObject): JsonObject {
  const typeOf = (email: Json) =>
    typeof email === 'object' && email !== null && 'type' in email ? String(email.type) : '';
  return {
    ...one,
    ...(name === undefined || JSON.stringify(name) === '{}' ? {} : { name }),
    ...(Array.isArray(list) ? { emails: list.toSorted((a, b) => (typeOf(a) < typeOf(b) ? -1 : 1)) } : {}),
  };
}
