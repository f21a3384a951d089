import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { type Edge, startEdge } from '../support/edge/edge.ts';
import { startTestPilot, tunnelRequest } from '../support/pilot.ts';
import { openTestWindow, type TestWindow } from '../support/window.ts';
import { authtoken, reachable, when } from '../tunnel/support.ts';

/** Settings, Connection where the run or another host has a say: what is stored, and what this run brought along. */

let edge: Edge;
let host: TestWindow;
afterEach(async () => {
  await host?.close();
  await edge?.close();
});

async function openConnection() {
  const { page } = await host.open();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('heading', { name: 'Connection' }).waitFor();
  return page;
}

test('an authority chosen as a file is stored and used; what is no certificate is refused', async () => {
  edge = await startEdge();
  host = await openTestWindow({ tunnel: tunnelRequest(null, { server: edge.server }) });
  const page = await openConnection();
  await page.getByRole('radio', { name: /ngrok tunnel/ }).check();
  await page.getByLabel('Authtoken').fill(authtoken);
  const file = page.getByLabel('Certificate file');
  await file.setInputFiles({ name: 'photo.pem', mimeType: 'text/plain', buffer: Buffer.from('not a certificate') });
  await page.getByText('A certificate is set').waitFor();
  await page.getByRole('button', { name: 'Save and connect' }).click();
  await page.getByText('The certificate of the ngrok ingress is not one.').waitFor();
  expect(host.pilot.api.tunnel.settings()).toMatchObject({ kind: 'none', ngrok: { authtoken: null, ca: null } });
  await file.setInputFiles({ name: 'edge.pem', mimeType: 'text/plain', buffer: Buffer.from(edge.ca) });
  await page.getByRole('button', { name: 'Save and connect' }).click();
  await when(host.pilot, reachable);
  expect(host.pilot.api.tunnel.settings().ngrok.ca).toBe(edge.ca.trim());
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('None: ngrok’s own').waitFor();
}, 60_000);

test('an authtoken from the environment is shown as such, and can be neither replaced nor forgotten', async () => {
  edge = await startEdge();
  const given = tunnelRequest({ kind: 'ngrok' }, { authtoken, server: edge.server, ca: edge.ca });
  host = await openTestWindow({ tunnel: given });
  const page = await openConnection();
  await page.getByRole('radio', { name: /ngrok tunnel/ }).check();
  await page.getByText('From NGROK_AUTHTOKEN, for this run. It is not stored.').waitFor();
  await page.getByText(`••••${authtoken.slice(-4)}`, { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: /Replace|Forget/ }).count()).toBe(0);
  await page.getByText('This run was started with --tunnel, which decides: ngrok tunnel.').waitFor();
}, 60_000);

test('an authtoken that another host sealed is asked for again, and works then', async () => {
  edge = await startEdge();
  const tunnel = tunnelRequest(null, { server: edge.server, ca: edge.ca });
  const first = await startTestPilot({ tunnel });
  const change = { kind: 'ngrok', startWithApp: true, ownOrigin: null, domain: null, server: null, ca: null } as const;
  await first.api.tunnel.save(change, authtoken);
  await first.stop();
  const db = new Database(databaseFileIn(first.dataDir));
  const { changes } = db
    .prepare("UPDATE settings SET value = json_set(value, '$.authtoken.sealedBy', 'safe-storage') WHERE key = 'tunnel'")
    .run();
  db.close();
  expect(changes).toBe(1);
  host = await openTestWindow({ dataDir: first.dataDir, tunnel });
  try {
    const page = await openConnection();
    const state = page.getByRole('region', { name: 'State of the connection' });
    await state.getByText('Down', { exact: true }).waitFor();
    await page.getByText('The stored one was sealed by the other way of running SCIM Pilot').waitFor();
    await page.getByLabel('Authtoken').fill(authtoken);
    await page.getByRole('button', { name: 'Save and connect' }).click();
    await when(host.pilot, reachable);
  } finally {
    await host.pilot.stop();
    await first.close();
  }
}, 60_000);

function databaseFileIn(dataDir: string): string {
  const found = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.db') && !name.endsWith('lock.db'),
  );
  expect(found).toHaveLength(1);
  return join(dataDir, found[0] ?? '');
}
