import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Edge, startEdge } from '../support/edge/edge.ts';
import { run, type Started, start, stop } from '../support/start.ts';
import { authtoken, until } from './support.ts';

/** The built app brings the tunnel up: `npm start -- --tunnel ngrok`, from flags to a clean end. */

let edge: Edge;
let folder: string;
let started: Started;

beforeEach(async () => {
  edge = await startEdge();
  folder = mkdtempSync(join(tmpdir(), 'scim-pilot-tunnel-'));
  writeFileSync(join(folder, 'ca.pem'), edge.ca);
});
afterEach(async () => {
  await stop(started);
  await edge.close();
  rmSync(folder, { recursive: true, force: true });
});

const flags = () =>
  ['--data', join(folder, 'data'), '--port', '0', '--tunnel', 'ngrok'].concat(
    ['--ngrok-server', edge.server],
    ['--ngrok-ca', join(folder, 'ca.pem')],
  );

/** Every byte the app wrote. */
function written(dir: string): string {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

/** Arguments and environment of the worker processes of `pid`, as anyone of this account can read them. */
function exposedBy(pid: number): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && existsSync(`/proc/${entry}/status`))
    .filter((entry) => readFileSync(`/proc/${entry}/status`, 'utf8').includes(`\nPPid:\t${pid}\n`))
    .map((entry) => readFileSync(`/proc/${entry}/cmdline`, 'utf8') + readFileSync(`/proc/${entry}/environ`, 'utf8'));
}

test('headless: a line for each change, calls get through, and the end leaves no session and no secret', async () => {
  started = start(flags(), { NGROK_AUTHTOKEN: authtoken });
  const { scim, token, public: before } = await started.ready;
  expect(before).toBe(null);
  await until(() => lines().some((line) => line.reachable === true), 15_000);
  expect(lines().slice(1)).toEqual([
    { tunnel: 'starting', public: null },
    { tunnel: 'up', public: edge.publicOrigin },
    { tunnel: 'up', public: edge.publicOrigin, reachable: true },
  ]);
  const answer = await fetch(`${edge.publicOrigin}${new URL(scim).pathname}/Users`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  if (process.platform === 'linux') {
    const workers = exposedBy(started.child.pid ?? 0).filter((text) => text.includes('ngrok-worker'));
    expect(workers).toHaveLength(1);
    expect(workers.join()).not.toContain(authtoken);
  }

  edge.drop();
  await until(() => lines().some((line) => line.tunnel === 'reconnecting'));
  await until(() => lines().at(-1)?.reachable === true, 10_000);

  const { code, stdout, stderr } = await stop(started);
  expect(code).toBe(0);
  await until(() => edge.sessions().length === 0);
  for (const text of [stdout, stderr, written(folder)]) expect(text).not.toContain(authtoken);

  function lines(): { tunnel?: string; reachable?: boolean }[] {
    return started
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
});

test('a refusal is told in words, SCIM is served all the same, and the authtoken is in no word', async () => {
  edge.faults.tokens = [];
  started = run(['--headless', ...flags()], { NGROK_AUTHTOKEN: authtoken });
  await until(() => started.stdout().includes('Tunnel: down.'), 30_000);
  expect(started.stdout()).toContain('ngrok does not know this authtoken');
  const { code, stdout, stderr } = await stop(started);
  expect(code).toBe(0);
  for (const text of [stdout, stderr, written(folder)]) expect(text).not.toContain(authtoken);
  expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
});
