import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Writer } from '../contract/index.ts';
import { forgetReplacedTexts } from '../directory/index.ts';
import { readSetting, writeSetting } from '../storage/index.ts';
import { longestCallMs } from './positions.ts';
import type { Readings } from './readings.ts';

/** Calls deleted in one group: a couple of milliseconds of work. */
const step = 2_000;
const forgottenKey = 'calls.textsForgotten';
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

/**
 * Keeps the newest `keep` calls and deletes older ones little by little, beside the calls that come in; with them go the texts
 * of records that only their answers showed.
 */
export function createRetention({ db, writer, readings, keep }: RetentionOptions): { stop(): void } {
  const remove = db.prepare(
    'DELETE FROM calls WHERE position IN (SELECT position FROM calls ORDER BY position LIMIT ?)',
  );
  const oldest = db.prepare<[], number>('SELECT at FROM calls ORDER BY position LIMIT 1').pluck();
  /** Texts up to this change are forgotten. */
  let forgotten = readSetting(db, forgottenKey, z.int()) ?? 0;
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
    let until = forgotten;
    writer.append(
      () => {
        removed = remove.run(Math.min(excess, step)).changes;
        until = forgetReplacedTexts(db, forgotten, (oldest.get() ?? 0) - longestCallMs, step);
        if (until !== forgotten) writeSetting(db, forgottenKey, until);
      },
      () => {
        forgotten = until;
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
