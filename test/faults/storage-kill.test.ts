import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openDatabase, openPilotFolder, readSetting } from '../../src-main/storage/index.ts';
import { temporaryFolder } from '../unit/storage/support.ts';

const door = new URL('../../src-main/storage/index.ts', import.meta.url).href;

/** Writes one setting after the other and prints each key only once its unit was acknowledged. */
const program = (dataDir: string) => `
  import { createWriter, openDatabase, openPilotFolder, writeSetting } from ${JSON.stringify(door)};
  const db = openDatabase(openPilotFolder(${JSON.stringify(dataDir)}).path);
  const log = { info() {}, warn() {}, error() {} };
  const writer = createWriter(db, { log });
  for (let i = 0; ; i += 1) {
    await writer.submit(() => writeSetting(db, 'key-' + i, i), () => null);
    process.stdout.write('key-' + i + '\\n');
  }`;

test('a killed process loses nothing it acknowledged, and the next one opens the folder', async () => {
  const dataDir = temporaryFolder();
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(dataDir)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (printed.split('\n').length > 200) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const acknowledged = printed.split('\n').slice(0, -1);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);

  const folder = openPilotFolder(dataDir);
  const db = openDatabase(folder.path);
  const lost = acknowledged.filter((key, i) => readSetting(db, key, z.number()) !== i);
  expect(lost).toEqual([]);
  db.close();
  folder.release();
});
