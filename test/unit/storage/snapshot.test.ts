import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSnapshot, createWriter, databaseFile, openDatabase } from '../../../src-main/storage/index.ts';

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

const countUsers = () => db.prepare<[], number>("SELECT value FROM counters WHERE name = 'users'").pluck();

test('what is read in a turn is one state, whatever another connection writes meanwhile', async () => {
  const Other = db.constructor as typeof Database;
  const other = new Other(databaseFile(dir));
  const users = countUsers();
  const snapshot = createSnapshot(db);
  const before = snapshot(() => users.get());
  other.exec("UPDATE counters SET value = 7 WHERE name = 'users'");
  other.close();
  expect([before, snapshot(() => users.get())]).toEqual([0, 0]);
  await nextTurn();
  await nextTurn();
  expect(snapshot(() => users.get())).toBe(7);
});

test('a group of the writer in the same turn ends it, and is seen after', async () => {
  const users = countUsers();
  const snapshot = createSnapshot(db);
  const writer = createWriter(db, { log: { info() {}, warn() {}, error() {} } });
  expect(snapshot(() => users.get())).toBe(0);
  const written = writer.submit(
    () => db.exec("UPDATE counters SET value = 5 WHERE name = 'users'"),
    (outcome) => outcome.ok,
  );
  expect(snapshot(() => users.get())).toBe(0);
  expect(await written).toBe(true);
  expect(snapshot(() => users.get())).toBe(5);
});

test('a write after records alone were written, while a turn is being read', async () => {
  const users = countUsers();
  const snapshot = createSnapshot(db);
  const writer = createWriter(db, { log: { info() {}, warn() {}, error() {} } });
  // Records of calls do without an fsync of their own, a write does not.
  await new Promise<void>((resolve) => writer.append(() => {}, resolve));
  const written = writer.submit(
    () => db.exec("UPDATE counters SET value = 5 WHERE name = 'users'"),
    (outcome) => outcome.ok,
  );
  // Its group begins in the turn after the next: reads of every one until then.
  for (let turn = 0; turn < 5; turn++) setImmediate(() => snapshot(() => users.get()));
  await nextTurn();
  for (let turn = 0; turn < 5; turn++) {
    snapshot(() => users.get());
    await nextTurn();
  }
  expect(await written).toBe(true);
  expect(snapshot(() => users.get())).toBe(5);
});

test('a read that throws leaves no transaction behind', async () => {
  const snapshot = createSnapshot(db);
  expect(() =>
    snapshot(() => {
      throw new Error('no such user');
    }),
  ).toThrow('no such user');
  await nextTurn();
  await nextTurn();
  expect(db.inTransaction).toBe(false);
});
