import type Database from 'better-sqlite3';

/**
 * A named query of the query worker: a plain function over a read-only connection. A short one returns its output. One that
 * scans is a generator: it yields after each page of at most about 1,000 rows, so that short queries get in between and an
 * abandoned scan stops; all its pages see one state of the database. Input and output cross threads by structured clone.
 */
export type NamedQuery = (db: Database.Database, input: never) => unknown;

/** Named queries, as a room that owns tables offers them. */
export type NamedQueries = Readonly<Record<string, NamedQuery>>;

export type QueryInput<Q extends NamedQuery> = Parameters<Q>[1];
export type QueryOutput<Q extends NamedQuery> = ReturnType<Q> extends Generator<void, infer R> ? R : ReturnType<Q>;

export interface RunOptions {
  /** Ends the query early; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** How long it may run before it is ended with `QueryTooSlow`, milliseconds. */
  timeoutMs?: number | undefined;
}

/** Runs named queries off the main thread. */
export interface QueryRunner<Queries extends NamedQueries> {
  run<Name extends keyof Queries & string>(
    name: Name,
    input: QueryInput<Queries[Name]>,
    options?: RunOptions,
  ): Promise<QueryOutput<Queries[Name]>>;
}

/** A query ran longer than it may. */
export class QueryTooSlow extends Error {
  constructor(name: string, timeoutMs: number) {
    super(`The query ${name} took longer than ${timeoutMs / 1000} s.`);
    this.name = 'QueryTooSlow';
  }
}

/** A query failed in the worker, or the worker stopped while it ran. */
export class QueryFailed extends Error {
  constructor(name: string, reason: string) {
    super(`The query ${name} failed: ${reason}`);
    this.name = 'QueryFailed';
  }
}

/** Host to worker. After `end` the worker closes its connections and its thread ends by itself. */
export type WorkerRequest =
  | { type: 'run'; id: number; name: string; input: unknown }
  | { type: 'cancel'; id: number }
  | { type: 'end' };

/** Worker to host, first of all: it has loaded. */
export const loadedMessage = 'loaded';

/** Worker to host, from then on. A cancelled query answers too, so that the host knows the worker is free. `scan`: it went in steps. */
export type WorkerAnswer = { id: number; scan: boolean } & (
  | { ok: true; output: unknown }
  | { ok: false; reason: string; cancelled: boolean }
);
