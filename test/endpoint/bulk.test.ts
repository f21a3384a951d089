import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestAnswer, type TestPilot } from '../support/pilot.ts';
import {
  at,
  createdId,
  enterprise,
  entraGroup,
  entraUser,
  errorUrn,
  expectError,
  memberIds,
  patch,
  textAt,
  unique,
} from './shapes.ts';

/** RFC 7644 §3.7. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const requestUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const responseUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

function bulk(operations: Json[], more: JsonObject = {}): Promise<TestAnswer> {
  return pilot.request('POST', '/Bulk', { schemas: [requestUrn], Operations: operations, ...more });
}

async function results(operations: Json[], more: JsonObject = {}): Promise<JsonObject[]> {
  const answer = await bulk(operations, more);
  expect([answer.status, answer.json.schemas]).toEqual([200, [responseUrn]]);
  expect(answer.headers.get('content-type')).toBe('application/scim+json');
  return answer.json.Operations as JsonObject[];
}

const statuses = (list: JsonObject[]) => list.map((one) => one.status);
const user = (bulkId: string, over: JsonObject = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: entraUser(over),
});
const group = (bulkId: string, over: JsonObject = {}) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: entraGroup(over),
});
const withManager = (bulkId: string, manager: string) =>
  user(bulkId, { [enterprise]: { manager: { value: `bulkId:${manager}` } } });
const idIn = (result: JsonObject | undefined) => textAt(result, 'location').split('/').at(-1) ?? '';
const read = async (path: string) => (await pilot.request('GET', path)).json;

describe('§3.7 every method, on users and groups', () => {
  test('each operation has its own result: location, version, status, its method and bulkId again', async () => {
    const old = await createdId(pilot, '/Users', entraUser());
    const gone = await createdId(pilot, '/Groups', entraGroup());
    const kept = await createdId(pilot, '/Groups', entraGroup());
    const body = entraUser();
    const list = await results([
      { method: 'POST', path: '/Users', bulkId: 'one', data: body },
      { method: 'PUT', path: `/Users/${old}`, data: entraUser({ title: 'Put' }) },
      {
        method: 'patch',
        path: `/Groups/${kept}`,
        data: patch({ op: 'add', path: 'members', value: [{ value: old }] }),
      },
      { method: 'DELETE', path: `/Groups/${gone}` },
    ]);
    expect(list).toEqual([
      {
        method: 'POST',
        bulkId: 'one',
        location: `${pilot.url}/Users/${idIn(list[0])}`,
        version: 'W/"1"',
        status: '201',
      },
      { method: 'PUT', location: `${pilot.url}/Users/${old}`, version: 'W/"2"', status: '200' },
      { method: 'PATCH', location: `${pilot.url}/Groups/${kept}`, version: 'W/"2"', status: '200' },
      { method: 'DELETE', location: `${pilot.url}/Groups/${gone}`, status: '204' },
    ]);
    expect(await read(`/Users/${idIn(list[0])}`)).toMatchObject({ userName: body.userName });
    expect(await read(`/Users/${old}`)).toMatchObject({ title: 'Put' });
    expect(memberIds(await read(`/Groups/${kept}`))).toEqual([old]);
    expect((await pilot.request('GET', `/Groups/${gone}`)).status).toBe(404);
  });

  test('ServiceProviderConfig announces it with the limits that hold', async () => {
    expect((await read('/ServiceProviderConfig')).bulk).toEqual({
      supported: true,
      maxOperations: 1_000,
      maxPayloadSize: 1_048_576,
    });
  });

  test('other methods on /Bulk are 405', async () => {
    const answer = await pilot.request('GET', '/Bulk');
    expectError(answer, 405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

describe('§3.7.2 temporary identifiers', () => {
  test('a group refers to a user made before it', async () => {
    const list = await results([
      user('qwerty'),
      group('ytrewq', { members: [{ type: 'User', value: 'bulkId:qwerty' }] }),
    ]);
    expect(statuses(list)).toEqual(['201', '201']);
    expect(memberIds(await read(`/Groups/${idIn(list[1])}`))).toEqual([idIn(list[0])]);
  });

  test('references may point forward, into paths and into patches', async () => {
    const old = await createdId(pilot, '/Groups', entraGroup());
    const list = await results([
      { method: 'PATCH', path: '/Users/bulkId:ada', data: patch({ op: 'replace', path: 'title', value: 'Later' }) },
      group('crew', { members: [{ value: 'bulkId:ada' }, { value: 'bulkId:bob' }] }),
      user('ada'),
      { method: 'PATCH', path: `/Groups/${old}`, data: patch({ op: 'Add', path: 'members', value: 'bulkId:bob' }) },
      {
        method: 'PATCH',
        path: '/Groups/bulkId:crew',
        data: patch({ op: 'remove', path: 'members[value eq "bulkId:bob"]' }),
      },
      user('bob'),
    ]);
    expect(statuses(list)).toEqual(['200', '201', '201', '200', '200', '201']);
    const [, crew, ada, , , bob] = list.map(idIn);
    expect(await read(`/Users/${ada}`)).toMatchObject({ title: 'Later' });
    expect(memberIds(await read(`/Groups/${crew}`))).toEqual([ada]);
    expect(memberIds(await read(`/Groups/${old}`))).toEqual([bob]);
  });

  test('§3.7.1 circles are resolved: two who manage each other, and one who manages himself', async () => {
    const list = await results([
      withManager('a', 'b'),
      withManager('b', 'a'),
      withManager('c', 'c'),
      withManager('d', 'a'),
    ]);
    expect(statuses(list)).toEqual(['201', '201', '201', '201']);
    const [a, b, c, d] = list.map(idIn);
    const managerOf = async (id: string | undefined) => at(await read(`/Users/${id}`), enterprise, 'manager', 'value');
    expect(await Promise.all([a, b, c, d].map(managerOf))).toEqual([b, a, c, a]);
  });

  test('of a circle that breaks nothing is stored', async () => {
    const taken = entraUser();
    await createdId(pilot, '/Users', taken);
    const list = await results([
      withManager('a', 'b'),
      user('b', { userName: taken.userName ?? '', [enterprise]: { manager: 'bulkId:a' } }),
      withManager('c', 'a'),
    ]);
    expect(statuses(list)).toEqual(['409', '409', '409']);
    expect(at(list[1], 'response', 'scimType')).toBe('uniqueness');
  });

  test('groups that hold each other: groups are no members here, so neither is made', async () => {
    const list = await results([
      group('x', { members: [{ type: 'Group', value: 'bulkId:y' }] }),
      group('y', { members: [{ type: 'Group', value: 'bulkId:x' }] }),
    ]);
    expect(statuses(list)).toEqual(['400', '409']);
    expect(textAt(list[0], 'response', 'detail')).toContain('the POST with the bulkId "y" makes a group');
  });

  test('only what refers to a record is a reference; any other text stays as it is', async () => {
    const list = await results([
      user('boss'),
      user('reader', {
        title: 'bulkId:boss',
        externalId: 'bulkId:nobody',
        [enterprise]: { department: 'bulkId:boss' },
      }),
      user('dotted', { [`${enterprise}:manager`]: 'bulkId:boss' }),
      {
        method: 'PATCH',
        path: '/Users/bulkId:reader',
        data: patch(
          { op: 'add', path: 'nickName', value: 'bulkId:boss' },
          { op: 'add', path: `${enterprise}:manager`, value: 'bulkId:boss' },
          { op: 'add', path: 'roles[value eq "bulkId:nobody"].display', value: 'bulkId:boss' },
        ),
      },
      { method: 'PATCH', path: '/Users/bulkId:boss', data: patch({ op: 'add', value: { title: 'bulkId:reader' } }) },
    ]);
    expect(statuses(list)).toEqual(['201', '201', '201', '200', '200']);
    const [boss, reader, dotted] = list.map(idIn);
    expect(await read(`/Users/${reader}`)).toMatchObject({
      title: 'bulkId:boss',
      externalId: 'bulkId:nobody',
      nickName: 'bulkId:boss',
      roles: [{ value: 'bulkId:nobody', display: 'bulkId:boss' }],
      [enterprise]: { department: 'bulkId:boss', manager: { value: boss } },
    });
    expect(at(await read(`/Users/${dotted}`), enterprise, 'manager', 'value')).toBe(boss);
    expect(textAt(await read(`/Users/${boss}`), 'title')).toBe('bulkId:reader');
  });

  test('a bulkId nobody defines is 400; one whose operation failed is 409', async () => {
    const list = await results([
      group('g1', { members: [{ value: 'bulkId:nobody' }] }),
      user('broken', { userName: '' }),
      group('g2', { members: [{ value: 'bulkId:broken' }] }),
      { method: 'DELETE', path: '/Users/bulkId:broken' },
    ]);
    expect(statuses(list)).toEqual(['400', '400', '409', '409']);
    expect(textAt(list[0], 'response', 'detail')).toContain('"nobody"');
  });
});

describe('§3.7.3 errors', () => {
  test('an operation that fails carries a SCIM error with the call code; the others go on', async () => {
    const name = unique('twin');
    const missing = '/Users/00000000-0000-7000-8000-000000000000';
    const list = await results([
      user('first', { userName: name }),
      user('second', { userName: name }),
      { method: 'DELETE', path: missing },
      { method: 'PATCH', path: missing, data: patch({ op: 'replace', path: 'title', value: 'x' }) },
      user('third', { active: 'perhaps' }),
      user('fourth'),
    ]);
    expect(statuses(list)).toEqual(['201', '409', '404', '404', '400', '201']);
    expect(list[1]).toMatchObject({
      method: 'POST',
      bulkId: 'second',
      response: { schemas: [errorUrn], status: '409', scimType: 'uniqueness' },
    });
    expect(list[1]).not.toHaveProperty('location');
    expect(list[2]?.location).toBe(pilot.url + missing);
    const codes = list.flatMap((one) => /\[call (\w+)\]/.exec(String(at(one, 'response', 'detail')))?.[1] ?? []);
    expect(codes.length).toBe(4);
    expect(new Set(codes).size).toBe(1);
    await expect.poll(async () => (await pilot.api.feed.call(codes[0] ?? ''))?.path).toBe('/scim/v2/Bulk');
  });

  test('failOnErrors ends the work after so many; what was not tried has no result and no effect', async () => {
    const bad = { method: 'DELETE', path: '/Users/nobody' };
    const last = entraUser();
    const list = await results([bad, user('a'), bad, { method: 'POST', path: '/Users', bulkId: 'z', data: last }], {
      failOnErrors: 2,
    });
    expect(statuses(list)).toEqual(['404', '201', '404']);
    expect((await pilot.request('POST', '/Users', last)).status).toBe(201);
  });

  test('failOnErrors 0 ends nothing', async () => {
    const bad = { method: 'DELETE', path: '/Users/nobody' };
    expect(statuses(await results([bad, bad, user('on')], { failOnErrors: 0 }))).toEqual(['404', '404', '201']);
  });

  test('each operation is stored whole or not at all', async () => {
    const path = `/Users/${await createdId(pilot, '/Users', entraUser({ title: 'Before' }))}`;
    const list = await results([
      {
        method: 'PATCH',
        path,
        data: patch({ op: 'replace', path: 'title', value: 'After' }, { op: 'replace', path: 'active', value: 'x' }),
      },
      { method: 'PATCH', path, data: patch({ op: 'replace', path: 'nickName', value: 'Kept' }) },
    ]);
    expect(statuses(list)).toEqual(['400', '200']);
    expect(await read(path)).toMatchObject({ title: 'Before', nickName: 'Kept' });
  });

  test('a version that is no longer the current one is 412', async () => {
    const path = `/Users/${await createdId(pilot, '/Users', entraUser())}`;
    const data = patch({ op: 'replace', path: 'title', value: 'x' });
    const list = await results([
      { method: 'PATCH', path, version: 'W/"1"', data },
      { method: 'DELETE', path, version: 'W/"1"' },
      { method: 'DELETE', path, version: 'W/"2"' },
    ]);
    expect(statuses(list)).toEqual(['200', '412', '204']);
  });

  test.each<[string, Json, string]>([
    ['no method', { path: '/Users', bulkId: 'x', data: {} }, '400'],
    ['a method it has not', { method: 'GET', path: '/Users/x' }, '400'],
    ['no path', { method: 'DELETE' }, '400'],
    ['a POST to a record', { method: 'POST', path: '/Users/x', bulkId: 'x', data: {} }, '400'],
    ['a PUT without id', { method: 'PUT', path: '/Users', data: {} }, '400'],
    ['a POST without bulkId', { method: 'POST', path: '/Users', data: { userName: 'x' } }, '400'],
    ['no data', { method: 'POST', path: '/Users', bulkId: 'x' }, '400'],
    ['data that is no object', { method: 'PUT', path: '/Users/x', data: [] }, '400'],
    ['an unknown resource type', { method: 'POST', path: '/Printers', bulkId: 'x', data: {} }, '404'],
    ['a bulk in a bulk', { method: 'POST', path: '/Bulk', bulkId: 'x', data: {} }, '404'],
    ['a broken percent sign', { method: 'DELETE', path: '/Users/%zz' }, '400'],
  ])("%s is that operation's own error", async (_name, operation, status) => {
    const list = await results([operation, user('fine')]);
    expect(statuses(list)).toEqual([status, '201']);
    expect(at(list[0], 'response', 'schemas')).toEqual([errorUrn]);
  });

  test('a message that is no bulk request is refused as a whole', async () => {
    for (const body of [{}, { Operations: [] }, { Operations: 'x' }, { Operations: [7] }]) {
      expectError(await pilot.request('POST', '/Bulk', { schemas: [requestUrn], ...body }), 400, 'invalidSyntax');
    }
    for (const schemas of [undefined, null, [], requestUrn, ['urn:ietf:params:scim:schemas:core:2.0:User']]) {
      expectError(await pilot.request('POST', '/Bulk', { schemas, Operations: [user('u')] }), 400, 'invalidSyntax');
    }
    expectError(await bulk([user('same'), user('same')]), 400, 'invalidValue');
    for (const failOnErrors of [-1, 1.5, 'one'])
      expectError(await bulk([user('u')], { failOnErrors }), 400, 'invalidValue');
    expectError(await pilot.request('POST', '/Bulk', {}, { authorization: null }), 401);
  });

  test('data that nests too deep, or names __proto__, harms nobody', async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`;
    const answer = await pilot.request(
      'POST',
      '/Bulk',
      `{"schemas":["${requestUrn}"],"Operations":[{"method":"POST","path":"/Users","bulkId":"d","data":${deep}},
        {"method":"POST","path":"/Users","bulkId":"__proto__","data":{"userName":"x","__proto__":{"polluted":true}}},
        {"method":"POST","path":"/Groups","bulkId":"constructor","data":{"displayName":"x","members":"bulkId:__proto__"}}]}`,
    );
    expect(statuses(answer.json.Operations as JsonObject[])).toEqual(['400', '400', '409']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('§3.7.4 limits', () => {
  test('more operations than maxOperations, or more bytes than maxPayloadSize, are 413', async () => {
    expectError(await bulk(Array.from({ length: 1_001 }, () => ({ method: 'DELETE', path: '/Users/x' }))), 413);
    expectError(await bulk([user('big', { title: 'x'.repeat(1_048_576) })]), 413);
  });

  test('a thousand operations leave other calls their turn: a search meanwhile sees how far it is', async () => {
    const name = unique('many');
    const operations = Array.from({ length: 1_000 }, (_, n) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `n${n}`,
      data: { userName: `${name}${n}` },
    }));
    let under = true;
    const going = results(operations).finally(() => {
      under = false;
    });
    const seen = new Set<unknown>();
    const filter = encodeURIComponent(`userName sw "${name}"`);
    while (under) seen.add((await read(`/Users?count=0&filter=${filter}`)).totalResults);
    expect(new Set(statuses(await going))).toEqual(new Set(['201']));
    expect([...seen].filter((count) => count !== 0 && count !== 1_000).length).toBeGreaterThan(10);
  });

  test('three hundred that wait for one another, the last first, are done in the end', async () => {
    const last = 299;
    const list = await results(
      Array.from({ length: last + 1 }, (_, n) => (n === last ? user(`n${n}`) : withManager(`n${n}`, `n${n + 1}`))),
    );
    expect(new Set(statuses(list))).toEqual(new Set(['201']));
    expect(at(await read(`/Users/${idIn(list[0])}`), enterprise, 'manager', 'value')).toBe(idIn(list[1]));
  });

  test('a circle too long to be stored at once is 409', async () => {
    const list = await results(Array.from({ length: 101 }, (_, n) => withManager(`n${n}`, `n${(n + 1) % 101}`)));
    expect(new Set(statuses(list))).toEqual(new Set(['409']));
  });
});

describe('capture', () => {
  test('one call holds every change; its sentence says how many operations there were, and how many failed', async () => {
    const list = await results([user('a'), user('b'), { method: 'DELETE', path: '/Users/nobody' }]);
    const code = /\[call (\w+)\]/.exec(textAt(list[2], 'response', 'detail'))?.[1] ?? '';
    await expect.poll(async () => (await pilot.api.feed.call(code))?.code).toBe(code);
    const call = await pilot.api.feed.call(code);
    expect(call).toMatchObject({ method: 'POST', path: '/scim/v2/Bulk', status: 200, outcome: 'failed' });
    expect(call?.changes.map((change) => [change.kind, change.id])).toEqual([
      ['created', idIn(list[0])],
      ['created', idIn(list[1])],
    ]);
    expect(call?.sentence).toEqual({ verb: 'Ran a bulk request', object: null, note: '1 of 3 operations failed' });
    const fine = await results([user('c')]);
    const history = (await pilot.api.directory.user(idIn(fine[0])))?.history[0];
    await expect
      .poll(async () => (await pilot.api.feed.call(history?.callCode ?? ''))?.sentence)
      .toEqual({ verb: 'Ran a bulk request', object: null, note: '1 change' });
  });
});
