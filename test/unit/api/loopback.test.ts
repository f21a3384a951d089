import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLoopback, type Loopback } from '../../../src-main/api/index.ts';
import { createFakePilotApi, fakeHost } from '../../support/fake-pilot-api.ts';
import { fakeAssets, silentLog } from '../../support/fake-window.ts';

const json = { 'content-type': 'application/json' };

let loopback: Loopback;
let key: string;

beforeEach(async () => {
  loopback = await createLoopback({
    host: fakeHost(createFakePilotApi()),
    assets: fakeAssets,
    log: silentLog,
    port: 0,
  });
  key = new URL(loopback.url).hash.slice('#key='.length);
});
afterEach(() => loopback.close());

/** A request byte for byte, since `fetch` would not let a test set Host, Origin or an odd target. */
async function raw(target: string, headers: Record<string, string> = {}, method = 'GET', body = '') {
  const socket = connect(loopback.port, '127.0.0.1');
  await once(socket, 'connect');
  const all = {
    host: `127.0.0.1:${loopback.port}`,
    connection: 'close',
    'content-length': String(body.length),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  const answer = await text(socket);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]),
    headers: answer.slice(0, answer.indexOf('\r\n\r\n')).toLowerCase(),
    body: answer.slice(answer.indexOf('\r\n\r\n') + 4),
  };
}

async function signIn(): Promise<string> {
  const answer = await raw('/session', json, 'POST', JSON.stringify({ key }));
  expect(answer.status).toBe(204);
  return /set-cookie: ([^;\r]+)/.exec(answer.headers)?.[1]?.replace(/=.*/, '') ?? '';
}

/** The cookie pair as a browser sends it; values are case-sensitive, so it is read from `fetch`. */
async function cookie(): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${loopback.port}/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ key }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

test('an address with a broken percent sign is refused in our words, and only where the page may ask at all', async () => {
  const answer = await raw('/%zz');
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('This address is not understood.');
  expect(answer.headers).toContain('nosniff');
  expect((await raw('/%zz', { host: 'evil.example' })).status).toBe(421);
});

describe('the key and the cookie', () => {
  test('the key is 256 bits, new each run, and stands in the fragment only', async () => {
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    const other = await createLoopback({
      host: fakeHost(createFakePilotApi()),
      assets: fakeAssets,
      log: silentLog,
      port: 0,
    });
    expect(new URL(other.url).hash).not.toBe(`#key=${key}`);
    await other.close();
  });

  test('trades the key for a strict, HttpOnly cookie named by port', async () => {
    expect(await signIn()).toBe(`scim-pilot-${loopback.port}`);
    const answer = await raw('/session', json, 'POST', JSON.stringify({ key }));
    expect(answer.headers).toMatch(/set-cookie: [^\r]*; httponly/);
    expect(answer.headers).toMatch(/set-cookie: [^\r]*; samesite=strict/);
    expect(answer.headers).not.toContain('access-control');
  });

  test('the key holds all run, for other tabs and reloads', async () => {
    await signIn();
    await signIn();
  });

  test('refuses a wrong key and a body that is not JSON', async () => {
    const wrong = await raw('/session', json, 'POST', JSON.stringify({ key: `${key.slice(0, -1)}~` }));
    expect(wrong.status).toBe(401);
    expect(wrong.headers).not.toContain('set-cookie');
    expect((await raw('/session', json, 'POST', '{"key":')).status).toBe(400);
    expect((await raw('/session', json, 'POST', '{"key":""}')).status).toBe(400);
    const asText = await raw('/session', { 'content-type': 'text/plain' }, 'POST', JSON.stringify({ key }));
    expect(asText.status).toBe(415);
  });

  test('every API path is 401 without the cookie, also by detours that normalising undoes', async () => {
    const detours = [
      '/api/status',
      '/api',
      '/api/',
      '/api/watch',
      '/x/../api/status',
      '//elsewhere/api/status',
      '/\\elsewhere/api/status',
      `http://127.0.0.1:${loopback.port}/api/status`,
      'http://elsewhere/api/status',
    ];
    for (const target of detours) {
      const answer = await raw(target);
      expect([400, 401, 404], target).toContain(answer.status);
      expect(answer.body, target).not.toContain('pilotName');
    }
    expect(JSON.parse(unchunk((await raw('/api/status')).body))).toMatchObject({
      error: { data: { code: 'UNAUTHORIZED', httpStatus: 401 } },
    });
    expect((await raw('/api/token.reveal', json, 'POST', '{}')).status).toBe(401);
  });

  test('a target that is no address is 400, not a failure of ours', async () => {
    for (const target of ['//', '//[', '///']) expect([target, (await raw(target)).status]).toEqual([target, 400]);
  });

  test('answers with the cookie, and not with one of another run or port', async () => {
    const good = await cookie();
    expect((await raw('/api/status', { cookie: good })).status).toBe(200);
    expect((await raw('/api/status', { cookie: `other=1; ${good}; more=2` })).status).toBe(200);
    expect((await raw('/api/status', { cookie: good.replace(/=.*/, `=${'A'.repeat(43)}`) })).status).toBe(401);
    expect((await raw('/api/status', { cookie: good.replace(/^[^=]+/, 'scim-pilot-1') })).status).toBe(401);
  });

  test('the page itself holds nothing secret and needs no cookie', async () => {
    const page = await raw('/');
    expect(page.status).toBe(200);
    expect(page.body).not.toContain(key);
  });
});

describe('other sites', () => {
  test('a foreign or missing Host is 421 on every path', async () => {
    const good = await cookie();
    for (const host of [
      'pilot.attacker.example',
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.nip.io:${loopback.port}`,
      '',
    ]) {
      for (const path of ['/', '/api/status', '/session', '/nothing']) {
        expect((await raw(path, { host, cookie: good })).status, `${host} ${path}`).toBe(421);
      }
    }
    for (const name of ['localhost', '[::1]', '127.0.0.1']) {
      expect((await raw('/api/status', { host: `${name}:${loopback.port}`, cookie: good })).status, name).toBe(200);
    }
  });

  test('a foreign Origin or Sec-Fetch-Site is 403 even with the cookie', async () => {
    const good = await cookie();
    const foreign: Record<string, string>[] = [
      { origin: 'https://attacker.example' },
      { origin: 'null' },
      { origin: `https://127.0.0.1:${loopback.port}` },
      { origin: `http://localhost:${loopback.port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'anything' },
    ];
    for (const headers of foreign) {
      for (const path of ['/', '/api/status', '/session']) {
        const answer = await raw(path, { ...headers, cookie: good });
        expect(answer.status, `${JSON.stringify(headers)} ${path}`).toBe(403);
        expect(answer.headers).not.toContain('access-control');
      }
    }
    const own = { origin: `http://127.0.0.1:${loopback.port}`, 'sec-fetch-site': 'same-origin', cookie: good };
    expect((await raw('/api/status', own)).status).toBe(200);
    expect((await raw('/', { 'sec-fetch-site': 'none' })).status).toBe(200);
  });

  test('no preflight succeeds', async () => {
    const answer = await raw('/api/status', { 'access-control-request-method': 'POST' }, 'OPTIONS');
    expect(answer.status).toBe(405);
    expect(answer.headers).not.toContain('access-control');
  });
});

test('a body over 1 MB is refused', async () => {
  const answer = await fetch(`http://127.0.0.1:${loopback.port}/session`, {
    method: 'POST',
    headers: json,
    body: `{"key":"${'k'.repeat(1_100_000)}"}`,
  });
  expect(answer.status).toBe(413);
});

test('a port that is taken is told in one sentence with its cure', async () => {
  await expect(
    createLoopback({ host: fakeHost(createFakePilotApi()), assets: fakeAssets, log: silentLog, port: loopback.port }),
  ).rejects.toMatchObject({
    name: 'StartError',
    code: 'port-taken',
    message: `Port ${loopback.port} for the window is taken by another program.`,
  });
});

/** The body of a chunked answer of one chunk. */
function unchunk(body: string): string {
  return body.split('\r\n')[1] ?? '';
}
