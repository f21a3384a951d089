import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { databaseFile, openDatabase, readSetting, writeSetting } from '../../../src-main/storage/index.ts';
import { startErrorOf, temporaryFolder } from './support.ts';

const mode = (path: string) => statSync(path).mode & 0o777;

/** A database that was in use: a few hundred settings, closed in order. */
function usedFolder(): string {
  const dir = temporaryFolder();
  const db = openDatabase(dir);
  db.transaction(() => {
    for (let i = 0; i < 500; i += 1) writeSetting(db, `key-${i}`, 'x'.repeat(200));
  })();
  db.close();
  return dir;
}

describe('openDatabase', () => {
  test('creates a file for its owner only, whatever the umask', () => {
    const dir = join(temporaryFolder(), 'pilots', 'one');
    const before = process.umask(0);
    try {
      openDatabase(dir).close();
    } finally {
      process.umask(before);
    }
    expect(mode(dir)).toBe(0o700);
    expect(mode(databaseFile(dir))).toBe(0o600);
  });

  test('commits are synced to a write-ahead log with foreign keys on', () => {
    const db = openDatabase(temporaryFolder());
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    db.close();
  });

  test('what was written is there after a reopening', () => {
    const dir = temporaryFolder();
    const first = openDatabase(dir);
    writeSetting(first, 'colour', { name: 'teal' });
    first.close();
    const second = openDatabase(dir);
    expect(readSetting(second, 'colour', z.object({ name: z.string() }))).toEqual({ name: 'teal' });
    expect(readSetting(second, 'absent', z.string())).toBeNull();
    expect(() => readSetting(second, 'colour', z.string())).toThrow();
    second.close();
  });

  test('a file of another kind is refused and left as it was', () => {
    const dir = temporaryFolder();
    writeFileSync(databaseFile(dir), 'Dear diary, this is no database. '.repeat(200));
    const before = readFileSync(databaseFile(dir));
    const error = startErrorOf(() => openDatabase(dir));
    expect(error.code).toBe('data-damaged');
    expect(error.message).toContain(databaseFile(dir));
    expect(error.cure).toContain('--data');
    expect(readFileSync(databaseFile(dir)).equals(before)).toBe(true);
  });

  test('a file whose end is missing is refused', () => {
    const dir = usedFolder();
    truncateSync(databaseFile(dir), Math.floor(statSync(databaseFile(dir)).size / 2));
    expect(startErrorOf(() => openDatabase(dir)).code).toBe('data-damaged');
  });

  test('garbage in the middle of a file is found before it is served', () => {
    const dir = usedFolder();
    const file = databaseFile(dir);
    const bytes = readFileSync(file);
    const pageSize = bytes.readUInt16BE(16);
    const pages = bytes.length / pageSize;
    for (let page = 2; page < pages; page += 3) bytes.fill(0xa5, page * pageSize, page * pageSize + 400);
    writeFileSync(file, bytes);
    expect(startErrorOf(() => openDatabase(dir)).code).toBe('data-damaged');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('a header without a readable schema is refused', () => {
    const dir = usedFolder();
    const bytes = readFileSync(databaseFile(dir));
    bytes.fill(0xff, 100, 4096);
    writeFileSync(databaseFile(dir), bytes);
    expect(startErrorOf(() => openDatabase(dir)).code).toBe('data-damaged');
  });

  test('a file of a newer version is refused, naming both versions, and keeps its version', () => {
    const dir = usedFolder();
    const raw = new Database(databaseFile(dir));
    raw.pragma('user_version = 99');
    raw.close();
    const error = startErrorOf(() => openDatabase(dir));
    expect(error.code).toBe('data-newer');
    expect(error.message).toContain('99');
    const again = new Database(databaseFile(dir));
    expect(again.pragma('user_version', { simple: true })).toBe(99);
    again.close();
  });

  test.each(['file', 'file/data'])('a path where a file stands is refused as such: %s', (path) => {
    const parent = temporaryFolder();
    writeFileSync(join(parent, 'file'), '');
    const error = startErrorOf(() => openDatabase(join(parent, path)));
    expect(error.code).toBe('data-not-writable');
    expect(error.message).toContain('there is a file');
    expect(error.cure).toContain('--data');
  });

  test('a folder in the place of the file is refused', () => {
    const dir = temporaryFolder();
    mkdirSync(databaseFile(dir));
    expect(startErrorOf(() => openDatabase(dir)).code).toBe('data-not-writable');
  });

  test('a database that another program holds is refused', () => {
    const dir = usedFolder();
    const other = new Database(databaseFile(dir));
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE; CREATE TABLE other (x); COMMIT');
    const error = startErrorOf(() => openDatabase(dir));
    other.close();
    expect(error.code).toBe('data-in-use');
  });
});

describe('migrations', () => {
  const one = 'CREATE TABLE notes (text TEXT) STRICT;';
  const two = 'ALTER TABLE notes ADD COLUMN author TEXT;';

  test('an older file is backed up whole before it changes', () => {
    const dir = temporaryFolder();
    const old = openDatabase(dir, [one]);
    old.prepare('INSERT INTO notes (text) VALUES (?)').run('kept');
    old.close();
    const db = openDatabase(dir, [one, two]);
    expect(db.pragma('user_version', { simple: true })).toBe(2);
    expect(db.prepare('SELECT text, author FROM notes').all()).toEqual([{ text: 'kept', author: null }]);
    db.close();
    const backup = join(dir, 'backups', 'version-1.db');
    expect(mode(backup)).toBe(0o600);
    const copy = new Database(backup, { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare('SELECT text FROM notes').all()).toEqual([{ text: 'kept' }]);
    copy.close();
  });

  test('a new file and an up-to-date one need no back-up', () => {
    const dir = temporaryFolder();
    openDatabase(dir, [one, two]).close();
    openDatabase(dir, [one, two]).close();
    expect(existsSync(join(dir, 'backups'))).toBe(false);
  });

  test('a migration that fails leaves the file at the version before, with its back-up', () => {
    const dir = temporaryFolder();
    openDatabase(dir, [one]).close();
    const broken = `${two} INSERT INTO missing VALUES (1);`;
    expect(() => openDatabase(dir, [one, broken])).toThrow(/missing/);
    const raw = new Database(databaseFile(dir));
    expect(raw.pragma('user_version', { simple: true })).toBe(1);
    expect(raw.prepare('SELECT * FROM notes').columns()).toHaveLength(1);
    raw.close();
    openDatabase(dir, [one, two]).close();
    expect(readdirSync(join(dir, 'backups')).sort()).toEqual(['version-1-2.db', 'version-1.db']);
  });
});
