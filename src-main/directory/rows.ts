import type Database from 'better-sqlite3';
import type { JsonObject, RecordState, ResourceType, StoredRecord } from '../contract/index.ts';
import { documentOf, resourceJson } from '../scim/index.ts';
import { withoutManager } from './documents.ts';
import { prepared } from './statements.ts';

/** The columns of `users` and `groups` that make a `StoredRecord`; groups have no manager. */
export interface RecordRow {
  row: number;
  id: string;
  state: RecordState;
  revision: number;
  created_at: number;
  modified_at: number;
  name: string;
  manager_hidden: 0 | 1;
  /** Users only: whether the user is in any group. */
  referenced?: 0 | 1;
  /** Groups only. */
  members?: number;
  json: string;
}

/** The table of a resource type. */
export const tableOf: Record<ResourceType, 'users' | 'groups'> = { User: 'users', Group: 'groups' };

/** The columns of `RecordRow`, for a SELECT. */
export const recordColumns: Record<ResourceType, string> = {
  User: `row, id, state, revision, created_at, modified_at, name, manager_hidden,
    EXISTS (SELECT 1 FROM membership WHERE user_row = users.row) AS referenced, json`,
  Group: 'row, id, state, revision, created_at, modified_at, name, 0 AS manager_hidden, members, json',
};

/** `SELECT` of the columns of `RecordRow`, to be followed by a WHERE clause. */
export function selectRecords(type: ResourceType): string {
  return `SELECT ${recordColumns[type]} FROM ${tableOf[type]}`;
}

const byId: Record<ResourceType, string> = {
  User: `${selectRecords('User')} WHERE id = ?`,
  Group: `${selectRecords('Group')} WHERE id = ?`,
};

/** The row of a record that SCIM sees (not deleted), or undefined. */
export function visibleRow(db: Database.Database, type: ResourceType, id: string): RecordRow | undefined {
  const row = prepared(db, byId[type]).get(id) as RecordRow | undefined;
  return row === undefined || row.state === 'deleted' ? undefined : row;
}

/** The record of a row, its manager left out where that one was deleted. */
export function toRecord(type: ResourceType, row: RecordRow): StoredRecord {
  return {
    resourceType: type,
    row: row.manager_hidden === 0 ? row.row : null,
    id: row.id,
    name: row.name,
    json: row.manager_hidden === 0 ? row.json : resourceJson(type, row.id, visibleDocument(row)),
    revision: row.revision,
    referenced: row.referenced === 1 || (row.members ?? 0) > 0,
    state: row.state,
    members: row.members ?? 0,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** The document as SCIM shows it. */
export function visibleDocument(row: RecordRow): JsonObject {
  const document = documentOf(row.json);
  return row.manager_hidden === 0 ? document : withoutManager(document);
}
