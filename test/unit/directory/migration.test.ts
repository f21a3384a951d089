import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/storage/index.ts';
import { migrations } from '../../../src-main/storage/migrations/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scim-pilot-migration-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('text folded with two small sigmas is folded with one; of names that would be one, the second keeps its form', () => {
  const before = openDatabase(dir, migrations.slice(0, 12));
  const user = before.prepare(
    `INSERT INTO users (id, state, revision, created_at, modified_at, changed_by, name, name_fold, user_name, user_name_fold,
      search, json) VALUES (?, 'active', 1, 0, 0, '{}', ?, ?, ?, ?, ?, '{}')`,
  );
  user.run('1', 'ΝΙΚΟΣ', 'νικος', 'ΝΙΚΟΣ@X', 'νικος@x', 'νικος@x');
  user.run('2', 'Ada', 'ada', 'ada@x', 'ada@x', 'ada@x\nνικος');
  user.run('3', 'a', 'a', 'ας', 'ας', 'ας');
  user.run('4', 'b', 'b', 'ασ', 'ασ', 'ασ');
  before
    .prepare('INSERT INTO emails (value_fold, user_row) VALUES (?, 1), (?, 1), (?, 2)')
    .run('νικος', 'νικοσ', 'ada@x');
  before
    .prepare(
      `INSERT INTO groups (id, state, revision, created_at, modified_at, changed_by, name, name_fold, json)
        VALUES ('g', 'active', 1, 0, 0, '{}', 'ΔΡΟΜΟΣ', 'δρομος', '{}')`,
    )
    .run();
  before.close();

  const db = openDatabase(dir);
  expect(db.prepare('SELECT name_fold, user_name_fold, search FROM users ORDER BY id').raw().all()).toEqual([
    ['νικοσ', 'νικοσ@x', 'νικοσ@x'],
    ['ada', 'ada@x', 'ada@x\nνικοσ'],
    ['a', 'ας', 'ασ'],
    ['b', 'ασ', 'ασ'],
  ]);
  expect(db.prepare('SELECT value_fold, user_row FROM emails ORDER BY user_row').raw().all()).toEqual([
    ['νικοσ', 1],
    ['ada@x', 2],
  ]);
  expect(db.prepare('SELECT name_fold FROM groups').pluck().all()).toEqual(['δρομοσ']);
  db.close();
});
