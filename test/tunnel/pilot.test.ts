import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge } from '../support/edge/edge.ts';
import type { TestPilot } from '../support/pilot.ts';
import { authtoken, reachable, startTunnelled, until, when } from './support.ts';

/**
 * A pilot behind the real ngrok SDK, which runs in its own process and connects to a stand-in of ngrok's edge: a call goes
 * public address → edge → SDK → endpoint → feed.
 */

let edge: Edge;
let pilot: TestPilot;
beforeAll(async () => {
  ({ edge, pilot } = await startTunnelled());
});
afterAll(async () => {
  await pilot.close();
  await edge.close();
});

/** A call with any Host and path, exactly as written: `fetch` would tidy both. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: edge.frontPort, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** A POST whose headers travel before its body, as they do from a client that writes twice. */
function inTwoParts(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      host: new URL(edge.publicOrigin).host,
      authorization: `Bearer ${pilot.token}`,
      'content-type': 'application/scim+json',
      'content-length': Buffer.byteLength(body),
    };
    const to = { host: '127.0.0.1', port: edge.frontPort, path: '/scim/v2/Users', method: 'POST', headers };
    const sent = request(to, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.flushHeaders();
    setImmediate(() => sent.end(body));
  });
}

describe('a call through the tunnel', () => {
  test('is served by the public Tenant URL, recorded, and named by where it came from', async () => {
    expect(pilot.pilot.tenantUrl).toBe(`${edge.publicOrigin}/scim/v2`);
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada@example.com' };
    const made = await pilot.request('POST', `${pilot.pilot.tenantUrl}/Users`, user, {
      'x-forwarded-for': '203.0.113.9',
    });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toMatch(new RegExp(`^${edge.publicOrigin}/scim/v2/Users/`));
    const { calls } = await pilot.api.feed.page({ before: null, limit: 1, query: '' });
    expect(calls[0]).toMatchObject({ method: 'POST', via: 'public', status: 201 });
    // The last X-Forwarded-For value is the edge's own; what the caller claims stands before it.
    expect((await pilot.api.feed.call(calls[0]?.code ?? ''))?.source).toBe('127.0.0.1');
  });

  test('is counted in this month', async () => {
    const before = await pilot.api.tunnel.usage();
    await pilot.request('GET', `${pilot.pilot.tenantUrl}/Users`);
    await expect.poll(async () => (await pilot.api.tunnel.usage()).calls).toBe(before.calls + 1);
    expect(new Date(before.since).getUTCDate()).toBe(1);
  });

  test('a large body gets through both ways', async () => {
    const title = 'x'.repeat(700_000);
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'long@example.com', title };
    const made = await pilot.request('POST', `${pilot.pilot.tenantUrl}/Users`, user);
    expect(made.json.title).toBe(title);
  });

  // By TCP the SDK would hold a body back until its headers are acknowledged (Nagle), which a kernel puts off for 40 ms.
  test.skipIf(process.platform !== 'linux')('comes by a Unix socket, with the body after its headers', async () => {
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'in-two-parts@example.com' };
    expect(await inTwoParts(JSON.stringify(user))).toBe(201);
    const port = `:${pilot.port.toString(16).toUpperCase().padStart(4, '0')} `;
    const established = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .filter((line) => line.includes(port) && / 01 /.test(line));
    expect(established).toEqual([]);
  });

  test('the reachability checks leave no call behind', async () => {
    const before = pilot.api.status().callsStored;
    const status = await pilot.api.tunnel.check();
    expect(status.reach).toMatchObject({ ok: true, problem: null });
    expect(pilot.api.status().callsStored).toBe(before);
  });
});

describe('only SCIM is reachable', () => {
  const authorization = () => ({ authorization: `Bearer ${pilot.token}` });

  test('no path of the window, however it is written, gets more than 404 or 401', async () => {
    const windows = [
      '/',
      '/index.html',
      '/session',
      '/api',
      '/api/status',
      '/api/token.reveal',
      '/api/tunnel.settings',
    ];
    const assets = [
      '/assets/',
      '/assets/index.js',
      '/icon.svg',
      '/favicon.ico',
      '/app.js',
      '/trpc/status',
      '/%2fapi/status',
    ];
    const traversal = [
      '/scim/v2/../../api/status',
      '/scim/v2/..%2f..%2fapi/status',
      '/scim/v2/%2e%2e/%2e%2e/index.html',
      '/scim/v2/..\\..\\index.html',
      '/scim/v2//..//..//session',
      '/scim/v2/;/../api/status',
      '/scim/v2/Users/../../../etc/passwd',
      '/scim/v2/.%00./api',
      '//api/status',
      '/./index.html',
      '/SCIM/V2/../api/status',
    ];
    const reach = ['/scim/v2/.reach', '/scim/v2/.reach/', `/scim/v2/.reach/${'A'.repeat(32)}`, '/.reach/x'];
    const { host } = new URL(edge.publicOrigin);
    const walk = async (path: string) => {
      for (const method of ['GET', 'POST']) {
        const { status, text } = await raw(path, { host }, method);
        expect([401, 404], `${method} ${path} gave ${status}`).toContain(status);
        expect(text).not.toContain('<');
      }
      const trusted = await raw(path, { host, ...authorization() });
      expect([400, 404], `${path} with the token gave ${trusted.status}`).toContain(trusted.status);
    };
    await Promise.all([...windows, ...assets, ...traversal, ...reach].map(walk));
  });

  test('no header makes another host or path of it', async () => {
    const host = new URL(edge.publicOrigin).host;
    const tricks: Record<string, string>[] = [
      { 'x-forwarded-host': '127.0.0.1' },
      { 'x-forwarded-host': 'localhost', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
      { forwarded: 'for=127.0.0.1;host=localhost;proto=http' },
      { 'x-original-url': '/scim/v2/Users', 'x-rewrite-url': '/api/status' },
      { 'x-http-method-override': 'DELETE' },
      { 'sec-fetch-site': 'same-origin', cookie: `scim-pilot-${pilot.port}=x` },
      { 'proxy-authorization': `Bearer ${pilot.token}` },
    ];
    for (const headers of tricks) {
      expect((await raw('/scim/v2/Users', { host, ...headers })).status).toBe(401);
      expect((await raw('/api/status', { host, ...headers })).status).toBe(404);
    }
    expect((await raw('/scim/v2/Users', { host, ...authorization(), origin: edge.publicOrigin })).status).toBe(403);
    // A target that is a whole URL names the host (RFC 9112 §3.2.2): what comes by the tunnel is not of this machine.
    for (const local of [`127.0.0.1:${pilot.port}`, `localhost:${pilot.port}`]) {
      expect((await raw(`http://${local}/scim/v2/Users`, { host, ...authorization() })).status).toBe(421);
    }
    const spoofed = await raw('/scim/v2/Users', { host, ...authorization(), 'x-forwarded-host': 'evil.example' });
    expect(spoofed.status).toBe(200);
    expect(spoofed.text).not.toContain('evil.example');
  });

  test('a question that is not out gets what any unknown path gets, and is recorded', async () => {
    const asked = await raw('/scim/v2/.reach/guess', { host: new URL(edge.publicOrigin).host });
    const other = await raw('/scim/v2/.other/guess', { host: new URL(edge.publicOrigin).host });
    const plain = (text: string) => text.replaceAll(/\[call \w+\]/g, '').replaceAll(/\.(reach|other)/g, '');
    expect(asked.status).toBe(401);
    expect(plain(asked.text)).toBe(plain(other.text));
    await until(() => pilot.api.status().lastCall?.path === '/scim/v2/.other/guess');
    const page = await pilot.api.feed.page({ before: null, limit: 2, query: '' });
    expect(page.calls.map((call) => call.path)).toEqual(['/scim/v2/.other/guess', '/scim/v2/.reach/guess']);
  });
});

test('the authtoken is in nothing the window can ask, and in no message', async () => {
  const told = JSON.stringify([pilot.api.status(), pilot.api.tunnel.settings(), pilot.logged]);
  expect(told).not.toContain(authtoken);
  expect(pilot.api.tunnel.settings().ngrok.authtoken).toEqual({
    ending: authtoken.slice(-4),
    from: 'environment',
    readable: true,
  });
});

test('stop leaves no session, and start brings the same address back', async () => {
  await pilot.api.tunnel.stop();
  expect(pilot.api.status().tunnel).toMatchObject({ state: 'off', publicOrigin: null });
  await until(() => edge.sessions().length === 0);
  expect(pilot.pilot.tenantUrl).toBe(pilot.url);
  await pilot.api.tunnel.start();
  const { publicOrigin } = await when(pilot, reachable);
  expect(publicOrigin).toBe(edge.publicOrigin);
});
