import type { JsonObject } from './json.ts';
import type { Actor, AttributeChange, ChangeKind, MemberRef, RecordState, ResourceType } from './resources.ts';

/** One row of the Users table. */
export interface UserRow {
  id: string;
  name: string;
  userName: string;
  state: RecordState;
  department: string | null;
  title: string | null;
  /** Groups the user is in. */
  groups: number;
  /** Last change, milliseconds since 1970. */
  changedAt: number;
  /** Who made the last change. */
  changedBy: Actor['kind'];
}

/** One row of the Groups table. */
export interface GroupRow {
  id: string;
  name: string;
  externalId: string | null;
  state: RecordState;
  members: number;
  changedAt: number;
  changedBy: Actor['kind'];
}

/** A page of a table. `next` is an opaque cursor; null at the end. `total` counts all rows the question matches. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total: number;
}

/** One field of a profile: the SCIM path, its value, and the Entra attribute that feeds it by default (null: none). */
export interface ProfileField {
  path: string;
  value: string | null;
  entraSource: string | null;
}

/** One entry of a record's history, newest first. */
export interface HistoryEntry {
  at: number;
  kind: ChangeKind;
  by: Actor['kind'];
  callCode: string | null;
  attributes: AttributeChange[];
  membersAdded: MemberRef[];
  membersRemoved: MemberRef[];
}

/** Counts of the directory, for the signal line and Overview. */
export interface DirectoryCounts {
  /** Users SCIM can see: active and archived. */
  users: number;
  /** Of those, archived (`active:false`). */
  archived: number;
  groups: number;
  memberships: number;
  /** Deleted users and groups, still readable in the window. */
  deleted: number;
}

export interface UserDetail extends UserRow {
  fields: ProfileField[];
  memberOf: MemberRef[];
  manager: MemberRef | null;
  /** The resource as SCIM answers it. */
  resource: JsonObject;
  history: HistoryEntry[];
}

export interface GroupDetail extends GroupRow {
  /** The first members by name (at most 100); `members` holds the whole count. */
  firstMembers: MemberRef[];
  resource: JsonObject;
  history: HistoryEntry[];
}

/** What a table may be asked: `search` matches name, userName, e-mail or id; `state` picks the tab. */
export interface TableQuestion {
  search: string;
  /** `current`: what SCIM sees. `archived`: archived and deleted. */
  state: 'current' | 'archived';
  after: string | null;
  limit: number;
}

export type { ResourceType };
