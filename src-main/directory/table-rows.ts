import type { Actor, GroupRow, RecordState, UserRow } from '../contract/index.ts';

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
}

export interface GroupTableRow {
  id: string;
  name: string;
  external_id: string | null;
  state: RecordState;
  members: number;
  modified_at: number;
  changed_by: Actor['kind'];
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
  };
}
