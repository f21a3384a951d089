import type { JsonObject } from './json.ts';

/** The SCIM resource types this endpoint serves (RFC 7643 §4). */
export type ResourceType = 'User' | 'Group';

/**
 * Where a record stands in ServiceOps' terms. `archived`: Azure disabled it (`active:false`), still visible to SCIM.
 * `deleted`: a DELETE archived it: gone for SCIM, readable in the window.
 */
export type RecordState = 'active' | 'archived' | 'deleted';

/** What one change did to one record. */
export type ChangeKind = 'created' | 'updated' | 'archived' | 'restored' | 'deleted';

/** One attribute that changed, by SCIM path (`emails[type eq "work"].value`, `members`). Absent values are `undefined`. */
export interface AttributeChange {
  path: string;
  before?: JsonObject[string];
  after?: JsonObject[string];
  /** How many more values there are than the list names; absent where it names all. */
  more?: number;
}

/** Who made a change: Azure (or anything that speaks SCIM), a practice run, or the admin by hand. */
export interface Actor {
  kind: 'azure' | 'practice' | 'admin';
  /** The provisioning call that carried the change; null for the admin's own acts. */
  call: CallId | null;
  /** Tried on a copy: all that is written is rolled back, and memory must note nothing. */
  trial?: true;
}

/** A provisioning call's identity: its sequence number and the short code shown to people, one derived from the other. */
export interface CallId {
  readonly seq: number;
  readonly code: string;
}

/** One change to one record, with before and after, as history keeps it. */
export interface RecordChange {
  resourceType: ResourceType;
  id: string;
  /** Display name (or userName) at the time of the change. */
  name: string;
  kind: ChangeKind;
  attributes: AttributeChange[];
  /** The first users that joined or left a group (at most 100), by id with their names. */
  membersAdded: MemberRef[];
  membersRemoved: MemberRef[];
  /** How many more there were; absent where all are named. */
  moreAdded?: number;
  moreRemoved?: number;
  /** Its place in the directory's history; absent while it is not kept there as it is here. */
  position?: number;
}

/** A user in a group, by SCIM id. */
export interface MemberRef {
  id: string;
  name: string;
}

/** A member or group reference as SCIM answers it. */
export interface Reference {
  value: string;
  display: string;
}
