import type Database from 'better-sqlite3';
import { RequestError } from '../contract/catalogue/errors.ts';
import type { CustomField, FieldType } from '../contract/index.ts';
import { type CustomAttribute, fold, readAttributeName } from '../scim/index.ts';
import { prepared } from './statements.ts';

/** Where a field is kept when the admin has no attribute name for it yet. */
export const standInUrn = 'urn:ietf:params:scim:schemas:extension:ServiceOps:2.0:User';

/** A custom field as it is stored, with its place in a user. */
export interface FieldRow extends CustomField {
  schema: CustomAttribute;
  /** The attribute that held the values before a rename, until they have moved. */
  movingFrom: string | null;
  settled: boolean;
}

/** What the columns of a field come from. */
export type FieldColumns = Pick<FieldRow, 'label' | 'attribute' | 'type' | 'madeUp' | 'movingFrom'>;

const schemaTypes: Record<FieldType, CustomAttribute['type']> = {
  String: 'string',
  Integer: 'integer',
  Boolean: 'boolean',
  DateTime: 'dateTime',
};

/** All fields, in the order they were defined. */
export function readFieldRows(db: Database.Database): FieldRow[] {
  const rows = prepared(
    db,
    `SELECT id, label, attribute, type, made_up AS madeUp, defined_at AS definedAt, moving_from AS movingFrom, settled
      FROM custom_fields ORDER BY id`,
  ).all() as (Omit<FieldRow, 'madeUp' | 'settled' | 'schema'> & { madeUp: number; settled: number })[];
  return rows.map((row) => ({
    ...row,
    madeUp: row.madeUp === 1,
    settled: row.settled === 1,
    schema: { label: row.label, ...placeOf(row.attribute), type: schemaTypes[row.type] },
  }));
}

export function insertField(db: Database.Database, columns: FieldColumns, now: number): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO custom_fields (label, label_fold, attribute, place_fold, type, made_up, defined_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    columns.label,
    fold(columns.label),
    columns.attribute,
    placeKey(columns.attribute),
    columns.type,
    columns.madeUp ? 1 : 0,
    now,
  );
  return Number(lastInsertRowid);
}

/** A field with `movingFrom` has values to settle again. */
export function updateField(db: Database.Database, id: number, columns: FieldColumns): void {
  prepared(
    db,
    `UPDATE custom_fields SET label = ?, label_fold = ?, attribute = ?, place_fold = ?, made_up = ?, moving_from = ?,
      settled = CASE WHEN ? IS NULL THEN settled ELSE 0 END WHERE id = ?`,
  ).run(
    columns.label,
    fold(columns.label),
    columns.attribute,
    placeKey(columns.attribute),
    columns.madeUp ? 1 : 0,
    columns.movingFrom,
    columns.movingFrom,
    id,
  );
}

export function markSettled(db: Database.Database, id: number): void {
  prepared(db, 'UPDATE custom_fields SET settled = 1, moving_from = NULL WHERE id = ?').run(id);
}

export function deleteField(db: Database.Database, id: number): void {
  prepared(db, 'DELETE FROM custom_fields WHERE id = ?').run(id);
}

/** Throws `RequestError` in words for a name that can't be an attribute's. */
export function placeOf(attribute: string): { urn: string | null; name: string } {
  const place = readAttributeName(attribute);
  if (typeof place === 'string') throw new RequestError('invalid', place);
  return place;
}

/** Two attribute names with the same key mean the same place in a user. */
export function placeKey(attribute: string): string {
  const { urn, name } = placeOf(attribute);
  return `${urn ?? ''}:${name}`.toLowerCase();
}
