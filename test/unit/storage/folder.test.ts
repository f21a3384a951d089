import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createKeyFileSecrets, lockFolder, openDatabase, openPilotFolder } from '../../../src-main/storage/index.ts';
import { startErrorOf, temporaryFolder } from './support.ts';

const door = new URL('../../../src-main/storage/index.ts', import.meta.url).href;

describe('lockFolder', () => {
  test('keeps a second holder out until the first lets go', () => {
    const dir = temporaryFolder();
    const lock = lockFolder(dir);
    const error = startErrorOf(() => lockFolder(dir));
    expect(error.code).toBe('data-in-use');
    expect(error.message).toContain(dir);
    lock.release();
    lock.release();
    lockFolder(dir).release();
  });

  test('a damaged lock file is called that, and left alone', () => {
    const dir = temporaryFolder();
    const garbage = 'not a database at all '.repeat(100);
    writeFileSync(join(dir, 'lock.db'), garbage);
    const error = startErrorOf(() => lockFolder(dir));
    expect([error.code, error.message]).toEqual(['data-damaged', expect.stringContaining('lock.db')]);
    expect(readFileSync(join(dir, 'lock.db'), 'utf8')).toBe(garbage);
  });

  test('keeps other processes out, and a killed process lets go', async () => {
    const dir = temporaryFolder();
    // Named, else it is collected as garbage, and the lock goes with it.
    const code = `import { lockFolder } from ${JSON.stringify(door)};
      globalThis.lock = lockFolder(${JSON.stringify(dir)}); console.log('locked'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(child, 'exit');
    try {
      await once(child.stdout, 'data');
      expect(startErrorOf(() => lockFolder(dir)).code).toBe('data-in-use');
    } finally {
      child.kill('SIGKILL');
      await gone;
    }
    lockFolder(dir).release();
  });
});

describe('openPilotFolder', () => {
  test('makes a pilot on the first start and finds it on the next', () => {
    const dataDir = join(temporaryFolder(), 'data');
    const first = openPilotFolder(dataDir);
    openDatabase(first.path).close();
    first.release();
    const second = openPilotFolder(dataDir);
    expect(second.id).toBe(first.id);
    expect(second.path).toBe(join(dataDir, 'pilots', first.id));
    expect(readdirSync(join(dataDir, 'pilots'))).toEqual([first.id]);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    second.release();
  });

  test('leaves the rights of a folder that was there, and closes what it puts in', () => {
    const dataDir = temporaryFolder();
    chmodSync(dataDir, 0o755);
    const folder = openPilotFolder(dataDir);
    openDatabase(folder.path).close();
    folder.release();
    const mode = (...path: string[]) => statSync(join(dataDir, ...path)).mode & 0o777;
    expect(mode()).toBe(0o755);
    expect(mode('pilots')).toBe(0o700);
    expect(mode('pilots', folder.id)).toBe(0o700);
    expect(mode('pilots', folder.id, 'pilot.db')).toBe(0o600);
    expect(mode('active.json')).toBe(0o600);
  });

  test('is held until released', () => {
    const dataDir = temporaryFolder();
    const folder = openPilotFolder(dataDir);
    expect(startErrorOf(() => openPilotFolder(dataDir)).code).toBe('data-in-use');
    folder.release();
    openPilotFolder(dataDir).release();
  });

  test('opens the one that active.json names, else the one used last; none is removed', () => {
    const dataDir = temporaryFolder();
    for (const [id, day] of [
      ['older', 1],
      ['newer', 2],
    ] as const) {
      const path = join(dataDir, 'pilots', id);
      mkdirSync(path, { recursive: true });
      openDatabase(path).close();
      utimesSync(join(path, 'pilot.db'), day * 86_400, day * 86_400);
    }
    const open = () => {
      const folder = openPilotFolder(dataDir);
      folder.release();
      return folder.id;
    };
    expect(open()).toBe('newer');
    writeFileSync(join(dataDir, 'active.json'), '{"pilot":"older"}');
    expect(open()).toBe('older');
    writeFileSync(join(dataDir, 'active.json'), '{"pilot":"../../elsewhere"}');
    expect(open()).toBe('newer');
    writeFileSync(join(dataDir, 'active.json'), 'not JSON');
    expect(open()).toBe('newer');
    expect(readdirSync(join(dataDir, 'pilots')).sort()).toEqual(['newer', 'older']);
  });
});

describe('key-file secrets', () => {
  test('open what they sealed, also after a restart, and hide it', async () => {
    const dir = temporaryFolder();
    const sealed = await createKeyFileSecrets(dir).seal('s3cret töken');
    expect(sealed).not.toContain('s3cret');
    expect(await createKeyFileSecrets(dir).open(sealed)).toBe('s3cret töken');
    expect(statSync(join(dir, 'secrets.key')).mode & 0o777).toBe(0o600);
  });

  test('the same secret is never sealed alike twice', async () => {
    const secrets = createKeyFileSecrets(temporaryFolder());
    expect(await secrets.seal('x')).not.toBe(await secrets.seal('x'));
  });

  test('give null for what another key sealed, what was altered and what is no seal', async () => {
    const secrets = createKeyFileSecrets(temporaryFolder());
    const sealed = await secrets.seal('mine');
    expect(await secrets.open(await createKeyFileSecrets(temporaryFolder()).seal('theirs'))).toBeNull();
    const flipped = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2);
    expect(await secrets.open(flipped)).toBeNull();
    expect(await secrets.open('k1.AAAA')).toBeNull();
    expect(await secrets.open('plain text')).toBeNull();
    expect(await createKeyFileSecrets(temporaryFolder()).open(sealed)).toBeNull();
  });

  test('a damaged key file is said, not replaced', async () => {
    const dir = temporaryFolder();
    writeFileSync(join(dir, 'secrets.key'), 'short');
    await expect(createKeyFileSecrets(dir).seal('x')).rejects.toMatchObject({ code: 'data-damaged' });
  });
});
