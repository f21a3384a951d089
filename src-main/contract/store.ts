import type { CapturedCall } from './calls.ts';
import type { JsonObject } from './json.ts';
import type { Actor, CallId, RecordChange, RecordState, Reference, ResourceType } from './resources.ts';

/** How a unit of work ended inside the group commit. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: unknown };

/**
 * The single writer: one connection, group commit. Work queues and is flushed in one `setImmediate`, synchronously:
 * BEGIN IMMEDIATE, the appended jobs, the units, COMMIT (fsynced), and only then are callers answered. When one of them throws,
 * the group is rolled back and run once more, each in a savepoint of its own: whatever is given to the writer may run twice.
 */
export interface Writer {
  /**
   * Queue one unit. When `work` throws, what it wrote is rolled back. `settle` then runs in the same transaction and turns the
   * outcome into what the caller gets (and may write the call record). Resolves after COMMIT. Rejects with `StorageUnavailable` when the whole group could not be stored (disk full,
   * I/O error) or `settle` threw; nothing of the unit is stored then. Neither function may await.
   */
  submit<W, R>(work: () => W, settle: (outcome: Outcome<W>) => R): Promise<R>;
  /**
   * Inside `work`: runs a part of it, of which nothing stays when it throws, while the rest of the unit goes on. Parts may hold
   * parts. What can't be borne by the unit (a full disk) is thrown on.
   */
  within<T>(part: () => T): Outcome<T>;
  /** Queue a write with no answer waiting for it (records of reads). Runs in the next group; `committed` is called after COMMIT. Kept in memory and tried again when the group fails. */
  append(write: () => void, committed?: () => void): void;
  /** Calls `tell` whenever something that was written is rolled back: what memory holds of it is to be forgotten. */
  onUndone(tell: () => void): void;
  /** Resolves when everything queued so far is on disk (or was refused). */
  drained(): Promise<void>;
}

/** Runs `read` over one unchanging state of the store; it must neither write nor await. Reads of one turn share a state. */
export type Snapshot = <T>(read: () => T) => T;

/** Takes finished calls into the store. Implemented by `calls`, used by `endpoint`. */
export interface CallRecorder {
  /** A new identity; never reused, also across restarts. Cheap and synchronous. */
  nextId(): CallId;
  /**
   * Store the call. Must run inside the writer's transaction (in `settle` or an appended job). Gives what tells the subscribers
   * of it: to be called after COMMIT, in commit order.
   */
  insert(call: CapturedCall): () => void;
  /**
   * Completes a stored call whose answer took longer than its commit: `responseBody` and `durationMs`. Must run inside the
   * writer's transaction.
   */
  amend(call: CapturedCall): void;
}

/**
 * A stored record as SCIM sees it. `json` is the resource's JSON text with `schemas` and `id` first and without `meta`,
 * `groups` (users) and `members` (groups): an answer is this text with those spliced in before the last brace, so a read
 * costs no parse.
 */
export interface StoredRecord {
  resourceType: ResourceType;
  /** Its key in the directory's table, never told outside; null where `json` is not the stored text (a deleted manager is left out). */
  row: number | null;
  id: string;
  /** Display name, else userName. */
  name: string;
  json: string;
  /** Grows by one per change of the record; a group's also with its membership. */
  revision: number;
  /** Groups a user is in (readOnly `groups`, RFC 7643 §4.1.2), in the order they were created; none for a group. */
  groups: readonly Reference[];
  state: RecordState;
  /** Members of a group; 0 for a user. */
  members: number;
  /** Milliseconds since 1970. */
  createdAt: number;
  modifiedAt: number;
}

/** What a write did. `change` is null when nothing changed (a no-op patch is a success). */
export interface WriteResult {
  record: StoredRecord;
  change: RecordChange | null;
  /** Places of the operations that changed nothing. */
  noEffect: number[];
  /** ServiceOps tenant admins who were to be added as members and were left out. */
  tenantAdmins?: readonly string[];
}

/** One page of a SCIM query (RFC 7644 §3.4.2.4), index based from 1. */
export interface QueryPage {
  totalResults: number;
  startIndex: number;
  records: StoredRecord[];
}

export interface Query<Filter> {
  filter: Filter | null;
  /** From 1; smaller counts as 1. */
  startIndex: number;
  /** Records wanted; 0 asks only for the total. */
  count: number;
  sortBy: string | null;
  descending: boolean;
}

/** Makes the signal that fires when nobody waits for the answer any more; asked for only by what takes its time. */
export type HangUp = () => AbortSignal;

/**
 * The ServiceOps directory behind the endpoint, one per resource type. Reads are synchronous and indexed; writes must run
 * inside `Writer.submit`'s `work`. Errors are `ScimError`s of the `scim` room.
 */
export interface ResourceRepository<Filter> {
  /** The record, or null when unknown, deleted or a ServiceOps tenant admin. */
  get(id: string): StoredRecord | null;
  /** Why `get` has nothing: the sentence of a 404, which tells an unknown id from a purged one. */
  absence(id: string): string;
  /** Synchronous (an array-like page) when an index serves the filter; otherwise a promise served by the query worker. */
  query(query: Query<Filter>, hangUp?: HangUp): QueryPage | Promise<QueryPage>;
  /** An id for a `create` to come, where others must refer to it before (Bulk). */
  newId(): string;
  /** RFC 7644 §3.3. `body` is the parsed request body; `id` from `newId`, else a new one. 409 uniqueness, 400 invalidValue/invalidSyntax. */
  create(body: JsonObject, actor: Actor, id?: string): WriteResult;
  /** RFC 7644 §3.5.1. */
  replace(id: string, body: JsonObject, actor: Actor): WriteResult;
  /** RFC 7644 §3.5.2 plus Entra's quirks; `body` is the PatchOp message. Atomic, in order. */
  patch(id: string, body: JsonObject, actor: Actor): WriteResult;
  /** Archives as deleted. 404 when unknown. */
  delete(id: string, actor: Actor): RecordChange;
}

export type UserRepository<Filter> = ResourceRepository<Filter>;

export interface GroupRepository<Filter> extends ResourceRepository<Filter> {
  /** Members in keyset pages (by id) of at most `limit`; `after` is the last id of the page before. */
  members(id: string, after: string | null, limit: number): Reference[];
  /** The groups as they are now, to be read over many turns. Holds a connection until it is ended. */
  snapshot(): GroupSnapshot;
}

/** The groups in one unchanging state, whatever is written meanwhile. To be ended in bounded time. */
export interface GroupSnapshot {
  /** As `ResourceRepository.get`. */
  get(id: string): StoredRecord | null;
  /** All members, in pages of at most `limit`, each read when it is asked for. A group deleted meanwhile shows those it had. */
  memberPages(id: string, limit: number): Generator<Reference[], void>;
  /** Safe to call twice. */
  end(): void;
}
