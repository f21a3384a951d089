import type Database from 'better-sqlite3';
import type { GroupDetail, JsonObject, MemberRef, Reference, UserDetail } from '../contract/index.ts';
import { renderRecord } from '../scim/index.ts';
import { readAzureMappings } from './azure-mappings.ts';
import { readDrift } from './drift-read.ts';
import { profileFields } from './fields.ts';
import { readHistory } from './history.ts';
import { inGroups, type RecordRow, toRecord, visibleDocument } from './rows.ts';
import { prepared } from './statements.ts';
import { driftedColumn, type GroupTableRow, groupRow, type UserTableRow, userRow } from './table-rows.ts';
import { knownByAzure } from './tombstones.ts';

/** History entries a detail shows; older ones are asked for page by page. */
const historyEntries = 200;
/** Members a group's detail names. */
const membersNamed = 100;

/** `baseUrl`: the SCIM root that `meta.location` is shown with, without a trailing slash. */
export interface DetailQuestion {
  id: string;
  baseUrl: string;
}

/** Everything about one user, deleted ones too; null when the id was never given. For the query worker. */
export function userDetail(db: Database.Database, { id, baseUrl }: DetailQuestion): UserDetail | null {
  const found = prepared(db, `SELECT *, ${inGroups}, ${driftedColumn.users} FROM users WHERE id = ?`).get(id);
  if (found === undefined) return null;
  const row = found as RecordRow & Omit<UserTableRow, 'groups'> & { manager_id: string | null };
  const record = toRecord('User', row);
  const { groups } = record;
  const history = readHistory(db, 'User', row.row, null, historyEntries);
  return {
    ...userRow({ ...row, groups: groups.length }),
    fields: profileFields(visibleDocument(row), readAzureMappings(db).mappings.User),
    memberOf: groups.map(({ value, display }) => ({ id: value, name: display })),
    manager: row.manager_hidden === 1 ? null : managerOf(db, row.manager_id),
    resource: rendered(renderRecord(record, { baseUrl, references: groups, projection: null })),
    history: history.entries,
    olderHistory: history.older,
    drift: readDrift(db, 'User', row),
    knownByAzure: knownByAzure(db, 'User', row.row),
  };
}

/** Everything about one group, deleted ones too, with its first members by name. For the query worker. */
export function groupDetail(db: Database.Database, { id, baseUrl }: DetailQuestion): GroupDetail | null {
  const found = prepared(db, `SELECT *, 0 AS manager_hidden, ${driftedColumn.groups} FROM groups WHERE id = ?`).get(id);
  if (found === undefined) return null;
  const row = found as RecordRow & GroupTableRow;
  const firstMembers = prepared(
    db,
    `SELECT u.id, u.name FROM membership m JOIN users u ON u.row = m.user_row
      WHERE m.group_row = ? ORDER BY u.name_fold, u.row LIMIT ?`,
  ).all(row.row, membersNamed) as MemberRef[];
  // A part of the members would look like all of them: past the limit the shown resource leaves them out.
  const references: Reference[] | null =
    row.members > membersNamed ? null : firstMembers.map((member) => ({ value: member.id, display: member.name }));
  const history = readHistory(db, 'Group', row.row, null, historyEntries);
  return {
    ...groupRow(row),
    firstMembers,
    resource: rendered(renderRecord(toRecord('Group', row), { baseUrl, references, projection: null })),
    history: history.entries,
    olderHistory: history.older,
    drift: readDrift(db, 'Group', row),
    knownByAzure: knownByAzure(db, 'Group', row.row),
  };
}

/** The manager by name; one whose id is not ours is shown by that id. */
function managerOf(db: Database.Database, managerId: string | null): MemberRef | null {
  if (managerId === null) return null;
  const name = prepared(db, 'SELECT name FROM users WHERE id = ?').pluck().get(managerId);
  return { id: managerId, name: typeof name === 'string' ? name : managerId };
}

function rendered(json: string): JsonObject {
  return JSON.parse(json);
}
