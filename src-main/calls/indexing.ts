import type { Log } from '../contract/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import type { callQueries } from './queries.ts';
import { blockSize } from './query/search-index.ts';
import type { Readings } from './readings.ts';

const checkEveryMs = 1_000;
/** Work of one step in the query worker, and the pause after it, so that the window's questions get in between. */
const stepMs = 15;
const pauseMs = 25;
/**
 * More calls than this since the last look: the pilot is busy, and the index waits. Where it is far behind it goes on even then, but
 * slowly: the processor is wanted for the calls.
 */
const busyCalls = 200;
const farBehind = 50_000;
const busyPauseMs = 250;
const retryMs = 60_000;

export interface IndexingOptions {
  runner: QueryRunner<typeof callQueries>;
  readings: Readings;
  log: Log;
}

/** Has the query worker bring the search index up to the calls that were stored, when the pilot has little else to do. */
export function createIndexing({ runner, readings, log }: IndexingOptions): {
  changed(seq: number): void;
  stop(): void;
} {
  /** Every call before this position is in the index; 0: not known yet. */
  let indexed = 0;
  let seen = readings.lastPosition;
  /** Calls that were completed or corrected after they had been stored. */
  let changed: number[] = [];
  let stopped = false;
  let timer: NodeJS.Timeout;
  later(checkEveryMs);

  function later(ms: number): void {
    if (!stopped) timer = setTimeout(check, ms).unref();
  }

  function check(): void {
    const came = readings.lastPosition - seen;
    seen = readings.lastPosition;
    const busy = came > busyCalls;
    const waiting = readings.lastPosition + 1 - indexed;
    if (changed.length === 0 && (waiting < blockSize || (busy && waiting < farBehind))) {
      later(checkEveryMs);
      return;
    }
    const told = changed;
    changed = [];
    runner.run('calls.index', { forMs: stepMs, changed: told }).then(
      (step) => {
        // Without calls in the index there is nothing to hurry for.
        indexed = step.more ? step.indexed : Math.max(step.indexed, readings.lastPosition + 1 - blockSize);
        if (!step.more) later(checkEveryMs);
        else later(busy ? busyPauseMs : pauseMs);
      },
      (error: unknown) => {
        if (stopped) return;
        changed.push(...told);
        log.warn('The search index could not be brought forward; queries look through the calls instead.', { error });
        later(retryMs);
      },
    );
  }

  return {
    changed(seq) {
      changed.push(seq);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
