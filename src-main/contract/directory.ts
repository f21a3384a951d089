import type { Json, JsonObject } from './json.ts';
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
  /** Differs from what was last sent: edited or restored by hand. */
  drifted: boolean;
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
  drifted: boolean;
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
  /** Its place in the directory's history: no other change has it. */
  position: number;
  at: number;
  kind: ChangeKind;
  by: Actor['kind'];
  callCode: string | null;
  attributes: AttributeChange[];
  /** Whom the attributes name as manager by id; an id that nobody here has is left out. */
  managers: MemberRef[];
  /** As in `RecordChange`. */
  membersAdded: MemberRef[];
  membersRemoved: MemberRef[];
  moreAdded?: number;
  moreRemoved?: number;
}

/** A page of a record's history, newest first. */
export interface HistoryPage {
  entries: HistoryEntry[];
  /** The position that older entries come `before`; null where the record's first change is there. */
  older: number | null;
}

/** Which page of which record's history. `before`: the `older` of the page above it; null: the newest entries. */
export interface HistoryQuestion {
  type: ResourceType;
  id: string;
  before: number | null;
  limit: number;
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

/** An attribute that is not what was last sent. An absent side has no `sent` or `here`. */
export interface DriftedAttribute {
  path: string;
  sent?: Json;
  here?: Json;
  /** When it was last sent, and by which call; null where history no longer tells. */
  at: number | null;
  callCode: string | null;
}

/** How a record differs from what Azure (or practice) last sent. */
export interface Drift {
  /** The first act by hand since both agreed, milliseconds since 1970. */
  since: number;
  /** The call that deleted a record which was restored here: what was last sent is what was before it. `callCode` null: unknown. */
  deleted: { at: number; callCode: string | null } | null;
  attributes: DriftedAttribute[];
  /** As in `HistoryEntry`. */
  managers: MemberRef[];
  /** Members by hand only (at most 100), and in all. */
  membersHere: MemberRef[];
  membersHereInAll: number;
  /** Members that were sent and taken out by hand (at most 100), and in all. */
  membersSent: MemberRef[];
  membersSentInAll: number;
}

/** What a detail tells besides the record. */
export interface RecordLife {
  /** Null while the record is what was last sent. */
  drift: Drift | null;
  /** Azure was told this id and has not deleted the record itself: it will go on using the id. */
  knownByAzure: boolean;
}

/** What a restored record got back. */
export interface Restored {
  rejoined: MemberRef[];
  /** Groups a user was in that could not take it back. */
  notRejoined: { name: string; why: 'deleted' | 'purged' }[];
}

/** Records that a purge of all deleted ones would take, and those of them whose ids Azure still knows. */
export interface DeletedRecords {
  users: number;
  groups: number;
  knownByAzure: number;
}

/** Records that practice made and no call of Azure's changed. */
export interface PracticeRecords {
  users: number;
  groups: number;
}

/** One attribute set by hand: a path as `ProfileField` spells it; null removes the value. */
export interface HandEdit {
  path: string;
  value: string | null;
}

/** What may be edited by hand in a group; users join and leave by id. */
export interface GroupEdit {
  displayName: string | null;
  add: string[];
  remove: string[];
}

export interface UserDetail extends UserRow, RecordLife {
  fields: ProfileField[];
  memberOf: MemberRef[];
  manager: MemberRef | null;
  /** The resource as SCIM answers it. */
  resource: JsonObject;
  /** The newest entries. */
  history: HistoryEntry[];
  /** As in `HistoryPage`. */
  olderHistory: number | null;
}

export interface GroupDetail extends GroupRow, RecordLife {
  /** The first members by name (at most 100); `members` holds the whole count. */
  firstMembers: MemberRef[];
  resource: JsonObject;
  /** The newest entries. */
  history: HistoryEntry[];
  /** As in `HistoryPage`. */
  olderHistory: number | null;
}

/** What a table may be asked: `search` matches name, userName, e-mail or id; `state` picks the tab. */
export interface TableQuestion {
  search: string;
  /** `current`: what SCIM sees. `archived`: archived and deleted. `drifted`: what differs from what was last sent. */
  state: 'current' | 'archived' | 'drifted';
  after: string | null;
  limit: number;
}

export type { ResourceType };
