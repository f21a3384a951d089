import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { RequestError } from '../../src-main/contract/catalogue/errors.ts';
import { startTestPilot, type TestAnswer, type TestPilot } from '../support/pilot.ts';
import { createdId, enterprise, entraGroup, entraUser, errorUrn, serviceOps } from './shapes.ts';

/** No path, key or value that comes over the wire reaches a prototype. The pilot runs in this process: its prototypes are ours. */

let pilot: TestPilot;
let user: string;
let group: string;

beforeAll(async () => {
  pilot = await startTestPilot();
  user = await createdId(pilot, '/Users', entraUser());
  group = await createdId(pilot, '/Groups', entraGroup());
});
afterAll(() => pilot.close());

const prototypes = [Object, Array, String, Number, Boolean, Function, Map, Set].map((one) => one.prototype as object);
const shapeOf = (object: object) =>
  Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]);
const before = prototypes.map(shapeOf);

/** Undoes what a failing run did, so that only the run that did it fails. */
afterEach(() => {
  for (const prototype of prototypes) Reflect.deleteProperty(prototype, 'polluted');
});

function expectClean(): void {
  expect(prototypes.map(shapeOf)).toEqual(before);
  expect('polluted' in {}).toBe(false);
}

/** 2xx, or a SCIM error of the client's making. */
function expectHonest(answer: TestAnswer): void {
  expect([answer.status, answer.text]).toSatisfy(([status]: [number, string]) => status >= 200 && status < 500);
  if (answer.status >= 400) expect(answer.json).toMatchObject({ schemas: [errorUrn], status: String(answer.status) });
  expect(pilot.logged).toEqual([]);
}

const evil = fc.constantFrom(
  ...['__proto__', '__PROTO__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then'],
  ...['constructor.prototype', '__proto__.polluted', 'constructor.prototype.polluted', '__defineGetter__'],
);
const known = fc.constantFrom('name', 'emails', 'members', 'active', 'meta', 'polluted', '$ref', 'urn:x:y:User', 'id');
const home = fc.constantFrom('', 'urn:x:y:User:', `${enterprise}:`, `${serviceOps}:`, '__proto__:', 'urn:__proto__:');
const inBrackets = fc.oneof(evil, known).map((name) => `[${name} eq "work"]`);

/** A path, a key or the name of an attribute, with something evil in it. */
const name = fc
  .tuple(
    home,
    fc.oneof(
      evil,
      fc.tuple(known, fc.constantFrom('.', ''), fc.oneof(evil, inBrackets)).map((pieces) => pieces.join('')),
      fc
        .tuple(evil, inBrackets, fc.constantFrom('', '.polluted', '.__proto__', '.value'))
        .map((pieces) => pieces.join('')),
      fc.tuple(evil, known).map((pieces) => pieces.join('.')),
    ),
  )
  .map((pieces) => pieces.join(''));

/** JSON as text: only a parser makes an own `__proto__`. */
const value = fc.letrec<{ node: string; object: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('"polluted"', '{"polluted":true}', 'true', '""', 'null', '1', '"__proto__"'),
    tie('object'),
    fc.array(tie('node'), { maxLength: 2 }).map((all) => `[${all.join(',')}]`),
  ),
  object: fc
    .array(fc.tuple(fc.oneof(name, known), tie('node')), { minLength: 1, maxLength: 3 })
    .map((pairs) => `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${one}`).join(',')}}`),
}));

const op = fc.constantFrom('add', 'Replace', 'remove');
const operation = fc.oneof(
  fc
    .tuple(op, name, value.node)
    .map(([kind, path, sent]) => `{"op":"${kind}","path":${JSON.stringify(path)},"value":${sent}}`),
  fc.tuple(op, value.object).map(([kind, sent]) => `{"op":"${kind}","value":${sent}}`),
);
const patchBody = fc.array(operation, { minLength: 1, maxLength: 3 }).map((all) => `{"Operations":[${all.join(',')}]}`);

const kind = fc.constantFrom<'Users' | 'Groups'>('Users', 'Groups');
const recordOf = (type: 'Users' | 'Groups') => `/${type}/${type === 'Users' ? user : group}`;
/** A body that would do, with the rest of an evil one. */
function bodyWith(sent: string, serial: number): string {
  return `{"userName":"proto.${serial}","displayName":"Proto ${serial}",${sent.slice(1)}`;
}
let serial = 0;

describe('prototypes stay as they are', () => {
  test('whatever a POST or PUT holds', async () => {
    await fc.assert(
      fc.asyncProperty(kind, value.object, fc.boolean(), async (type, sent, create) => {
        serial += 1;
        const body = bodyWith(sent, serial);
        expectHonest(await pilot.request(create ? 'POST' : 'PUT', create ? `/${type}` : recordOf(type), body));
        expectClean();
      }),
      { numRuns: 150 },
    );
  });

  test('whatever a PATCH holds: its paths, the filters in them, keys dotted and pathless', async () => {
    await fc.assert(
      fc.asyncProperty(kind, patchBody, async (type, body) => {
        expectHonest(await pilot.request('PATCH', recordOf(type), body));
        expectHonest(await pilot.request('GET', recordOf(type)));
        expectClean();
      }),
      { numRuns: 200 },
    );
  });

  test('whatever a bulk request holds: paths, bulkIds and bodies', async () => {
    const bulkOperation = fc.oneof(
      fc.tuple(kind, fc.oneof(evil, fc.constant('b')), value.object).map(([type, id, sent]) => {
        serial += 1;
        return `{"method":"POST","path":"/${type}","bulkId":${JSON.stringify(id)},"data":${bodyWith(sent, serial)}}`;
      }),
      fc
        .tuple(kind, evil, patchBody)
        .map(([type, id, body]) => `{"method":"PATCH","path":"/${type}/bulkId:${id}","data":${body}}`),
      fc.tuple(evil, value.object).map(([path, sent]) => `{"method":"PUT","path":"/${path}/${path}","data":${sent}}`),
      value.object,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bulkOperation, { minLength: 1, maxLength: 3 }), value.object, async (list, more) => {
        const body = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[${list.join(',')}],${more.slice(1)}`;
        const answer = await pilot.request('POST', '/Bulk', body);
        expectHonest(answer);
        expect(answer.text).not.toMatch(/"status":"5/);
        expectClean();
      }),
      { numRuns: 100 },
    );
  });

  test('whatever a query asks: filters, sort, projections, in the address and in /.search', async () => {
    const term = fc
      .tuple(name, fc.constantFrom('eq "x"', 'pr', 'co "__proto__"', 'gt 1', 'eq null'), fc.boolean())
      .map(([path, rest, negated]) => (negated ? `not (${path} ${rest})` : `${path} ${rest}`));
    const asked = fc.constantFrom('filter', 'sortBy', 'attributes', 'excludedAttributes', '__proto__', 'constructor');
    await fc.assert(
      fc.asyncProperty(kind, term, name, asked, value.object, async (type, filter, path, parameter, more) => {
        const sent = parameter === 'filter' ? filter : path;
        expectHonest(await pilot.request('GET', `/${type}?count=3&${parameter}=${encodeURIComponent(sent)}`));
        const listed = parameter.endsWith('ttributes') ? [sent] : sent;
        const body = `{"count":3,${JSON.stringify(parameter)}:${JSON.stringify(listed)},${more.slice(1)}`;
        for (const at of ['/.search', `/${type}/.search`]) expectHonest(await pilot.request('POST', at, body));
        expectClean();
      }),
      { numRuns: 100 },
    );
  });

  test('whatever stands in an address', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('Users', 'Groups', 'Schemas', 'ResourceTypes'), evil, async (type, id) => {
        const path = `/${type}/${encodeURIComponent(id)}`;
        const answer = await pilot.request('GET', path);
        expectHonest(answer);
        expect(answer.status).toBe(404);
        expectHonest(await pilot.request('GET', `/${encodeURIComponent(id)}`));
        expectClean();
      }),
      { numRuns: 40 },
    );
  });

  test('whatever a custom field is called', async () => {
    await fc.assert(
      fc.asyncProperty(name, fc.option(name), value.node, async (label, attribute, sent) => {
        const defined = await pilot.api.attributes
          .define({ label, type: 'String', attribute })
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(RequestError);
            return null;
          });
        expectClean();
        if (defined === null) return;
        const { field } = defined;
        const full = JSON.stringify(field.attribute);
        serial += 1;
        expectHonest(await pilot.request('POST', '/Users', bodyWith(`{${full}:${sent}}`, serial)));
        const change = `{"Operations":[{"op":"add","path":${full},"value":"x"},{"op":"add","value":{${full}:${sent}}}]}`;
        expectHonest(await pilot.request('PATCH', `/Users/${user}`, change));
        expectHonest(await pilot.request('GET', `/Users?filter=${encodeURIComponent(`${field.attribute} eq "x"`)}`));
        expectHonest(await pilot.request('GET', '/Schemas'));
        await pilot.api.attributes.retire(field.id);
        expectClean();
      }),
      { numRuns: 60 },
    );
  });

  test('and the pilot still serves', async () => {
    expect((await pilot.request('GET', `/Users/${user}`)).status).toBe(200);
    expect((await pilot.request('POST', '/Users', entraUser())).status).toBe(201);
  });
});
