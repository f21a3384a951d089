import { once } from 'node:events';
import { createServer, type OutgoingHttpHeaders, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { TunnelStatus } from '../../src-main/contract/index.ts';
import { makeCertificate } from '../support/edge/certificate.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { reachable, until, when } from './support.ts';

/** A public address of the admin's own, with a proxy behind it that does right or wrong. */

let pilot: TestPilot;
let proxy: Server;
/** What the proxy hands on instead of the headers that came. */
let rewrite: (headers: OutgoingHttpHeaders) => OutgoingHttpHeaders;

afterEach(async () => {
  await pilot.close();
  proxy.closeAllConnections();
  proxy.close();
});

async function begin(server: Server, scheme = 'http'): Promise<void> {
  proxy = server;
  rewrite = (headers) => headers;
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  pilot = await startTestPilot({ publicOrigin: `${scheme}://127.0.0.1:${port}` });
}

function forwarding(): Server {
  return createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const to = { host: '127.0.0.1', port: pilot.port, method, path, headers: rewrite(headers) };
    const passed = request(to, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
}

const unreachable = (status: TunnelStatus) => status.reach?.ok === false;

test('one that leads here is up and reachable, by the Host it is called with', async () => {
  await begin(forwarding());
  const status = await when(pilot, reachable);
  expect(status).toMatchObject({ kind: 'own', state: 'up', stale: null });
  expect(pilot.pilot.tenantUrl).toBe(`${status.publicOrigin}/scim/v2`);
  await pilot.request('GET', `${pilot.pilot.tenantUrl}/Users`);
  await until(() => pilot.api.status().lastCall?.via === 'public');
});

test('a proxy that puts another Host in place is told apart', async () => {
  await begin(forwarding());
  rewrite = (headers) => ({ ...headers, host: 'backend.internal' });
  const { reach } = await pilot.api.tunnel.check();
  expect(reach).toMatchObject({ ok: false, problem: { code: 'reach-host' } });
});

test('something else at the address, even one that answers everything with 200', async () => {
  await begin(createServer((_incoming, outgoing) => outgoing.end('Welcome!')));
  expect((await when(pilot, unreachable)).reach?.problem?.code).toBe('reach-stranger');
});

test('a server that refuses the host name in its own words is something else', async () => {
  await begin(createServer((_incoming, outgoing) => outgoing.writeHead(421).end('Misdirected')));
  expect((await when(pilot, unreachable)).reach?.problem?.code).toBe('reach-stranger');
});

test('nothing at the address', async () => {
  await begin(createServer());
  proxy.close();
  expect((await pilot.api.tunnel.check()).reach?.problem?.code).toBe('reach-refused');
});

test('a certificate that Azure would not trust', async () => {
  await begin(createTlsServer(makeCertificate()), 'https');
  expect((await when(pilot, unreachable)).reach?.problem?.code).toBe('reach-certificate');
});

test('a name that is nowhere; SCIM is served here all the same', async () => {
  proxy = createServer();
  pilot = await startTestPilot({ publicOrigin: 'https://pilot.example' });
  expect((await when(pilot, unreachable)).reach?.problem?.code).toBe('reach-name');
  expect((await pilot.request('GET', '/Users')).status).toBe(200);
});

test('whoever watches the pilot is told of each change', async () => {
  await begin(forwarding());
  await when(pilot, reachable);
  const abort = new AbortController();
  const seen: (boolean | undefined)[] = [];
  const watching = (async () => {
    for await (const { event } of pilot.api.watch(null, abort.signal)) {
      if (event.type === 'status') seen.push(event.status.tunnel.reach?.ok);
    }
  })();
  await until(() => seen.length === 1);
  rewrite = (headers) => ({ ...headers, host: 'backend.internal' });
  await pilot.api.tunnel.check();
  await until(() => seen.at(-1) === false);
  abort.abort();
  await watching;
});
