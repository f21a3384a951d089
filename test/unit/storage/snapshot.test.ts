import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSnapshot, databaseFile, openDatabase } from '../../../src-main/storage/index.ts';

let dir: string;
let db: Database.Database;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scim-pilot-snapshot-'));
  db = openDatabase(dir);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true });
});

test('what is read together is one state, whatever another connection writes meanwhile', () => {
  const Other = db.constructor as typeof Database;
  const other = new Other(databaseFile(dir));
  const users = db.prepare<[], number>("SELECT value FROM counters WHERE name = 'users'").pluck();
  const seen = createSnapshot(db)(() => {
    const before = users.get();
    other.exec("UPDATE counters SET value = 7 WHERE name = 'users'");
    return [before, users.get()];
  });
  other.close();
  expect(seen).toEqual([0, 0]);
  expect(users.get()).toBe(7);
});

test('a read that throws leaves no transaction behind', () => {
  const snapshot = createSnapshot(db);
  expect(() =>
    snapshot(() => {
      throw new Error('no such user');
    }),
  ).toThrow('no such user');
  expect(db.inTransaction).toBe(false);
});
