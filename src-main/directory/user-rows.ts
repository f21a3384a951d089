import type Database from 'better-sqlite3';
import type { Actor, JsonObject, RecordState } from '../contract/index.ts';
import { managerIdOf, type UserColumns, withoutManager } from './documents.ts';
import type { RecordRow } from './rows.ts';
import { prepared } from './statements.ts';
import { readTombstone } from './tombstones.ts';

interface NewUser {
  id: string;
  state: RecordState;
  now: number;
  actor: Actor['kind'];
  json: string;
  columns: UserColumns;
  /** Position of the change that creates it. */
  lastChange: number;
}

/** Inserts a user with its e-mail index; gives its row. */
export function insertUser(db: Database.Database, user: NewUser): number {
  const { columns } = user;
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO users (id, state, revision, created_at, modified_at, changed_by, name, name_fold, user_name,
      user_name_fold, external_id, manager_id, department, title, search, json, last_change)
      VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    user.id,
    user.state,
    user.now,
    user.now,
    user.actor,
    columns.name,
    columns.nameFold,
    columns.userName,
    columns.userNameFold,
    columns.externalId,
    columns.managerId,
    columns.department,
    columns.title,
    columns.search,
    user.json,
    user.lastChange,
  );
  const row = Number(lastInsertRowid);
  addEmails(db, row, columns.emails);
  return row;
}

interface ChangedUser {
  row: RecordRow;
  actor: Actor['kind'];
  columns: UserColumns;
  before: UserColumns;
  stateBefore: RecordState;
  /** Position of the change. */
  lastChange: number;
}

/** Writes a changed user. SQLite rewrites the index of every column an UPDATE names, so indexed ones are named only when they change. */
export function replaceUser(db: Database.Database, changed: ChangedUser): void {
  const { row, actor, columns, before, stateBefore, lastChange } = changed;
  prepared(
    db,
    `UPDATE users SET revision = ?, modified_at = ?, changed_by = ?, name = ?, user_name = ?, manager_hidden = ?,
      department = ?, title = ?, json = ?, last_change = ? WHERE row = ?`,
  ).run(
    row.revision,
    row.modified_at,
    actor,
    columns.name,
    columns.userName,
    row.manager_hidden,
    columns.department,
    columns.title,
    row.json,
    lastChange,
    row.row,
  );
  const indexesTouched =
    row.state !== stateBefore ||
    columns.nameFold !== before.nameFold ||
    columns.userNameFold !== before.userNameFold ||
    columns.externalId !== before.externalId ||
    columns.managerId !== before.managerId ||
    columns.search !== before.search;
  if (!indexesTouched) return;
  prepared(
    db,
    `UPDATE users SET state = ?, name_fold = ?, user_name_fold = ?, external_id = ?, manager_id = ?, search = ?
      WHERE row = ?`,
  ).run(
    row.state,
    columns.nameFold,
    columns.userNameFold,
    columns.externalId,
    columns.managerId,
    columns.search,
    row.row,
  );
  const gone = before.emails.filter((email) => !columns.emails.includes(email));
  for (const email of gone) {
    prepared(db, 'DELETE FROM emails WHERE value_fold = ? AND user_row = ?').run(email, row.row);
  }
  addEmails(
    db,
    row.row,
    columns.emails.filter((email) => !before.emails.includes(email)),
  );
}

/** Lets a user be found by these folded e-mail addresses. */
export function addEmails(db: Database.Database, row: number, emails: string[]): void {
  const insert = prepared(db, 'INSERT INTO emails (value_fold, user_row) VALUES (?, ?)');
  for (const email of emails) insert.run(email, row);
}

/** Whether `id` was a user of ours and is deleted or purged (an id we never gave is not). */
export function isDeletedUser(db: Database.Database, id: string): boolean {
  const state = prepared(db, 'SELECT state FROM users WHERE id = ?').pluck().get(id);
  return state === 'deleted' || (state === undefined && readTombstone(db, 'User', id) !== null);
}

/** A deleted manager is gone for SCIM: naming one again says nothing, and must not look like a change. */
export function withoutDeletedManager(db: Database.Database, document: JsonObject): JsonObject {
  const manager = managerIdOf(document);
  return manager !== null && isDeletedUser(db, manager) ? withoutManager(document) : document;
}
