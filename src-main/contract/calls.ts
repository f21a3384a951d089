import type { Explanation } from './explanations.ts';
import type { ChangeKind, RecordChange, Reference, ResourceType } from './resources.ts';

/** How a call ended, for marks and filters. `odd`: answered well, but something Azure should not have sent or will resend. */
export type CallOutcome = 'ok' | 'odd' | 'failed';

/** How far a call got before it was answered. */
export type CallStage = 'endpoint' | 'scim' | 'directory';

/** A captured body: text as sent, cut to the capture limit. */
export interface CapturedBody {
  text: string;
  /** Bytes on the wire, uncut. */
  bytes: number;
  /** True when `text` holds only the beginning. */
  cut: boolean;
}

/** The records that a body shows: the one record it is, or the page of a ListResponse. */
export interface ShownRecords {
  /** The SCIM root the caller used, without a trailing slash. */
  baseUrl: string;
  resourceType: ResourceType;
  /** Null when the body is the record itself. */
  list: { totalResults: number; startIndex: number } | null;
  records: ShownRecord[];
}

/** One record as it stood when it was shown. */
export interface ShownRecord {
  /** Its key in the directory's table. */
  row: number;
  revision: number;
  /** Milliseconds since 1970. */
  modifiedAt: number;
  /** The groups or members shown with it; null when they were left out. */
  references: readonly Reference[] | null;
}

/** One HTTP exchange as captured, secrets already redacted. */
export interface CapturedCall {
  seq: number;
  code: string;
  /** Arrival, milliseconds since 1970. */
  at: number;
  /** From arrival to the answer being ready, milliseconds with fractions; ends before COMMIT. */
  durationMs: number;
  method: string;
  /** Path as requested, without the query, e.g. `/scim/v2/Users/2819c223`. */
  path: string;
  /** Raw query string without `?`; empty when there was none. */
  query: string;
  requestHeaders: [name: string, value: string][];
  requestBody: CapturedBody | null;
  status: number;
  responseHeaders: [name: string, value: string][];
  responseBody: CapturedBody | null;
  /** What the answer shows, where its body can be made again from that: the store keeps this in place of the text. */
  shows: ShownRecords | null;
  /** Where the call came from: last X-Forwarded-For when it came through the public host, else the socket's address. */
  source: string;
  /** Whether Host was the public one. */
  via: 'public' | 'local';
  /** True for calls from the simulator (never counts as verified). */
  practice: boolean;
  stage: CallStage;
  /** `scimType` and `detail` of a SCIM error answer. */
  scimType: string | null;
  detail: string | null;
  /** The resource type the path addresses, if any. */
  resourceType: ResourceType | null;
  /** The record the call was about, where one is known. */
  resourceId: string | null;
  resourceName: string | null;
  /** `totalResults` of a query answer. */
  totalResults: number | null;
  /** What changed in the directory; empty for reads, no-ops and refusals. */
  changes: RecordChange[];
  /** ServiceOps tenant admins for whom the call was refused, or who were left out of it. */
  tenantAdmins?: readonly string[] | undefined;
  /** Places of the operations of a PATCH that changed nothing. */
  noEffect?: readonly number[] | undefined;
  /** No index served the search: every record was looked at. */
  scanned?: boolean | undefined;
}

/** A call in one plain sentence: `verb object note`, e.g. "Created" "Ada Lovelace" "14 attributes". */
export interface CallSentence {
  verb: string;
  /** The person or group, shown bold; null when the sentence has none ("Tested the connection"). */
  object: string | null;
  /** One short remark, e.g. changed attributes, or why it was refused. */
  note: string | null;
  /** How many members joined and left a group: what several such calls add up to. */
  members?: { added: number; removed: number };
}

/** One row of the feed: what a list needs, no bodies. */
export interface CallSummary {
  /** Position in the feed: grows by one per stored call, in commit order; the cursor for paging and resuming. */
  position: number;
  code: string;
  /** Arrival, milliseconds since 1970. */
  at: number;
  durationMs: number;
  method: string;
  path: string;
  query: string;
  status: number;
  scimType: string | null;
  outcome: CallOutcome;
  practice: boolean;
  /** Whether Host was the public one. */
  via: 'public' | 'local';
  /** Where it came from, as in `CapturedCall`. */
  source: string;
  /** How far the call got. */
  stage: CallStage;
  /** A connectivity probe: a filter on a GUID without a hit (provisional: see docs/entra.md). */
  probe: boolean;
  resourceType: ResourceType | null;
  resourceId: string | null;
  resourceName: string | null;
  /** `totalResults` of a query answer. */
  totalResults: number | null;
  changeKind: ChangeKind | null;
  sentence: CallSentence;
  /** Codes of the entries of the explanation catalogue that fit, the gravest first. */
  why: readonly string[];
  /** Position of the first call of the action that this one belongs to; its own where it is the first, or alone. */
  action: number;
  /** Earlier calls that this one showed in another light, as they are from now on. Told live only: pages hold them so already. */
  corrects?: CallSummary[];
}

/**
 * Calls that belong together: a match query and the create or update that follows it, a connection test, members sent in
 * several calls. *Action* is the column name in Azure's own log.
 */
export interface CallAction {
  /** Position of its first call: its identity, and its place in the feed. */
  position: number;
  /** Oldest first; at least one. */
  calls: readonly CallSummary[];
  /** The call that tells most: the one that failed, else the change, else the last. */
  decisive: CallSummary;
  /** Arrival of the first call, milliseconds since 1970. */
  at: number;
  /** Of all calls together. */
  durationMs: number;
  /** The worst that matters: a 404 that Azure expects is no failure, and one that was made good is odd. */
  outcome: CallOutcome;
  practice: boolean;
  /** A connection test, and nothing else. */
  probe: boolean;
  sentence: CallSentence;
}

/** Everything the detail pane shows. */
export interface CallDetail extends CallSummary {
  requestHeaders: [name: string, value: string][];
  requestBody: CapturedBody | null;
  responseHeaders: [name: string, value: string][];
  responseBody: CapturedBody | null;
  /** There was a body, but what it showed is gone: the record was purged, or its text of that time is no longer kept. */
  answerGone: boolean;
  detail: string | null;
  changes: RecordChange[];
  /** It changed a record that was purged since: `changes` is empty, for what it changed is no longer kept. */
  changesGone: boolean;
  /** What `why` says, in words. */
  explanations: Explanation[];
}

/** A page of the feed, newest first. `next` is the position to pass as `before` for the following page; null at the end. */
export interface CallPage {
  calls: CallSummary[];
  next: number | null;
  /** Calls stored in all. */
  stored: number;
  /**
   * When the oldest call came that was looked at, while the page is not full and older ones are yet to be looked at: a filter
   * with few hits is answered step by step. Milliseconds since 1970; null otherwise.
   */
  searchedTo: number | null;
}

/** A query over the feed that the admin gave a name. */
export interface SavedFilter {
  name: string;
  query: string;
}

/** What is kept of the calls: the newest, as far as all of these allow. */
export interface CallRetention {
  calls: number;
  /** Days; null: however old. The very newest call stays. */
  days: number | null;
  /** Size of the pilot's database above which the oldest calls go, down to the newest 1,000; null: any. */
  bytes: number | null;
}

/** How many of the kept calls are of a kind. */
export interface CallTally {
  /** Of the newest call that is counted. */
  position: number;
  failed: number;
  odd: number;
  practice: number;
}

/** Calls of one minute, for the sparkline. */
export interface CallMinute {
  /** Start of the minute, milliseconds since 1970. */
  at: number;
  calls: number;
  failed: number;
  practice: number;
}
