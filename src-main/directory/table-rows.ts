import type { Actor, GroupRow, RecordState, UserRow } from '../contract/index.ts';

/** Whether a row of `users` or `groups` differs from what was last sent; a deleted one is not compared. */
export const driftedColumn: Record<'users' | 'groups', string> = {
  users: `state <> 'deleted' AND EXISTS (SELECT 1 FROM drift WHERE resource_type = 'User' AND record_row = users.row) AS drifted`,
  groups: `state <> 'deleted' AND EXISTS (SELECT 1 FROM drift WHERE resource_type = 'Group' AND record_row = groups.row) AS drifted`,
};

export interface UserTableRow {
  id: string;
  name: string;
  user_name: string;
  state: RecordState;
  department: string | null;
  title: string | null;
  groups: number;
  modified_at: number;
  changed_by: Actor['kind'];
  drifted: 0 | 1;
}

export interface GroupTableRow {
  id: string;
  name: string;
  external_id: string | null;
  state: RecordState;
  members: number;
  modified_at: number;
  changed_by: Actor['kind'];
  drifted: 0 | 1;
}

export function userRow(row: UserTableRow): UserRow {
  return {
    id: row.id,
    name: row.name,
    userName: row.user_name,
    state: row.state,
    department: row.department,
    title: row.title,
    groups: row.groups,
    changedAt: row.modified_at,
    changedBy: row.changed_by,
    drifted: row.drifted === 1,
  };
}

export function groupRow(row: GroupTableRow): GroupRow {
  return {
    id: row.id,
    name: row.name,
    externalId: row.external_id,
    state: row.state,
    members: row.members,
    changedAt: row.modified_at,
    changedBy: row.changed_by,
    drifted: row.drifted === 1,
  };
}
