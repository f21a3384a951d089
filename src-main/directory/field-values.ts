import type Database from 'better-sqlite3';
import type { SettledValues } from '../contract/index.ts';
import { type CustomAttribute, documentOf, type Place, resourceJson, settleField } from '../scim/index.ts';
import { prepared } from './statements.ts';

/** A field and where its values may still lie. */
export interface Settlement {
  field: CustomAttribute;
  /** The field's attribute before it was renamed; null when it had none. */
  from: Place | null;
}

/** Rows looked at in one step of a scan. */
const stepRows = 5_000;
const examplesKept = 5;

/** What one part of a scan found; `next` is the row to go on after, null at the end. */
export interface UnsettledRows extends SettledValues {
  /** Rows of users whose document has to change. */
  rows: number[];
  next: number | null;
}

/** Users that hold a value for a field, deleted ones too, after the row `after`: until `limit` of them must change. For the query worker. */
export function* unsettledRows(
  db: Database.Database,
  { field, from, after, limit }: Settlement & { after: number; limit: number },
): Generator<void, UnsettledRows> {
  const found: UnsettledRows = { rows: [], values: 0, wrong: 0, examples: [], next: null };
  const last = Number(prepared(db, 'SELECT coalesce(max(row), 0) FROM users').pluck().get());
  const select = prepared(
    db,
    `SELECT row, user_name, json FROM users WHERE row > ? AND row <= ?
      AND (instr(lower(json), ?) > 0 OR instr(lower(json), ?) > 0) ORDER BY row`,
  );
  const key = (name: string) => JSON.stringify(name.toLowerCase());
  for (let start = after; start < last; start += stepRows) {
    const rows = select.all(start, start + stepRows, key(field.name), key((from ?? field).name)) as {
      row: number;
      user_name: string;
      json: string;
    }[];
    for (const { row, user_name: userName, json } of rows) {
      const document = documentOf(json);
      const settled = settleField(document, field, from);
      if (settled.document !== document) found.rows.push(row);
      if (settled.value === undefined) continue;
      found.values += 1;
      if (settled.fits) continue;
      found.wrong += 1;
      if (found.examples.length < examplesKept) found.examples.push({ userName, value: settled.value });
    }
    if (found.rows.length >= limit) {
      found.next = start + stepRows;
      return found;
    }
    yield;
  }
  return found;
}

/**
 * Brings the values of these users into the field. It is the same value in another place or type, so history says nothing of it,
 * but what SCIM answers may look different: the version counts it. Inside the writer's transaction.
 */
export function settleRows(db: Database.Database, { field, from }: Settlement, rows: readonly number[]): void {
  for (const row of rows) {
    const stored = prepared(db, 'SELECT id, json FROM users WHERE row = ?').get(row) as
      | { id: string; json: string }
      | undefined;
    if (stored === undefined) continue;
    const document = documentOf(stored.json);
    const settled = settleField(document, field, from);
    if (settled.document === document) continue;
    prepared(db, 'UPDATE users SET json = ?, revision = revision + 1 WHERE row = ?').run(
      resourceJson('User', stored.id, settled.document),
      row,
    );
  }
}
