import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { loadedMessage, type NamedQueries, type NamedQuery, type WorkerAnswer, type WorkerRequest } from './queries.ts';
import { openReadOnly } from './read-only.ts';

/** A scan under way, on a connection of its own. */
interface Scan {
  id: number;
  db: Database.Database;
  steps: Generator<void, unknown>;
}

/** A scan that has not begun. */
interface WaitingScan {
  id: number;
  query: ScanQuery;
  input: unknown;
}

/**
 * Scans under way at once: each holds a connection with its files and cache, and a state of the database. More wait: a
 * hundred sharing one thread would all end last.
 */
const scansAtOnce = 4;
/** Of the thread: a third of the share that the thread which serves SCIM gets of a busy core. */
const niceness = 5;
/** Connections kept open for the next scans. */
const spareConnections = 2;

/**
 * The worker's side: answers the host's requests with `queries` until the host ends it. Call it once, from the worker's
 * entry file. Short queries run at once; scans under way take turns, a step each, so that a long one does not hold up the
 * others, and those beyond `scansAtOnce` begin in the order they came.
 */
export function serveQueries(queries: NamedQueries): void {
  const port = parentPort;
  const { database } = workerData as { database: string };
  if (port === null) throw new Error('serveQueries runs in a worker thread only.');
  giveWay();
  const main = openReadOnly(database);
  const spare: Database.Database[] = [];
  const scans: Scan[] = [];
  const waiting: WaitingScan[] = [];
  let scheduled = false;

  function answer(message: WorkerAnswer): void {
    port?.postMessage(message);
  }

  function run(id: number, name: string, input: unknown): void {
    const query = Object.hasOwn(queries, name) ? queries[name] : undefined;
    try {
      if (query === undefined) throw new Error('there is no such query');
      if (isScan(query)) enqueue({ id, query, input });
      else answer({ id, scan: false, ok: true, output: query(main, input as never) });
    } catch (error) {
      answer({ id, scan: false, ok: false, reason: String(error), cancelled: false });
    }
  }

  function enqueue(scan: WaitingScan): void {
    waiting.push(scan);
    startWaiting();
  }

  function startWaiting(): void {
    while (scans.length < scansAtOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      startScan(next);
    }
  }

  function startScan({ id, query, input }: WaitingScan): void {
    try {
      const db = spare.pop() ?? openReadOnly(database);
      db.exec('BEGIN');
      scans.push({ id, db, steps: query(db, input as never) });
      schedule();
    } catch (error) {
      answer({ id, scan: true, ok: false, reason: String(error), cancelled: false });
    }
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(step);
  }

  function step(): void {
    scheduled = false;
    const scan = scans.shift();
    if (scan === undefined) return;
    try {
      const result = scan.steps.next();
      if (result.done) {
        finish(scan);
        answer({ id: scan.id, scan: true, ok: true, output: result.value });
      } else {
        scans.push(scan);
      }
    } catch (error) {
      finish(scan);
      answer({ id: scan.id, scan: true, ok: false, reason: String(error), cancelled: false });
    }
    if (scans.length > 0) schedule();
  }

  function cancel(id: number): void {
    const scan = takeOut(scans, id);
    if (scan === undefined && takeOut(waiting, id) === undefined) return;
    if (scan !== undefined) {
      scan.steps.return(undefined);
      finish(scan);
    }
    answer({ id, scan: true, ok: false, reason: 'cancelled', cancelled: true });
  }

  function finish(scan: Scan): void {
    if (scan.db.inTransaction) scan.db.exec('COMMIT');
    if (spare.length < spareConnections) spare.push(scan.db);
    else scan.db.close();
    startWaiting();
  }

  function end(): void {
    waiting.length = 0;
    for (const { steps } of scans) steps.return(undefined);
    for (const db of [main, ...spare, ...scans.splice(0).map((scan) => scan.db)]) db.close();
    port?.close();
  }

  port.postMessage(loadedMessage);
  port.on('message', (request: WorkerRequest) => {
    if (request.type === 'run') run(request.id, request.name, request.input);
    else if (request.type === 'cancel') cancel(request.id);
    else end();
  });
}

/** Where cores are few, a scan must not take a provisioning call's. Only Linux knows a priority of a thread by itself. */
function giveWay(): void {
  if (process.platform === 'linux') setPriority(0, niceness);
}

/** Removes the scan with this id from `list` and gives it; undefined when it is not there. */
function takeOut<T extends { id: number }>(list: T[], id: number): T | undefined {
  const index = list.findIndex((one) => one.id === id);
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

type ScanQuery = (db: Database.Database, input: never) => Generator<void, unknown>;

const generatorFunction = Object.getPrototypeOf(function* () {});

function isScan(query: NamedQuery): query is ScanQuery {
  return Object.getPrototypeOf(query) === generatorFunction;
}
