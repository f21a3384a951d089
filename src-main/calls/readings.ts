import type Database from 'better-sqlite3';
import type { CallSummary, SignalTick } from '../contract/index.ts';
import { positionSince } from './positions.ts';
import { type FeedRow, toUnspoken, type Unspoken } from './rows.ts';

/** Ticks given at most: the signal line has no room for more, and a burst must not make the status heavy. */
const maxTicks = 300;
const durationsKept = 1_000;
const minute = 60_000;
const hour = 60 * minute;

/** What the signal line reads, kept in memory so that a status costs no query. */
export interface Readings {
  /** Position of the newest published call; 0 before the first. */
  lastPosition: number;
  lastCall: CallSummary | null;
  /** Calls stored. */
  stored: number;
  add(call: CallSummary): void;
  /** Calls of the last 60 s, oldest first: the newest 300. */
  ticks(now: number): SignalTick[];
  failedLastHour(now: number): number;
  /** The `share` quantile (0.5: the median) of the answer times of the newest `calls` (at most 1,000), milliseconds; null without calls. */
  answerTime(share: number, calls: number): number | null;
}

/** Reads the stored calls once; from then on `add` keeps the readings true. */
export function createReadings(db: Database.Database, now: number, spoken: (row: Unspoken) => CallSummary): Readings {
  const last = db.prepare<[], FeedRow>(`SELECT * FROM feed ORDER BY position DESC LIMIT 1`).get();
  const newest = last === undefined ? null : spoken(toUnspoken(last));
  const stored = db.prepare<[], number>('SELECT count(*) FROM calls').pluck().get() ?? 0;

  const durations = new Float64Array(durationsKept);
  let measured = 0;
  const earlier = db
    .prepare<[number], number>('SELECT duration_us / 1000.0 FROM calls ORDER BY position DESC LIMIT ?')
    .pluck();
  for (const duration of earlier.all(durationsKept).reverse()) durations[measured++ % durationsKept] = duration;

  const failures = new Map<number, number>();
  const failedRows = db.prepare<[number], { minute: number; failed: number }>(
    'SELECT at / 60000 AS minute, count(*) AS failed FROM calls WHERE failed AND at >= ? GROUP BY 1',
  );
  for (const row of failedRows.all(now - hour)) failures.set(row.minute, row.failed);

  let recent: TickSource[] = [];
  const earliest = db.prepare<[number, number, number], FeedRow>(
    `SELECT * FROM feed WHERE position >= ? AND at >= ? ORDER BY position DESC LIMIT ?`,
  );
  for (const row of earliest.all(positionSince(db, now - minute), now - minute, maxTicks).reverse())
    recent.push(toUnspoken(row).summary);

  return {
    lastPosition: newest?.position ?? 0,
    lastCall: newest,
    stored,
    add(call) {
      this.lastPosition = call.position;
      this.lastCall = call;
      this.stored += 1;
      durations[measured++ % durationsKept] = call.durationMs;
      recent.push(call);
      if (recent.length >= 2 * maxTicks) recent = recent.slice(-maxTicks);
      if (call.outcome === 'failed') {
        const bucket = Math.floor(call.at / minute);
        failures.set(bucket, (failures.get(bucket) ?? 0) + 1);
      }
    },
    ticks(at) {
      recent = recent.filter((call) => call.at >= at - minute).slice(-maxTicks);
      return recent.map(tickOf);
    },
    failedLastHour(at) {
      let sum = 0;
      for (const [bucket, failed] of failures) {
        if (bucket * minute < at - hour) failures.delete(bucket);
        else sum += failed;
      }
      return sum;
    },
    answerTime(share, calls) {
      const wanted = Math.min(calls, measured, durationsKept);
      if (wanted === 0) return null;
      const newestFirst = new Float64Array(wanted);
      for (let i = 0; i < wanted; i++) newestFirst[i] = durations[(measured - 1 - i) % durationsKept] ?? 0;
      newestFirst.sort();
      return newestFirst[Math.min(wanted - 1, Math.floor(share * wanted))] ?? null;
    },
  };
}

type TickSource = Omit<CallSummary, 'sentence'>;

function tickOf(call: TickSource): SignalTick {
  return {
    at: call.at,
    durationMs: call.durationMs,
    failed: call.outcome === 'failed',
    practice: call.practice,
    via: call.via,
    stage: call.stage,
  };
}
