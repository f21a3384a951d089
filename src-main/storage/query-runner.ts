import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import {
  loadedMessage,
  type NamedQueries,
  QueryFailed,
  type QueryRunner,
  QueryTooSlow,
  type WorkerAnswer,
  type WorkerRequest,
} from './queries.ts';

export interface QueryWorkerOptions {
  /** The database file; it must exist and stay open in this process (WAL). */
  database: string;
  /** The worker's entry, see `findQueryWorker`. */
  worker: URL;
  /** Longest run of a query that doesn't say otherwise, milliseconds. */
  timeoutMs?: number;
  /** How long a cancelled query may go on before its thread is ended, milliseconds. */
  graceMs?: number;
  /** How long a thread that has scanned stays without a query, milliseconds. */
  idleMs?: number;
}

/** A query runner over one worker thread; `close` ends the thread and refuses what still runs. */
export interface QueryWorker<Queries extends NamedQueries> extends QueryRunner<Queries> {
  close(): Promise<void>;
}

interface Pending {
  name: string;
  resolve(output: unknown): void;
  /** Settles the promise; the entry stays until the worker answers, for it keeps the thread busy so long. */
  reject(error: unknown): void;
  stopWaiting(): void;
  timer: NodeJS.Timeout;
}

/** Objects the thread may hold, megabytes. Well above what its queries need: it makes V8 tidy up before it takes more. */
const heapMb = 128;

/**
 * Starts the query worker. A thread that has scanned is ended when no query has come for a while, so that what it took of memory
 * is given back; the next query starts another, which takes a tenth of a second. A thread that crashes refuses what it was running and is started anew by the next query; reads have no effect,
 * so the caller may just ask again.
 */
export function createQueryWorker<Queries extends NamedQueries>(options: QueryWorkerOptions): QueryWorker<Queries> {
  const { database, worker: entry, timeoutMs: defaultTimeout = 60_000, graceMs = 5_000, idleMs = 20_000 } = options;
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let closed = false;
  const loading = new WeakSet<Worker>();
  let thread: Worker | null = start();
  let scanned = false;
  let idle: NodeJS.Timeout | undefined;
  const ending = new Set<Promise<void>>();

  function start(): Worker {
    const worker = new Worker(entry, {
      workerData: { database },
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    let reason = 'the worker stopped';
    loading.add(worker);
    worker.once('message', () => loading.delete(worker));
    worker.on('message', answered);
    worker.on('error', (error) => {
      reason = String(error);
    });
    worker.on('exit', () => {
      if (thread !== worker) return;
      thread = null;
      for (const [id, query] of pending) {
        forget(id);
        query.reject(new QueryFailed(query.name, reason));
      }
    });
    // An idle thread keeps no process alive; a busy one does.
    worker.unref();
    return worker;
  }

  /**
   * Ends a thread by force if it is still `deaf` after the grace. Never while it loads: in the middle of loading SQLite's addon
   * that ends the whole process ("FATAL ERROR: Error::New napi_get_last_error_info").
   */
  function force(worker: Worker, deaf: () => boolean): NodeJS.Timeout {
    return setTimeout(() => {
      if (!deaf()) return;
      if (loading.has(worker)) force(worker, deaf).unref();
      else void worker.terminate();
    }, graceMs);
  }

  /** Asks a thread to end; one that does not listen is ended by force, which is kept from one in the middle of a statement. */
  function end(worker: Worker): void {
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    let deaf = true;
    const timer = force(worker, () => deaf);
    worker.postMessage({ type: 'end' } satisfies WorkerRequest);
    const gone = ended.then(() => {
      clearTimeout(timer);
      deaf = false;
      ending.delete(gone);
    });
    ending.add(gone);
  }

  function endIdle(): void {
    if (thread === null || pending.size > 0) return;
    end(thread);
    thread = null;
  }

  function post(request: WorkerRequest): void {
    clearTimeout(idle);
    if (thread === null) {
      thread = start();
      scanned = false;
    }
    thread.postMessage(request);
  }

  function answered(answer: WorkerAnswer | typeof loadedMessage): void {
    if (answer === loadedMessage) return;
    scanned ||= answer.scan;
    const query = pending.get(answer.id);
    forget(answer.id);
    if (query === undefined) return;
    if (answer.ok) query.resolve(answer.output);
    else if (!answer.cancelled) query.reject(new QueryFailed(query.name, answer.reason));
  }

  function forget(id: number): void {
    const query = pending.get(id);
    if (query === undefined) return;
    clearTimeout(query.timer);
    query.stopWaiting();
    pending.delete(id);
    if (pending.size > 0) return;
    thread?.unref();
    clearTimeout(idle);
    if (scanned) idle = setTimeout(endIdle, idleMs).unref();
  }

  /** Refuses the query now and asks the worker to drop it; a worker that doesn't listen within the grace is ended. */
  function abandon(id: number, error: unknown): void {
    const query = pending.get(id);
    if (query === undefined) return;
    query.reject(error);
    query.stopWaiting();
    clearTimeout(query.timer);
    const worker = thread;
    if (worker !== null) query.timer = force(worker, () => pending.has(id)).unref();
    post({ type: 'cancel', id });
  }

  return {
    run(name, input, { signal, timeoutMs = defaultTimeout } = {}) {
      if (closed) return Promise.reject(new QueryFailed(name, 'the pilot is closing'));
      if (signal?.aborted) return Promise.reject(signal.reason);
      const id = nextId;
      nextId += 1;
      return new Promise((resolve, reject) => {
        const onAbort = () => abandon(id, signal?.reason);
        signal?.addEventListener('abort', onAbort, { once: true });
        pending.set(id, {
          name,
          // The worker runs the function that `name` stands for in `Queries`, so this is its output.
          resolve: resolve as (output: unknown) => void,
          reject,
          stopWaiting: () => signal?.removeEventListener('abort', onAbort),
          timer: setTimeout(() => abandon(id, new QueryTooSlow(name, timeoutMs)), timeoutMs),
        });
        post({ type: 'run', id, name, input });
        thread?.ref();
      });
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      if (thread !== null) {
        thread.ref();
        end(thread);
      }
      await Promise.all(ending);
    },
  };
}

/**
 * The worker's entry beside this code: `query-worker.ts` in the source tree, `query-worker.js` in a build (whose main code
 * may lie in `chunks/`).
 */
export function findQueryWorker(): URL {
  return findWorker('query-worker', import.meta.url);
}

/** A worker's entry beside the code at `from`, in the source tree or in a build. */
export function findWorker(name: string, from: string): URL {
  const candidates = [`./${name}.js`, `../${name}.js`, `./${name}.ts`];
  const found = candidates.map((path) => new URL(path, from)).find((url) => existsSync(url));
  if (found === undefined) throw new Error(`The build lacks ${name}.js.`);
  return found;
}
