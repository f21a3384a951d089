import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import type { NamedQueries, NamedQuery, WorkerAnswer, WorkerRequest } from './queries.ts';

/** A scan under way, on a connection of its own. */
interface Scan {
  id: number;
  db: Database.Database;
  steps: Generator<void, unknown>;
}

/** Connections kept open for the next scans. */
const spareConnections = 2;

/**
 * The worker's side: answers the host's requests with `queries` until the host ends it. Call it once, from the worker's
 * entry file. Short queries run at once; scans take turns, a step each, so that none waits for another to end.
 */
export function serveQueries(queries: NamedQueries): void {
  const port = parentPort;
  const { database } = workerData as { database: string };
  if (port === null) throw new Error('serveQueries runs in a worker thread only.');
  const main = connect(database);
  const spare: Database.Database[] = [];
  const scans: Scan[] = [];
  let scheduled = false;

  function answer(message: WorkerAnswer): void {
    port?.postMessage(message);
  }

  function run(id: number, name: string, input: unknown): void {
    const query = Object.hasOwn(queries, name) ? queries[name] : undefined;
    try {
      if (query === undefined) throw new Error('there is no such query');
      if (isScan(query)) startScan(id, query, input);
      else answer({ id, ok: true, output: query(main, input as never) });
    } catch (error) {
      answer({ id, ok: false, reason: String(error), cancelled: false });
    }
  }

  function startScan(id: number, query: ScanQuery, input: unknown): void {
    const db = spare.pop() ?? connect(database);
    db.exec('BEGIN');
    scans.push({ id, db, steps: query(db, input as never) });
    schedule();
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
        answer({ id: scan.id, ok: true, output: result.value });
      } else {
        scans.push(scan);
      }
    } catch (error) {
      finish(scan);
      answer({ id: scan.id, ok: false, reason: String(error), cancelled: false });
    }
    if (scans.length > 0) schedule();
  }

  function cancel(id: number): void {
    const index = scans.findIndex((scan) => scan.id === id);
    const [scan] = index < 0 ? [] : scans.splice(index, 1);
    if (scan === undefined) return;
    scan.steps.return(undefined);
    finish(scan);
    answer({ id, ok: false, reason: 'cancelled', cancelled: true });
  }

  function finish(scan: Scan): void {
    if (scan.db.inTransaction) scan.db.exec('COMMIT');
    if (spare.length < spareConnections) spare.push(scan.db);
    else scan.db.close();
  }

  port.on('message', (request: WorkerRequest) => {
    if (request.type === 'run') run(request.id, request.name, request.input);
    else cancel(request.id);
  });
}

type ScanQuery = (db: Database.Database, input: never) => Generator<void, unknown>;

const generatorFunction = Object.getPrototypeOf(function* () {});

function isScan(query: NamedQuery): query is ScanQuery {
  return Object.getPrototypeOf(query) === generatorFunction;
}

function connect(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2_000 });
  db.pragma('temp_store = MEMORY');
  return db;
}
