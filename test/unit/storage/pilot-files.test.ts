import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { refusalOf } from '../../../src-main/host/refusals.ts';
import {
  beginNext,
  copyDatabase,
  databaseFile,
  openDatabase,
  putNextInPlace,
  writeSetting,
} from '../../../src-main/storage/index.ts';
import { temporaryFolder } from './support.ts';

const settingIn = (file: string, key: string) => {
  const db = new Database(file, { readonly: true });
  const value = db.prepare('SELECT value FROM settings WHERE key = ?').pluck().get(key);
  db.close();
  return value;
};

test('a copy that the disk has no room for leaves nothing behind, and the original serves on', async () => {
  const dir = temporaryFolder();
  const db = openDatabase(dir);
  writeSetting(db, 'filler', 'x'.repeat(3_000_000));
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const copy = copyDatabase(db, join(dir, 'copy.db'), {
    without: [],
    onProgress(done) {
      if (done > 0) throw full;
    },
  });
  await expect(copy).rejects.toBe(full);
  expect(refusalOf(full)).toMatchObject({ name: 'RequestError', message: expect.stringContaining('disk is full') });
  expect(readdirSync(dir).filter((name) => name.startsWith('copy'))).toEqual([]);
  writeSetting(db, 'after', 'written');
  db.close();
});

test('a copy holds what was there, without the settings that are left out, and is one file', async () => {
  const dir = temporaryFolder();
  const db = openDatabase(dir);
  writeSetting(db, 'kept', 'yes');
  writeSetting(db, 'secret', 'sealed-and-more');
  const file = join(dir, 'copy.db');
  const seen: number[] = [];
  await copyDatabase(db, file, { without: ['secret'], onProgress: (done) => seen.push(done) });
  expect(seen.length).toBeGreaterThan(0);
  expect([settingIn(file, 'kept'), settingIn(file, 'secret')]).toEqual(['"yes"', undefined]);
  expect(readdirSync(dir).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  db.close();
});

test('a database takes the place of one that was killed, whose log does not leak into it', () => {
  const dir = temporaryFolder();
  const old = openDatabase(dir);
  writeSetting(old, 'which', 'old');
  const next = beginNext(dir);
  const coming = openDatabase(next);
  writeSetting(coming, 'which', 'new');
  expect(() => putNextInPlace(dir)).toThrow('still open');
  coming.close();
  old.close();
  putNextInPlace(dir);
  expect(settingIn(databaseFile(dir), 'which')).toBe('"new"');
  expect(existsSync(next)).toBe(false);
});
