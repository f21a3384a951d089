import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { sendRaw } from '../support/raw.ts';
import { createdId, entraGroup, entraUser, expectError, filter, patch, unique } from './shapes.ts';

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const raw = (bytes: string) => sendRaw(pilot.port, bytes);

async function lastCall() {
  await expect.poll(() => pilot.api.status().lastCall).not.toBeNull();
  return pilot.api.status().lastCall;
}

describe('bodies', () => {
  test.each([
    ['no JSON', '{nope'],
    ['cut off', '{"userName":"x"'],
    ['an array', '[]'],
    ['a string', '"x"'],
    ['null', 'null'],
    ['nothing', ''],
  ])('%s is 400 invalidSyntax', async (_name, body) => {
    expectError(
      await pilot.request('POST', '/Users', body, { 'content-type': 'application/scim+json' }),
      400,
      'invalidSyntax',
    );
  });

  test('a byte order mark is no reason to refuse; bytes that are no UTF-8 are', async () => {
    const user = JSON.stringify(entraUser());
    expect((await pilot.request('POST', '/Users', `\u{feff}${user}`)).status).toBe(201);
    const answer = await fetch(`${pilot.url}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${pilot.token}`, 'content-type': 'application/scim+json' },
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect([answer.status, await answer.json()]).toMatchObject([400, { scimType: 'invalidSyntax' }]);
  });

  test.each([
    ['userName', 7],
    ['active', 'perhaps'],
    ['emails', 'x@y.example'],
    ['name', 'Orla'],
    ['displayName', { a: 1 }],
  ])('%s of a wrong type is 400 invalidValue that names it', async (name, value) => {
    const answer = await pilot.request('POST', '/Users', entraUser({ [name]: value }));
    expectError(answer, 400, 'invalidValue');
    expect(answer.json.detail).toContain(name);
  });

  const long = 'Editor '.repeat(50);
  test.each<[string, Json, string]>([
    ['roles', ['Editor'], 'roles wants a list of objects, and this list holds the text "Editor".'],
    ['roles', [{ value: 'Editor' }, 5], 'roles wants a list of objects, and this list holds 5.'],
    ['emails', ['a@b', { value: 'c@d' }], 'emails wants a list of objects, and this list holds the text "a@b".'],
    ['emails', [['a@b']], 'emails wants a list of objects, and this list holds a list of one.'],
    ['roles', [long], `roles wants a list of objects, and this list holds the text "${long.slice(0, 80)}…".`],
  ])('of a list, %s %j, the element that is wrong is named', async (name, value, words) => {
    const id = await createdId(pilot, '/Users', entraUser());
    for (const answer of [
      await pilot.request('POST', '/Users', entraUser({ [name]: value })),
      await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'Add', path: name, value })),
    ]) {
      expectError(answer, 400, 'invalidValue');
      expect(answer.json.detail).toContain(words);
    }
  });

  test.each<[Json, string]>([
    [[null], 'and this list holds null.'],
    [[5], 'and this list holds 5.'],
    [5, 'not 5.'],
  ])('so it is with members %j', async (value, words) => {
    const id = await createdId(pilot, '/Groups', entraGroup());
    const answer = await pilot.request('PATCH', `/Groups/${id}`, patch({ op: 'Add', path: 'members', value }));
    expectError(answer, 400, 'invalidValue');
    expect(answer.json.detail).toContain(`members wants a list of objects with a value, ${words}`);
  });

  test('over 1 MB is 413, and the endpoint goes on', async () => {
    const answer = await pilot.request('POST', '/Users', entraUser({ title: 'x'.repeat(1024 * 1024) }));
    expectError(answer, 413);
    expect((await pilot.request('GET', '/Users?count=0')).status).toBe(200);
  });

  test('nested too deep is 400', async () => {
    const deep = `{"userName":"${unique('deep')}","x":${'['.repeat(100)}${']'.repeat(100)}}`;
    expectError(await pilot.request('POST', '/Users', deep), 400, 'invalidSyntax');
    const abyss = `{"password":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    expectError(await pilot.request('POST', '/Users', abyss), 400, 'invalidSyntax');
  });

  test('no key, path or dotted path reaches a prototype', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    for (const body of [
      `{"schemas":[],"userName":"${unique('p')}","__proto__":{"polluted":true}}`,
      `{"schemas":[],"userName":"${unique('p')}","constructor":{"prototype":{"polluted":true}}}`,
    ]) {
      expect((await pilot.request('POST', '/Users', body)).status).toSatisfy((s: number) => s === 201 || s === 400);
    }
    for (const path of ['__proto__.polluted', 'constructor.prototype.polluted', 'name.__proto__.polluted']) {
      await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'add', path, value: true }));
      await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'add', value: { [path]: true } }));
    }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/jsonx'])(
    '%s is 415',
    async (type) => {
      expectError(await pilot.request('POST', '/Users', '{}', { 'content-type': type }), 415);
    },
  );

  test.each([
    'application/scim+json',
    'application/scim+json; charset=utf-8',
    'application/json',
    'Application/SCIM+JSON;charset=UTF-8',
  ])('%s is read', async (type) => {
    expect((await pilot.request('POST', '/Users', JSON.stringify(entraUser()), { 'content-type': type })).status).toBe(
      201,
    );
  });

  test('an encoded body is 415', async () => {
    expectError(await pilot.request('POST', '/Users', '{}', { 'content-encoding': 'gzip' }), 415);
  });
});

describe('patches and queries', () => {
  test('patches that make no sense are 400', async () => {
    const path = `/Users/${await createdId(pilot, '/Users', entraUser())}`;
    for (const body of [{}, { Operations: [] }, { Operations: 'x' }, { Operations: [{ op: 'move', path: 'title' }] }]) {
      expect([body, (await pilot.request('PATCH', path, body)).status]).toEqual([body, 400]);
    }
    expectError(
      await pilot.request('PATCH', path, patch({ op: 'replace', path: 'emails[type eq', value: 1 })),
      400,
      'invalidPath',
    );
  });

  test('a broken filter is 400 invalidFilter with a position', async () => {
    const answer = await filter(pilot, '/Users', 'userName eq "x" and');
    expectError(answer, 400, 'invalidFilter');
    expect(answer.json.detail).toMatch(/\d/);
    expectError(
      await filter(pilot, '/Users', `${'('.repeat(300)}userName eq "x"${')'.repeat(300)}`),
      400,
      'invalidFilter',
    );
  });

  test('broken percent signs are 400; a parameter given twice too', async () => {
    for (const path of [
      '/Users?filter=%zz',
      '/Users/%E0%A4%A',
      '/Users?count=1&count=2',
      '/Users?sortOrder=sideways',
    ]) {
      const answer = await pilot.request('GET', path);
      expect([path, answer.status, answer.json.status]).toEqual([path, 400, '400']);
    }
  });

  test('a number left empty counts as left out; a parameter that means nothing here may come twice', async () => {
    for (const path of ['/Users?count=&startIndex=', '/Users?aadOptscim062020&aadOptscim062020']) {
      const answer = await pilot.request('GET', path);
      expect([path, answer.status]).toEqual([path, 200]);
    }
  });

  test('discovery refuses a filter (RFC 7644 §4)', async () => {
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      expectError(await pilot.request('GET', `${path}?filter=id+eq+%22x%22`), 403);
    }
  });

  test('an id of thousands of characters is 404', async () => {
    expectError(await pilot.request('GET', `/Users/${'x'.repeat(5_000)}`), 404);
    expectError(await pilot.request('GET', `/Users/${'x'.repeat(1_000)}`), 404);
  });
});

describe('what is no HTTP', () => {
  test('gets 400 as a SCIM error and is recorded', async () => {
    const answer = await raw('THIS IS NOT HTTP\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('application/scim+json');
    expect(answer).toMatch(/"detail":"\[call [0-9A-Z]{5}\] /);
    await expect.poll(async () => (await lastCall())?.status).toBe(400);
  });

  test('headers that are too large get 431 and are recorded with their request line', async () => {
    const answer = await raw(
      `GET /scim/v2/Users HTTP/1.1\r\nHost: 127.0.0.1:${pilot.port}\r\nX-Big: ${'x'.repeat(40_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    await expect.poll(async () => (await lastCall())?.status).toBe(431);
  });

  test('a caller who hangs up amid its own body is recorded as that, and nothing is logged as our fault', async () => {
    const before = pilot.logged.length;
    const head = `POST /scim/v2/Users HTTP/1.1\r\nHost: 127.0.0.1:${pilot.port}\r\nAuthorization: Bearer ${pilot.token}\r\n`;
    const socket = connect(pilot.port, '127.0.0.1');
    socket.write(`${head}Content-Type: application/scim+json\r\nContent-Length: 100\r\n\r\n{"userName":`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    await expect.poll(async () => (await lastCall())?.status).toBe(499);
    expect(pilot.logged.slice(before)).toEqual([]);
  });

  test('a call without Host is refused in words, and recorded', async () => {
    const answer = await raw('GET /scim/v2/Users HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).toContain('urn:ietf:params:scim:api:messages:2.0:Error');
    await expect.poll(async () => (await lastCall())?.status).toBe(421);
    expect(await raw('GET /scim/v2/Users HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
  });
});
