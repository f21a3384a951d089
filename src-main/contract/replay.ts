import type { CallDetail, CapturedBody } from './calls.ts';
import type { Actor, AttributeChange, RecordChange } from './resources.ts';

/** A request to be played again, as it is or edited. */
export interface ReplayRequest {
  method: string;
  /** Path and query, e.g. `/scim/v2/Users?filter=…`. */
  target: string;
  headers: [name: string, value: string][];
  /** Null: no body. */
  body: string | null;
}

/** Where a call is played again: on a copy, of which nothing is kept, or on the live directory, where it is a call like any other. */
export type ReplayPlace = 'copy' | 'live';

/** A captured call as a request that can be sent again. */
export interface ReplayDraft {
  call: CallDetail;
  request: ReplayRequest;
  /** Why it can't be played as it is, in a sentence; null: it can. Edited it still can, unless `lost`. */
  problem: string | null;
  /** Nothing of the request can be told any more: there is nothing to edit either. */
  lost: boolean;
}

/** The answer to a call that was played again. */
export interface ReplayAnswer {
  /** The call's own code on the live directory; null on a copy. */
  code: string | null;
  status: number;
  scimType: string | null;
  detail: string | null;
  headers: [name: string, value: string][];
  body: CapturedBody | null;
  changes: RecordChange[];
  /** Milliseconds. */
  durationMs: number;
}

/** What differs between the answer then and the answer now, besides what must differ (times, versions, a new record's id). */
export interface ReplayDifference {
  /** Null: the same status. */
  status: { before: number; now: number } | null;
  /** By SCIM path in the answers' bodies; empty also where a body can't be compared. */
  attributes: AttributeChange[];
  /** Whether both bodies could be read and compared. */
  compared: boolean;
}

/** How often a record was changed since a call. */
export interface ChangesSince {
  changes: number;
  /** Even more often: no further was counted. */
  more: boolean;
  last: { at: number; by: Actor['kind']; callCode: string | null };
}

/** A rule of ServiceOps that is another today than when a call was answered. */
export interface ChangedRule {
  rule: 'custom fields' | 'profile' | 'tenant admins';
  /** Last change, milliseconds since 1970. */
  at: number;
}

/** What a replay showed. */
export interface ReplayResult {
  place: ReplayPlace;
  request: ReplayRequest;
  original: CallDetail;
  answer: ReplayAnswer;
  difference: ReplayDifference;
  /** Rules changed since the original was answered. */
  rules: ChangedRule[];
  /** Of the record that the original was about. Null: none, or no record. */
  record: ChangesSince | null;
}
