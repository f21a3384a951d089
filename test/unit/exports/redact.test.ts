import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallDetail, Json } from '../../../src-main/contract/index.ts';
import { createRedaction, shapeOf } from '../../../src-renderer/exports/redact.ts';
import { bodyOf, callOf } from './support.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const custom = 'urn:ietf:params:scim:schemas:extension:ServiceOps:2.0:User';
const user = 'urn:ietf:params:scim:schemas:core:2.0:User';

function redactAll(calls: readonly CallDetail[]) {
  const redaction = createRedaction();
  for (const call of calls) redaction.learn(call);
  return { calls: calls.map(redaction.redact), tally: redaction.tally() };
}

/** Somebody whose every value could be told from all the words of a call. */
const somebody = fc
  .record({
    given: fc.stringMatching(/^[A-Z][a-zäöüßéñ]{5,9}qz$/),
    family: fc.stringMatching(/^[A-ZŁ][a-z' -]{5,9}qz$/),
    id: fc.uuid(),
    externalId: fc.stringMatching(/^[a-z0-9]{8}qz$/),
    phone: fc.stringMatching(/^\+[1-9]{2} [1-9]{4}-[1-9]{6}$/),
    street: fc.stringMatching(/^[A-Z][a-z]{6}qz [1-9]{4}$/),
    title: fc.stringMatching(/^[A-Z][a-z]{6}qz$/),
  })
  .map((one) => ({
    ...one,
    display: `${one.given} ${one.family}`,
    mail: `${one.externalId}.mail@fabrikvale.example`,
    upn: `${one.externalId}@fabrikvale.example`,
  }));
type Somebody = typeof somebody extends fc.Arbitrary<infer T> ? T : never;

function resourceOf(one: Somebody): { [key: string]: Json } {
  return {
    schemas: [user, enterprise, custom],
    id: one.id,
    externalId: one.externalId,
    userName: one.upn,
    displayName: one.display,
    name: { givenName: one.given, familyName: one.family, formatted: one.display },
    nickName: one.given,
    title: one.title,
    active: true,
    locale: one.given,
    emails: [{ type: 'work', value: one.mail, display: one.display }],
    phoneNumbers: [{ type: 'mobile', value: one.phone }],
    addresses: [{ type: 'work', streetAddress: one.street, locality: one.title }],
    [enterprise]: {
      department: one.title,
      employeeNumber: one.externalId,
      manager: { value: one.id, displayName: one.display },
    },
    [custom]: { deputy: one.display, codes: [one.family, { owner: one.mail }] },
    meta: { resourceType: 'User', location: `https://pilot.fabrikvale.example/scim/v2/Users/${one.id}` },
  };
}

/** Calls in which somebody stands everywhere that a call has room. */
function callsOf(one: Somebody, other: Somebody): CallDetail[] {
  const resource = resourceOf(one);
  const filter = (text: string) => `filter=${encodeURIComponent(text)}`;
  const about = { resourceId: one.id, sentence: { verb: 'Updated', object: one.display, note: `was ${one.family}` } };
  const requestHeaders: [string, string][] = [
    ['Host', 'pilot.fabrikvale.example'],
    ['X-Forwarded-For', '198.51.100.20'],
    ['X-Someone', one.display],
    ['Location', `https://pilot.fabrikvale.example/scim/v2/Users/${one.id}`],
  ];
  return [
    callOf({ method: 'GET', query: filter(`userName eq "${one.upn}"`), sentence: about.sentence }),
    callOf({ ...about, requestBody: bodyOf(resource), responseBody: bodyOf(resource), requestHeaders }),
    callOf({
      ...about,
      method: 'PATCH',
      path: `/scim/v2/Users/${one.id}`,
      requestBody: bodyOf({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [
          { op: 'Replace', path: 'displayName', value: one.display },
          { op: 'Add', path: `emails[value eq "${one.mail}"].display`, value: one.display },
          { op: 'Add', path: `${custom}:deputy`, value: one.display },
          {
            op: 'Replace',
            value: { [`addresses[type eq "${one.given}"].locality`]: one.street, 'name.givenName': one.given },
          },
          { op: 'Replace', path: `${enterprise}:manager`, value: { value: other.id, displayName: other.display } },
        ],
      }),
      changes: [
        {
          resourceType: 'User',
          id: one.id,
          name: one.display,
          kind: 'updated',
          attributes: [
            { path: `emails[value eq "${one.mail}"].value`, before: one.mail, after: other.mail },
            { path: 'name', before: { givenName: one.given }, after: { familyName: one.family } },
          ],
          membersAdded: [],
          membersRemoved: [],
        },
      ],
    }),
    callOf({
      resourceType: 'Group',
      path: '/scim/v2/Groups',
      requestBody: bodyOf({ displayName: one.title, members: [{ value: one.id, display: one.display }] }),
      changes: [
        {
          resourceType: 'Group',
          id: other.id,
          name: one.title,
          kind: 'updated',
          attributes: [],
          membersAdded: [{ id: one.id, name: one.display }],
          membersRemoved: [{ id: other.id, name: other.display }],
        },
      ],
    }),
    callOf({
      status: 409,
      outcome: 'failed',
      resourceName: one.display,
      why: ['name-taken'],
      explanations: [
        {
          code: 'name-taken',
          severity: 'failed',
          caller: 'azure',
          title: ['The name ', { value: one.upn }, ' is taken'],
          what: [{ value: one.display }, ' has it.'],
          why: ['Azure sends it to ', { value: `${one.mail} "${one.given}` }],
          cure: [
            { side: 'azure', text: ['Rename ', { value: one.title }], expression: `Replace([x], "${one.given}")` },
          ],
          source: { name: '', url: '' },
          rfc: null,
          faults: [`emails[value eq "${one.mail}"].value`],
        },
      ],
      detail: `[call 7K2Q9] "${one.upn}" is taken by "${one.display}" (${one.mail}, ${one.id}).`,
      responseBody: bodyOf({ status: '409', detail: `"${one.upn}" is taken by "${one.display}" (${one.mail}).` }),
      requestBody: bodyOf(`{"userName": "${one.upn}", "displayName": ${one.display}`),
    }),
    callOf({
      query: `${filter(`emails[type eq "${one.given}"].value eq "${one.mail}" and title eq "${one.title}`)}&${one.given}=${one.family}`,
      path: `/scim/v2/${one.given}/Users/${one.upn}`,
      requestBody: { ...bodyOf(JSON.stringify(resource).slice(0, 200)), cut: true },
      responseBody: bodyOf({ Resources: [resource], totalResults: 1 }),
    }),
  ];
}

/** Everything a text says, whatever it is wrapped in. */
function plainOf(text: string): string {
  const unescaped = text.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
  return `${unescaped} ${unescaped.replaceAll(/%[\da-f]{2}(?:%[\da-f]{2})*/gi, (code) => {
    try {
      return decodeURIComponent(code);
    } catch {
      return code;
    }
  })}`.toLowerCase();
}

test('nothing of anybody survives, wherever a call has room for it', () => {
  fc.assert(
    fc.property(somebody, somebody, (one, other) => {
      const { calls } = redactAll(callsOf(one, other));
      const text = plainOf(JSON.stringify(calls));
      for (const who of [one, other]) {
        for (const [name, value] of Object.entries(who)) {
          expect(text.includes(value.toLowerCase()), `${name} ${value}`).toBe(false);
        }
      }
      for (const word of ['fabrikvale', '198.51.100.20', 'bearer']) expect(text).not.toContain(word);
    }),
    { numRuns: 60 },
  );
});

test('values of whatever attribute and shape keep nothing but their shape', () => {
  const secret = fc.stringMatching(/^[a-z]{7}[1-9]{3}$/);
  fc.assert(
    fc.property(
      secret,
      fc.stringMatching(/^[a-zA-Z.$]{1,12}$/),
      fc.integer({ min: 0, max: 3 }),
      (value, key, depth) => {
        let body: Json = { [key]: [value, { [key]: value }] };
        for (let n = 0; n < depth; n++) body = { [key]: body, Operations: [{ op: value, path: key, value: body }] };
        const { calls } = redactAll([callOf({ requestBody: bodyOf(body), responseBody: bodyOf([body]) })]);
        expect(JSON.stringify(calls)).not.toContain(value);
      },
    ),
    { numRuns: 150 },
  );
});

describe('what stays', () => {
  const ada = { id: '5f0c8a4e-63a4-4b7e-9a31-0c3d3b1c9a77', upn: 'ada@x.example' };
  const resource = { schemas: [user], id: ada.id, userName: ada.upn, displayName: 'Ada Lovelace', active: 'True' };
  const patch = callOf({
    method: 'PATCH',
    path: `/scim/v2/Users/${ada.id}`,
    resourceId: ada.id,
    sentence: { verb: 'Updated', object: 'Ada Lovelace', note: 'title' },
    requestBody: bodyOf({
      Operations: [
        { op: 'Replace', path: 'active', value: 'False' },
        { op: 'add', path: 'costCenter', value: 'CC-12' },
      ],
    }),
  });
  const query = callOf({
    method: 'GET',
    query: `filter=${encodeURIComponent(`userName eq "${ada.upn}"`)}`,
    sentence: { verb: 'Looked for', object: ada.upn, note: null },
  });
  const create = callOf({
    requestBody: bodyOf({ ...resource, id: undefined }),
    responseBody: bodyOf(resource),
    resourceId: ada.id,
  });

  test('the same person has the same placeholder throughout, whichever call comes first', () => {
    const { calls } = redactAll([patch, query, create]);
    const id = '00000000-0000-4000-8000-000000000001';
    expect(calls[0]).toMatchObject({
      path: `/scim/v2/Users/${id}`,
      resourceId: id,
      sentence: { object: 'User 1', note: null },
    });
    expect(decodeURIComponent(calls[1]?.query ?? '')).toBe('filter=userName eq "user-1@example.invalid"');
    expect(calls[1]?.sentence.object).toBe('user-1@example.invalid');
    expect(JSON.parse(calls[2]?.responseBody?.text ?? '')).toEqual({
      schemas: [user],
      id,
      userName: 'user-1@example.invalid',
      displayName: 'User 1',
      active: 'True',
    });
  });

  test('somebody who was refused for the userName of another stays somebody else', () => {
    const refused = callOf({
      status: 409,
      outcome: 'failed',
      sentence: { verb: 'Could not create', object: 'Ada Second', note: 'userName is taken' },
      requestBody: bodyOf({ schemas: [user], userName: ada.upn, externalId: 'x-2', displayName: 'Ada Second' }),
    });
    for (const calls of [redactAll([create, refused]).calls.toReversed(), redactAll([refused, create]).calls]) {
      const [no, yes] = calls.map((call) => JSON.parse(call.requestBody?.text ?? ''));
      expect(no.userName).toBe(yes.userName);
      expect(no.displayName).not.toBe(yes.displayName);
      expect(calls[0]?.sentence.object).toBe(no.displayName);
    }
  });

  test('the path of an address in a header, whichever says it', () => {
    const at = `https://pilot.fabrikvale.example/scim/v2/Users/${ada.id}`;
    const located = callOf({
      responseHeaders: [
        ['location', at],
        ['content-location', at],
      ],
    });
    const [, , call] = redactAll([patch, query, located]).calls;
    const [first, second] = call?.responseHeaders ?? [];
    expect(first?.[1]).toMatch(/\/scim\/v2\/Users\/00000000-0000-4000-8000-000000000001$/);
    expect(second).toEqual(['content-location', first?.[1]]);
  });

  test('the grammar of SCIM, booleans in words, and the shape of every other value', () => {
    const { calls, tally } = redactAll([patch]);
    expect(JSON.parse(calls[0]?.requestBody?.text ?? '')).toEqual({
      Operations: [
        { op: 'Replace', path: 'active', value: 'False' },
        { op: 'add', path: 'costCenter', value: 'XX-00' },
      ],
    });
    expect(shapeOf('Zoë O’Hara-42')).toBe('Xxx XxXxxx-00');
    expect(tally).toMatchObject({ calls: 1, counts: { 'other values': 1, ids: 1 }, bodies: 0 });
  });

  test('codes, times, status and the own words of the answer', () => {
    const failed = callOf({
      status: 400,
      scimType: 'invalidValue',
      outcome: 'failed',
      detail: '[call 7K2Q9] Cost centre wants a whole number, got "CC-12".',
    });
    const { calls } = redactAll([failed]);
    expect(calls[0]).toMatchObject({
      code: '7K2Q9',
      at: failed.at,
      status: 400,
      scimType: 'invalidValue',
      detail: '[call 7K2Q9] Cost centre wants a whole number, got "XX-00".',
      source: 'host-2.example.invalid',
    });
  });
});

describe('a body that nests', () => {
  /** An object with lists in it, as deep as asked. */
  const nested = (levels: number) =>
    `{"userName":"deep@x.example","x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

  test.each([
    ['objects and lists', nested(5_000)],
    ['objects alone', `${'{"data":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['as deep as a kept body is long', nested(130_000)],
    ['one level too deep', nested(65)],
  ])('deeper than the pilot takes is left out, and said so: %s', (_, text) => {
    for (const status of [201, 400, 401]) {
      const body = bodyOf(text);
      const { calls, tally } = redactAll([callOf({ status, requestBody: body, responseBody: body })]);
      const said = `[left out: ${text.length} bytes that are no whole JSON]`;
      expect(calls[0]).toMatchObject({ requestBody: { text: said }, responseBody: { text: said } });
      expect(tally.bodies).toBe(2);
    }
  });

  test('as deep as the pilot takes stays', () => {
    const { calls, tally } = redactAll([callOf({ requestBody: bodyOf(nested(64)) })]);
    expect(calls[0]?.requestBody?.text).toBe(nested(64).replace('deep@x.example', 'user-1@example.invalid'));
    expect(tally.bodies).toBe(0);
  });
});
