import type { CallSummary, Clock, PilotEvent, PilotStatus } from '../contract/index.ts';

/** A pilot event with the position from which its receiver resumes. */
export interface WatchEvent {
  id: number;
  event: PilotEvent;
}

/** Calls kept in memory for those who watch. */
const ringSize = 2_048;
/** A window that missed more than this reads its screens again instead. */
const maxReplay = 2_000;
const batchSize = 500;
/** Shortest time between two batches of one watcher, milliseconds: a burst becomes a few large frames. */
const batchEveryMs = 16;
const statusEveryMs = 100;

export interface LiveOptions {
  clock: Clock;
  /** Position of the newest call published before now. */
  lastPosition: number;
  /** Stored calls after a position, oldest first. */
  storedAfter(position: number, limit: number): Promise<CallSummary[]>;
}

/** Tells watchers of stored calls. */
export interface LiveCalls {
  /** In the order of positions, after COMMIT. */
  publish(call: CallSummary): void;
  /** Something else of the status has changed: everyone who watches is told. */
  statusChanged(): void;
  /**
   * Every call after `lastId` (null: from now on) in batches of at most 500, then live until `signal` aborts; a status at the
   * start and after each batch, at most ten a second. More than 2,000 calls behind: one `reset` instead.
   */
  watch(lastId: number | null, signal: AbortSignal, status: () => PilotStatus): AsyncGenerator<WatchEvent>;
}

/**
 * One shared ring of the newest calls; a watcher is only a cursor into it. That makes it free of gaps (what is replayed and
 * what is live is one sequence), and a slow watcher costs nothing: when the ring has moved past its cursor it reads on from
 * the store.
 */
export function createLiveCalls({ clock, lastPosition, storedAfter }: LiveOptions): LiveCalls {
  let newest = lastPosition;
  /** Everything after this position is in the ring. */
  let ringStart = lastPosition;
  let ring: CallSummary[] = [];
  let sleepers = new Set<() => void>();
  let statusVersion = 0;

  function publish(call: CallSummary): void {
    ring.push(call);
    newest = call.position;
    if (ring.length >= 2 * ringSize) {
      ring = ring.slice(-ringSize);
      ringStart = (ring[0]?.position ?? newest) - 1;
    }
    wakeAll();
  }

  function statusChanged(): void {
    statusVersion += 1;
    wakeAll();
  }

  function wakeAll(): void {
    if (sleepers.size === 0) return;
    const woken = sleepers;
    sleepers = new Set();
    for (const wake of woken) wake();
  }

  /** The next calls after `cursor`, from memory or from the store. */
  async function read(cursor: number): Promise<CallSummary[]> {
    if (cursor < ringStart) return storedAfter(cursor, batchSize);
    let low = 0;
    let high = ring.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ring[middle]?.position ?? 0) > cursor) high = middle;
      else low = middle + 1;
    }
    return ring.slice(low, low + batchSize);
  }

  /** Until a call is published (when `forCalls`), `ms` have passed or `signal` aborts. */
  function sleep(signal: AbortSignal, ms: number | null, forCalls: boolean): Promise<void> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      if (signal.aborted) return wake();
      signal.addEventListener('abort', wake, { once: true });
      if (forCalls) sleepers.add(wake);
      if (ms !== null) timer = setTimeout(wake, ms);
    });
  }

  async function* watch(lastId: number | null, signal: AbortSignal, status: () => PilotStatus) {
    let cursor = lastId ?? newest;
    // A position from the future belongs to another database: what that window shows is not ours.
    let lost = cursor > newest;
    let batchAt = Number.NEGATIVE_INFINITY;
    let statusAt = Number.NEGATIVE_INFINITY;
    let statusDue = true;
    let statusTold = statusVersion;
    while (!signal.aborted) {
      if (lost || newest - cursor > maxReplay) {
        lost = false;
        cursor = newest;
        statusDue = true;
        yield { id: cursor, event: { type: 'reset' } } satisfies WatchEvent;
        continue;
      }
      const now = clock.monotonic();
      if (statusTold !== statusVersion) {
        statusTold = statusVersion;
        statusDue = true;
      }
      if (cursor < newest) {
        const wait = batchAt + batchEveryMs - now;
        if (wait > 0) {
          await sleep(signal, wait, false);
          continue;
        }
        const calls = await read(cursor);
        // Retention took what was missed; nothing after it is missing.
        const last = calls.at(-1);
        if (last === undefined) {
          cursor = newest;
          continue;
        }
        cursor = last.position;
        batchAt = now;
        statusDue = true;
        yield { id: cursor, event: { type: 'calls', calls } } satisfies WatchEvent;
        continue;
      }
      const wait = statusAt + statusEveryMs - now;
      if (statusDue && wait <= 0) {
        statusDue = false;
        statusAt = now;
        yield { id: cursor, event: { type: 'status', status: status() } } satisfies WatchEvent;
        continue;
      }
      await sleep(signal, statusDue ? wait : null, true);
    }
  }

  return { publish, statusChanged, watch };
}
