import type Database from 'better-sqlite3';
import type { Writer } from '../contract/index.ts';
import type { Readings } from './readings.ts';

/** Calls deleted in one group: a couple of milliseconds of work. */
const step = 500;
const checkEveryMs = 1_000;
/** Pause between steps while there is more to delete, so that calls are served in between. */
const pauseMs = 50;

export interface RetentionOptions {
  db: Database.Database;
  writer: Writer;
  readings: Readings;
  /** Calls to keep. */
  keep: number;
}

/** Keeps the newest `keep` calls and deletes older ones little by little, beside the calls that come in. */
export function createRetention({ db, writer, readings, keep }: RetentionOptions): { stop(): void } {
  const remove = db.prepare(
    'DELETE FROM calls WHERE position IN (SELECT position FROM calls ORDER BY position LIMIT ?)',
  );
  let stopped = false;
  let timer = later(checkEveryMs);

  function later(ms: number): NodeJS.Timeout {
    return setTimeout(check, ms).unref();
  }

  function check(): void {
    const excess = readings.stored - keep;
    if (excess <= 0) {
      timer = later(checkEveryMs);
      return;
    }
    let removed = 0;
    writer.append(
      () => {
        removed = remove.run(Math.min(excess, step)).changes;
      },
      () => {
        readings.stored -= removed;
        if (!stopped) timer = later(pauseMs);
      },
    );
  }

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
