import type Database from 'better-sqlite3';
import type { JsonObject, RecordState, Reference, ResourceType, StoredRecord } from '../contract/index.ts';
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
  /** Users only: the groups it is in, as a JSON list of [id, name]. */
  in_groups?: string;
  /** Groups only. */
  members?: number;
  json: string;
}

/** A record read by its id: a write's change follows its newest one. */
export interface FoundRow extends RecordRow {
  /** Position of its newest change. */
  last_change: number | null;
}

/** The table of a resource type. */
export const tableOf: Record<ResourceType, 'users' | 'groups'> = { User: 'users', Group: 'groups' };

/**
 * `in_groups` of `RecordRow`, for a SELECT from `users`. Nearly every read of a user shows its groups, and within the statement
 * they cost a quarter of what statements of their own do. CROSS JOIN keeps to the index on users, whose order is that of groups.
 */
export const inGroups = `(SELECT json_group_array(json_array(g.id, g.name))
  FROM membership m CROSS JOIN groups g ON g.row = m.group_row
  WHERE m.user_row = users.row AND g.state <> 'deleted') AS in_groups`;

/** The columns of `RecordRow`, for a SELECT. */
export const recordColumns: Record<ResourceType, string> = {
  User: `row, id, state, revision, created_at, modified_at, name, manager_hidden, ${inGroups}, json`,
  Group: 'row, id, state, revision, created_at, modified_at, name, 0 AS manager_hidden, members, json',
};

/** `SELECT` of the columns of `RecordRow`, to be followed by a WHERE clause. */
export function selectRecords(type: ResourceType): string {
  return `SELECT ${recordColumns[type]} FROM ${tableOf[type]}`;
}

const byId: Record<ResourceType, string> = {
  User: `SELECT last_change, ${recordColumns.User} FROM users WHERE id = ?`,
  Group: `SELECT last_change, ${recordColumns.Group} FROM groups WHERE id = ?`,
};

/** The row of a record that SCIM sees (not deleted), or undefined. */
export function visibleRow(db: Database.Database, type: ResourceType, id: string): FoundRow | undefined {
  const row = prepared(db, byId[type]).get(id) as FoundRow | undefined;
  return row === undefined || row.state === 'deleted' ? undefined : row;
}

const none: readonly Reference[] = [];
/** Lists of groups remembered in memory; beyond it the memory begins anew. */
const rememberedLists = 1_024;
const longestRemembered = 2_048;
let lists = new Map<string, readonly Reference[]>();

/** The groups of `in_groups`; the same list again for the same text, for many users are in the same groups. */
function groupsOf(text: string): readonly Reference[] {
  const known = lists.get(text);
  if (known !== undefined) return known;
  const pairs: [id: string, name: string][] = JSON.parse(text);
  const groups = pairs.map(([value, display]) => ({ value, display }));
  if (lists.size >= rememberedLists) lists = new Map();
  if (text.length <= longestRemembered) lists.set(text, groups);
  return groups;
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
    groups: row.in_groups === undefined || row.in_groups === '[]' ? none : groupsOf(row.in_groups),
    state: row.state,
    members: row.members ?? 0,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/**
 * How much stored text a page of a list may hold, characters, so that one of large records neither keeps other calls waiting nor
 * outgrows a string. A page may be shorter than `count` (RFC 7644 §3.4.2.4).
 */
const pageText = 8 * 1024 * 1024;

/** The records of a page: as many of `rows`, from the first on, as it may hold. */
export function pageOf(type: ResourceType, rows: Iterable<RecordRow>): StoredRecord[] {
  const records: StoredRecord[] = [];
  let text = 0;
  for (const row of rows) {
    text += row.json.length;
    if (text > pageText && records.length > 0) break;
    records.push(toRecord(type, row));
  }
  return records;
}

/** The document as SCIM shows it. */
export function visibleDocument(row: RecordRow): JsonObject {
  const document = documentOf(row.json);
  return row.manager_hidden === 0 ? document : withoutManager(document);
}
