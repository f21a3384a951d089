import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { person } from '../support/start.ts';

/** A kill in the middle of an act on whole pilots: the next start opens a pilot that is whole, old or new. */

const folderOf = (path: string) => new URL(`../../src-main/${path}`, import.meta.url).href;

/** Does one thing to the pilots again and again, and says each time that it begins. */
const program = (dataDir: string, act: string) => `
  import { createForkWorkers } from ${JSON.stringify(folderOf('cli/fork-workers.ts'))};
  import { openHost } from ${JSON.stringify(folderOf('host/index.ts'))};
  import { createPilot } from ${JSON.stringify(folderOf('pilot.ts'))};
  import { createKeyFileSecrets } from ${JSON.stringify(folderOf('storage/index.ts'))};
  const dataDir = ${JSON.stringify(dataDir)};
  const host = await openHost({
    createPilot, windowPort: null, dataDir, port: { number: 0, explicit: false }, token: null,
    tunnel: { choice: { kind: 'none' }, ngrok: { authtoken: null, server: null, ca: null } },
    secrets: createKeyFileSecrets(dataDir), workers: createForkWorkers(),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log: { info() {}, warn() {}, error() {} },
  });
  for (;;) {
    process.stdout.write('begin\\n');
    ${act}
  }`;

let dataDir: string;
let pilot: TestPilot;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-kill-'));
  pilot = await startTestPilot({ dataDir, token: null });
  for (let n = 0; n < 20; n += 1) await pilot.request('POST', '/Users', person(`user-${n}@fabrikvale.example`));
  await pilot.host.data.backUp();
  await pilot.host.pilots.duplicate((await pilot.host.pilots.list())[0]?.id ?? '', 'Second');
  await pilot.stop();
});
afterEach(async () => {
  await pilot.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const acts = {
  restore: 'await host.data.restore({ backup: (await host.data.read()).backups[0].name });',
  erase: "await host.data.erase('everything');",
  switch: 'for (const { id, open } of await host.pilots.list()) if (!open) await host.pilots.open(id);',
};

test.each(Object.entries(acts))('a kill in the middle of a %s', async (name, act) => {
  const file = join(dataDir, 'program.mjs');
  writeFileSync(file, program(dataDir, act));
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let begun = 0;
  child.stdout.on('data', (text: Buffer) => {
    begun += text.toString().split('begin').length - 1;
    // Not at the very beginning, where nothing has happened yet.
    if (begun === 2) setTimeout(() => child.kill('SIGKILL'), 15);
  });
  await once(child, 'exit');
  expect(begun).toBeGreaterThanOrEqual(2);
  pilot = await startTestPilot({ dataDir, token: null });
  expect(pilot.api.status().directory.users).toBe(name === 'erase' ? 0 : 20);
  expect((await pilot.host.pilots.list()).map(({ unreadable }) => unreadable)).toEqual([false, false]);
  expect((await pilot.request('POST', '/Users', person('after@fabrikvale.example'))).status).toBe(201);
  expect(readdirSync((await pilot.host.data.read()).folder)).not.toContain('next');
});

test('what a kill left unfinished is cleared at the next start, and counts for nothing', async () => {
  const pilots = join(dataDir, 'pilots');
  const [id = ''] = readdirSync(pilots);
  const leave = (path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'half of a database');
  };
  for (const path of [
    join(pilots, id, 'next', 'pilot.db'),
    join(pilots, '.new-pilot-1a2b', 'pilot.db.part'),
    join(pilots, '.gone-pilot-3c4d', 'pilot.db'),
    join(dataDir, 'transfers', 'a-file-that-came-in'),
  ]) {
    leave(path);
  }
  pilot = await startTestPilot({ dataDir, token: null });
  const all = await pilot.host.pilots.list();
  expect(all.map(({ name, users }) => [name, users])).toEqual([
    ['Pilot', 20],
    ['Second', 20],
  ]);
  for (const { id: one, open } of all) if (!open) await pilot.host.pilots.open(one);
  expect(readdirSync(pilots).filter((name) => name.startsWith('.'))).toEqual([]);
  expect(existsSync(join(pilots, id, 'next'))).toBe(false);
  expect(existsSync(join(dataDir, 'transfers'))).toBe(false);
});
