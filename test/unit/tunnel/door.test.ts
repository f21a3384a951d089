import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDoor } from '../../../src-main/tunnel/ngrok/door.ts';

/** Where ngrok's agent hands calls over. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scim-door-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform === 'win32')('the door', () => {
  test('is a socket that only its owner can use, and is gone when it is closed', async () => {
    vi.stubEnv('TMPDIR', folder);
    const { promise: came, resolve } = Promise.withResolvers<Socket>();
    const door = await openDoor(8620, resolve);
    const path = door.address.replace(/^unix:/, '');
    expect(path.startsWith(`${folder}/`)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    const caller = connect(path);
    (await came).destroy();
    caller.destroy();
    door.close();
    expect(existsSync(dirname(path))).toBe(false);
  });

  test.each([
    ['can not be written', 'nowhere/at/all'],
    ['has a blank in its name', 'a b'],
    ['is too long', 'x'.repeat(90)],
  ])('is the port where the temporary folder %s, and nothing is left behind', async (_why, name) => {
    const temporary = join(folder, name);
    if (!name.includes('/')) mkdirSync(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const door = await openDoor(8620, () => {});
    expect(door.address).toBe('http://127.0.0.1:8620');
    if (existsSync(temporary)) expect(readdirSync(temporary)).toEqual([]);
    door.close();
  });
});
