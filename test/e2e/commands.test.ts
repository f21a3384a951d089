import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulate } from '../../src-main/entra/index.ts';
import { runEntra, type StartedPilot, startPilot } from './program.ts';
import { type Resource, ScimClient } from './scim-client.ts';

/** The commands an admin types, as programs of their own; only the second test drives the simulator in-process. */

const building = 180_000;
let dataDir: string;
const running = new Set<StartedPilot>();

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-e2e-'));
});
afterEach(async () => {
  for (const pilot of running) {
    pilot.kill('SIGKILL');
    await pilot.ended;
  }
  running.clear();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<StartedPilot> {
  const pilot = await startPilot(dataDir);
  running.add(pilot);
  pilot.ended.finally(() => running.delete(pilot));
  return pilot;
}

/** All resources as SCIM answers them, with the address of this run taken out. */
async function directory({ ready }: StartedPilot): Promise<{ users: Resource[]; groups: Resource[] }> {
  const scim = new ScimClient(ready.scim, ready.token);
  const all = { users: await scim.list('Users'), groups: await scim.list('Groups') };
  return JSON.parse(JSON.stringify(all).replaceAll(ready.scim, 'BASE'));
}

test('started, provisioned, stopped by SIGTERM: exit 0, and everything is there again', {
  timeout: building,
}, async () => {
  const pilot = await start();
  expect(pilot.ready.window).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#key=/);
  const played = await runEntra(
    '--url',
    pilot.ready.scim,
    '--token',
    pilot.ready.token,
    '--users',
    '5',
    '--groups',
    '2',
  );
  expect(played.stderr).toBe('');
  expect(played.stdout).toMatch(/: 7 created, 10 updated, 1 disabled, 0 failed\.\n$/);
  expect(played.code).toBe(0);
  const before = await directory(pilot);
  expect([before.users.length, before.groups.length]).toEqual([5, 2]);
  pilot.kill('SIGTERM');
  expect(await pilot.ended).toBe(0);
  expect(pilot.stderr()).not.toMatch(/^\s+at |Error/m);

  const again = await start();
  expect(again.ready.token).toBe(pilot.ready.token);
  expect(await directory(again)).toEqual(before);
});

test('killed in the middle of a run: whatever was answered is there again', { timeout: building }, async () => {
  const pilot = await start();
  const created: string[] = [];
  const options = { url: pilot.ready.scim, token: pilot.ready.token, users: 200, groups: 1, seed: 3, compliant: false };
  let sentence = '';
  for await (const event of simulate(options, new AbortController().signal)) {
    if (event.type === 'end') sentence = event.summary.stopped ?? 'played to the end';
    if (event.type !== 'call' || event.call.status !== 201) continue;
    created.push(JSON.parse(event.call.responseBody).id);
    if (created.length === 60) pilot.kill('SIGKILL');
  }
  await pilot.ended;
  expect(created.length).toBeGreaterThanOrEqual(60);
  expect(created.length).toBeLessThan(200);
  expect(sentence).toContain('quarantine');

  const again = await start();
  const { users } = await directory(again);
  expect(users.map(({ id }) => id)).toEqual(expect.arrayContaining(created));
  // At most the one call that was under way is more than what was answered.
  expect(users.length - created.length).toBeLessThanOrEqual(1);
  const played = await runEntra(
    '--url',
    again.ready.scim,
    '--token',
    again.ready.token,
    '--users',
    '200',
    '--seed',
    '3',
  );
  expect(played.code).toBe(0);
  expect((await directory(again)).users).toHaveLength(200);
});
