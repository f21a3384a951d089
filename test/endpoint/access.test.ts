import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, entraUser, expectError, unique } from './shapes.ts';

const publicOrigin = 'https://pilot.example';
let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot({ publicOrigin });
});
afterAll(() => pilot.close());

/** A call with a Host of its own, which `fetch` does not let one set. */
function callAs(
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: pilot.port,
        path,
        headers: { host, authorization: `Bearer ${pilot.token}`, ...headers },
      },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    request.on('error', reject);
    request.end();
  });
}

describe('entra.md §1.0 the bearer token', () => {
  test('the scheme counts in any letter case', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const answer = await pilot.request('GET', '/Users', undefined, { authorization: `${scheme} ${pilot.token}` });
      expect([scheme, answer.status]).toEqual([scheme, 200]);
    }
  });

  test('none at all: 401 that names the scheme', async () => {
    for (const authorization of [null, 'Bearer', 'Bearer ', `Basic ${btoa('a:b')}`, pilot.token]) {
      const answer = await pilot.request('GET', '/Users', undefined, { authorization });
      expectError(answer, 401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('another token: 401 that shows only its last characters', async () => {
    const answer = await pilot.request('GET', '/Users', undefined, {
      authorization: 'Bearer some-other-token-endsx7Q',
    });
    expectError(answer, 401);
    expect(answer.json.detail).toContain('x7Q');
    expect(answer.text).not.toContain('endsx7Q');
    // Of a token that differs in its end only, too.
    expectError(await pilot.request('GET', '/Users', undefined, { authorization: `Bearer ${pilot.token}x` }), 401);
    expectError(
      await pilot.request('GET', '/Users', undefined, { authorization: `Bearer ${pilot.token.slice(0, -1)}` }),
      401,
    );
  });

  test('a token shorter than what would be shown of it shows nothing', async () => {
    const answer = await pilot.request('GET', '/Users', undefined, { authorization: 'Bearer hunter2' });
    expectError(answer, 401);
    expect(answer.text).not.toContain('er2');
  });

  test('Secret Token left blank: Entra sends a JWT of its own, and is told so', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({
      iss: 'https://sts.windows.net/0b9d2c52-9a86-4a55-8c7a-4f7b52e6a111/',
      aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
    })}.c2lnbmF0dXJl`;
    const answer = await pilot.request('GET', '/Users', undefined, { authorization: `Bearer ${jwt}` });
    expectError(answer, 401);
    expect(answer.json.detail).toContain('left blank');
  });

  test('8.2 #8: a token pasted with the word Bearer is understood', async () => {
    const answer = await pilot.request('GET', '/Users', undefined, { authorization: `Bearer Bearer ${pilot.token}` });
    expect(answer.status).toBe(200);
  });
});

describe('Host and Origin', () => {
  test('loopback and public hosts are known, any other is 421', async () => {
    const { port } = pilot;
    for (const host of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `[::1]:${port}`,
      `LOCALHOST:${port}`,
      'pilot.example',
      'pilot.example:443',
    ]) {
      expect([host, (await callAs(host, '/scim/v2/Users')).status]).toEqual([host, 200]);
    }
    for (const host of [
      'evil.example',
      `127.0.0.1:${port + 1}`,
      '127.0.0.1',
      `evil.example:${port}`,
      'pilot.example.evil.example',
    ]) {
      expect([host, (await callAs(host, '/scim/v2/Users')).status]).toEqual([host, 421]);
    }
  });

  test('locations follow the way the caller came, whatever X-Forwarded-Host says', async () => {
    const user = await pilot.request('POST', '/Users', entraUser());
    const id = String(user.json.id);
    const far = await callAs('pilot.example', `/scim/v2/Users/${id}`, { 'x-forwarded-host': 'evil.example' });
    expect(at(JSON.parse(far.body), 'meta', 'location')).toBe(`${publicOrigin}/scim/v2/Users/${id}`);
    const near = await callAs(`localhost:${pilot.port}`, `/scim/v2/Users/${id}`, {
      'x-forwarded-host': 'pilot.example',
    });
    expect(at(JSON.parse(near.body), 'meta', 'location')).toBe(`${pilot.url}/Users/${id}`);
  });

  test('a web page is refused even with the token', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${pilot.port}`]) {
      const answer = await pilot.request('GET', '/Users', undefined, { origin });
      expectError(answer, 403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await pilot.request('OPTIONS', '/Users', undefined, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('the tenant URL is the public one', () => {
    expect(pilot.pilot.tenantUrl).toBe(`${publicOrigin}/scim/v2`);
    expect(pilot.api.status()).toMatchObject({
      tenantUrl: `${publicOrigin}/scim/v2`,
      tunnel: { kind: 'own', publicOrigin },
      token: { ending: pilot.token.slice(-4), fixedForRun: true },
    });
  });
});

describe('unknown paths and methods', () => {
  test('nothing but SCIM is served: every path of a window is 404, with and without a token', async () => {
    const origin = `http://127.0.0.1:${pilot.port}`;
    for (const path of [
      '/',
      '/index.html',
      '/api/status',
      '/trpc/status',
      '/assets/index.js',
      '/session',
      '/Users',
      '/scim',
      '/scim/v2x/Users',
    ]) {
      expectError(await pilot.request('GET', origin + path), 404);
      expectError(await pilot.request('POST', origin + path, {}, { authorization: null }), 404);
    }
  });

  test('a Tenant URL without /scim/v2 is told so', async () => {
    const answer = await pilot.request('GET', `http://127.0.0.1:${pilot.port}/Users?filter=userName+eq+%22x%22`);
    expectError(answer, 404);
    expect(answer.json.detail).toContain('must end in /scim/v2');
  });

  test('below /scim/v2 an unknown path is 404, and 401 without the token', async () => {
    for (const path of ['/Printers', '/USERS', '/Users/a/b', `/${unique('x')}`]) {
      expectError(await pilot.request('GET', path), 404);
      expectError(await pilot.request('PROPFIND', path), 404);
      expectError(await pilot.request('GET', path, undefined, { authorization: null }), 401);
    }
  });

  test('a method that a path lacks is 405 with Allow', async () => {
    for (const [method, path, allow] of [
      ['PUT', '/Users', 'GET, HEAD, POST'],
      ['DELETE', '/Groups', 'GET, HEAD, POST'],
      ['POST', '/Users/some-id', 'GET, HEAD, PUT, PATCH, DELETE'],
      ['POST', '/Schemas', 'GET, HEAD'],
      ['OPTIONS', '/Users', 'GET, HEAD, POST'],
    ]) {
      const answer = await pilot.request(method ?? '', path ?? '', method === 'OPTIONS' ? undefined : {});
      expectError(answer, 405);
      expect(answer.headers.get('allow')).toBe(allow);
    }
  });

  test('Me is 501', async () => {
    for (const [method, path] of [
      ['GET', '/Me'],
      ['PATCH', '/Me'],
    ]) {
      expectError(await pilot.request(method ?? '', path ?? '', method === 'GET' ? undefined : {}), 501);
    }
  });

  test('HEAD answers as GET does, without the body', async () => {
    const get = await pilot.request('GET', '/Schemas');
    const head = await pilot.request('HEAD', '/Schemas');
    expect([head.status, head.text]).toEqual([200, '']);
    for (const name of ['content-type', 'content-length']) expect(head.headers.get(name)).toBe(get.headers.get(name));
  });
});
