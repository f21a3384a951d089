import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { CallRetention, Clock, Writer } from '../contract/index.ts';
import { forgetReplacedTexts } from '../directory/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';
import { longestCallMs } from './positions.ts';
import type { Readings } from './readings.ts';
import type { Tallies } from './tallies.ts';
import type { Totals } from './tally.ts';

/** Calls deleted in one group, and bytes of their bodies: a couple of milliseconds of work. */
const step = 2_000;
const stepBytes = 2_000_000;
/** Calls that stay however large the database is: most of it may be the directory. */
const leastKept = 1_000;
const settingKey = 'calls.retention';
const forgottenKey = 'calls.textsForgotten';
const checkEveryMs = 1_000;
/** Pause between steps while there is more to delete, so that calls are served in between. */
const pauseMs = 50;
const dayMs = 86_400_000;

const schema = z.object({
  calls: z.int().positive(),
  days: z.int().positive().nullable(),
  bytes: z.int().positive().nullable(),
});

export interface RetentionOptions {
  db: Database.Database;
  writer: Writer;
  clock: Clock;
  readings: Readings;
  /** Calls to keep while nothing else was set. */
  keep: number;
  tallies: Pick<Tallies, 'wanted' | 'removed'>;
}

export interface Retention {
  read(): CallRetention;
  /** Deleting begins at once where less is to be kept, and takes its time. */
  set(retention: CallRetention): Promise<void>;
  stop(): void;
}

/**
 * Keeps the newest calls and deletes older ones little by little, beside the calls that come in; with them go the texts of
 * records that only their answers showed. The newest call always stays: positions go on from it.
 */
export function createRetention({ db, writer, clock, readings, keep, tallies }: RetentionOptions): Retention {
  const oldest = db.prepare<[number], { position: number; at: number; bytes: number }>(
    `SELECT position, at, coalesce(octet_length(request_body), 0) + coalesce(octet_length(response_body), 0)
        + coalesce(octet_length(changes), 0) AS bytes
      FROM calls ORDER BY position LIMIT ?`,
  );
  const remove = db.prepare<[number]>('DELETE FROM calls WHERE position <= ?');
  const totals = db.prepare<[number], Totals>(
    `SELECT coalesce(sum(k.outcome = 'failed'), 0) AS failed, coalesce(sum(k.outcome = 'odd'), 0) AS odd,
        coalesce(sum(k.practice), 0) AS practice
      FROM calls c JOIN call_kinds k ON k.id = c.kind WHERE c.position <= ?`,
  );
  let rule: CallRetention = readSetting(db, settingKey, schema) ?? { calls: keep, days: null, bytes: null };
  /** Texts up to this change are forgotten. */
  let forgotten = readSetting(db, forgottenKey, z.int()) ?? 0;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  later(checkEveryMs);

  function later(ms: number): void {
    if (!stopped) timer = setTimeout(check, ms).unref();
  }

  /** Calls that are too many, by their number or by the size of the database. */
  function excess(): number {
    const tooMany = readings.stored - rule.calls;
    if (rule.bytes === null || tooMany >= step || usedBytes() <= rule.bytes) return tooMany;
    return Math.max(tooMany, Math.min(step, readings.stored - leastKept));
  }

  function usedBytes(): number {
    const pragma = (name: string) => Number(db.pragma(name, { simple: true }));
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }

  /** The position up to which calls are to be deleted in one step; null: none is. */
  function upTo(tooMany: number, tooOld: number): number | null {
    let position: number | null = null;
    let bytes = 0;
    let count = 0;
    for (const call of oldest.iterate(Math.min(step, readings.stored - 1))) {
      bytes += call.bytes;
      if (count > 0 && bytes > stepBytes) break;
      if (count >= tooMany && call.at >= tooOld) break;
      count += 1;
      position = call.position;
    }
    return position;
  }

  function check(): void {
    timer = null;
    const tooMany = excess();
    const due = tooMany > 0 || rule.days !== null;
    const last = due ? upTo(tooMany, rule.days === null ? 0 : clock.now() - rule.days * dayMs) : null;
    if (last === null) later(checkEveryMs);
    else deleteUpTo(last);
  }

  function deleteUpTo(last: number): void {
    let removed = 0;
    let until = forgotten;
    let gone: Totals | undefined;
    writer.append(
      () => {
        gone = tallies.wanted ? totals.get(last) : undefined;
        removed = remove.run(last).changes;
        until = forgetReplacedTexts(db, forgotten, (oldest.all(1)[0]?.at ?? 0) - longestCallMs, step);
        if (until !== forgotten) writeSetting(db, forgottenKey, until);
      },
      () => {
        forgotten = until;
        readings.stored -= removed;
        if (gone !== undefined) tallies.removed(last, gone);
        later(pauseMs);
      },
    );
  }

  return {
    read: () => ({ ...rule }),
    async set({ calls, days, bytes }) {
      const next = { calls, days, bytes };
      await writer.submit(() => writeSetting(db, settingKey, next), unwrapped);
      rule = next;
      // Without a timer a step is under way, which goes on by the new rule.
      if (timer === null) return;
      clearTimeout(timer);
      later(0);
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
