import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../src-main/cli/build.ts';
import { type Ended, person, repository, type Started, scim, start, stop } from '../support/start.ts';

/** Bad circumstances at start: one clear sentence with the cure, exit code 1, nothing lost. */

let folder: string;
let data: string;
let running: Started[];

beforeAll(() => ensureBuilt({ root: repository, say: () => {}, stop: new AbortController().signal }), 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scim-pilot-faults-'));
  data = join(folder, 'data');
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map(stop));
  rmSync(folder, { recursive: true, force: true });
});

function begin(flags: string[] = [], environment: Record<string, string> = {}): Started {
  const started = start(['--data', data, ...flags], environment);
  running.push(started);
  return started;
}

/** Exit code 1, nothing on stdout, a sentence or two on stderr, no stack. */
function expectRefusal({ code, stdout, stderr }: Ended, sentence: RegExp): void {
  expect(stderr).toMatch(sentence);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(/^[A-Z"-].+[.]\n$/);
  expect(stderr).not.toMatch(/\n\s+at |Error:|node_modules/);
}

function listenOn(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
}

/** Path of the one pilot's database file. */
function databaseFile(): string {
  const [pilot] = readdirSync(join(data, 'pilots'));
  const files = readdirSync(join(data, 'pilots', pilot ?? '')).filter((name) => /\.(db|sqlite)$/.test(name));
  expect(files).toHaveLength(1);
  return join(data, 'pilots', pilot ?? '', files[0] ?? '');
}

function fingerprint(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** A data folder that has been used once. */
async function used(): Promise<void> {
  const started = begin(['--port', '0']);
  const ready = await started.ready;
  expect((await scim(ready, '/Users', { method: 'POST', body: person('ada@contoso.example') })).status).toBe(201);
  expect(await stop(started)).toMatchObject({ code: 0 });
}

describe('ports', () => {
  test('an endpoint port that was named and is taken', async () => {
    const other = await listenOn(0);
    const port = portOf(other);
    expectRefusal(await begin(['--port', String(port)]).ended, new RegExp(`\\b${port}\\b.*used by another program`));
    other.close();
  });

  test('a window port that is taken; the data folder is free again afterwards', async () => {
    const other = await listenOn(0);
    const port = portOf(other);
    expectRefusal(
      await begin(['--port', '0', '--window-port', String(port)]).ended,
      new RegExp(`\\b${port}\\b.*taken`),
    );
    other.close();
    await begin(['--port', '0', '--window-port', String(port)]).ready;
  });

  test('the default port moves when taken, and says so', async () => {
    // Whoever holds it, this test or another program: it is taken.
    const other = await listenOn(8620).catch(() => null);
    const started = begin();
    const { scim: url } = await started.ready;
    expect(Number(new URL(url).port)).not.toBe(8620);
    const { code, stderr } = await stop(started);
    expect(code).toBe(0);
    expect(stderr).toContain('Port 8620 was taken');
    other?.close();
  });
});

describe('flags', () => {
  test('a malformed one', async () =>
    expectRefusal(await begin(['--port', 'http']).ended, /--port http is not a port/));
  test('an unknown one', async () => expectRefusal(await begin(['--verbose']).ended, /no flag --verbose/));
  test('a token that is too short', async () =>
    expectRefusal(await begin([], { SCIM_PILOT_TOKEN: 'short' }).ended, /SCIM_PILOT_TOKEN/));
});

describe('the data folder', () => {
  test('below a file can not be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    data = join(folder, 'file', 'data');
    expectRefusal(await begin(['--port', '0']).ended, /there is a file/);
  });

  test.skipIf(process.platform !== 'linux')('on a file system that takes none', async () => {
    data = '/proc/scim-pilot';
    expectRefusal(await begin(['--port', '0']).ended, /can't be written/);
  });

  test.skipIf(process.platform === 'win32')('that was there keeps its rights; what is in it is private', async () => {
    mkdirSync(data, { mode: 0o755 });
    chmodSync(data, 0o755);
    await begin(['--port', '0']).ready;
    expect(statSync(data).mode & 0o777).toBe(0o755);
    expect(statSync(join(data, 'pilots')).mode & 0o777).toBe(0o700);
    expect(statSync(databaseFile()).mode & 0o777).toBe(0o600);
  });

  test('in use by another pilot, which goes on', async () => {
    const first = await begin(['--port', '0']).ready;
    expectRefusal(await begin(['--port', '0']).ended, /Another SCIM Pilot uses/);
    expect((await scim(first, '/Users')).status).toBe(200);
  });

  test('two pilots with a folder each run side by side', async () => {
    const first = await begin(['--port', '0']).ready;
    data = join(folder, 'other');
    const second = await begin(['--port', '0']).ready;
    expect(second.scim).not.toBe(first.scim);
    expect(second.token).not.toBe(first.token);
    expect((await scim({ ...second, token: first.token }, '/Users')).status).toBe(401);
  });

  test('with a damaged database, which stays as it is', async () => {
    await used();
    const file = databaseFile();
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.alloc(4_096, 'damaged '), 0, 4_096, 0);
    closeSync(descriptor);
    const before = fingerprint(file);
    expectRefusal(await begin(['--port', '0']).ended, /damaged/);
    expect(fingerprint(file)).toBe(before);
  });

  test('with the database of a newer version, which stays as it is', async () => {
    await used();
    const file = databaseFile();
    const database = new Database(file);
    database.pragma('user_version = 9999');
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    const before = fingerprint(file);
    expectRefusal(await begin(['--port', '0']).ended, /newer/);
    expect(fingerprint(file)).toBe(before);
  });
});

describe('a new start', () => {
  test('finds everything, also after a kill', async () => {
    const first = begin(['--port', '0']);
    const before = await first.ready;
    const created = await scim(before, '/Users', { method: 'POST', body: person('ada@contoso.example') });
    const { id } = await created.json();
    first.child.kill('SIGKILL');
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    const after = await begin(['--port', '0']).ready;
    expect(after.token).toBe(before.token);
    const again = await scim(after, `/Users/${id}`);
    expect(again.status).toBe(200);
    expect(await again.json()).toMatchObject({ id, userName: 'ada@contoso.example' });
  });

  test('with SCIM_PILOT_TOKEN takes it for this run only', async () => {
    const own = begin(['--port', '0'], { SCIM_PILOT_TOKEN: 'Bearer a-token-for-this-run-only' });
    const fixed = await own.ready;
    expect(fixed.token).toBe('a-token-for-this-run-only');
    expect((await scim(fixed, '/Users')).status).toBe(200);
    await stop(own);
    const after = await begin(['--port', '0']).ready;
    expect(after.token).not.toBe(fixed.token);
    expect((await scim({ ...after, token: fixed.token }, '/Users')).status).toBe(401);
  });

  test('prints the public address of an own tunnel', async () => {
    const ready = await begin(['--port', '0', '--tunnel', 'https://own.example']).ready;
    expect(ready.public).toBe('https://own.example');
  });
});

test('whoever read the ready line may leave', async () => {
  const started = begin(['--port', '0']);
  const ready = await started.ready;
  started.child.stdout?.destroy();
  started.child.stderr?.destroy();
  expect((await scim(ready, '/Users')).status).toBe(200);
  started.child.kill('SIGTERM');
  const [code] = await once(started.child, 'exit');
  expect(code).toBe(0);
});
