import type Database from 'better-sqlite3';
import { codeOf, positionsBetween } from '../../calls/index.ts';
import type { AzureSilent } from '../../contract/index.ts';
import { idReachMs } from './score.ts';

/** Calls looked at between two turns. */
const step = 10_000;

/** A stretch of time on our clock, in which an import's entries lie. */
export interface SilentSpan {
  id: number;
  from: number;
  to: number;
}

/** What a call is of which no entry tells: that alone says why not, mostly. */
const why = `CASE WHEN k.practice THEN 'practice' WHEN k.status = 401 THEN 'refused' WHEN k.probe THEN 'probe'
  WHEN k.via = 'local' THEN 'local' WHEN k.method = 'GET' AND k.status < 400 THEN 'read' ELSE 'other' END`;

const silent = `FROM calls c JOIN call_kinds k ON k.id = c.kind
  WHERE c.position BETWEEN ? AND ? AND c.at BETWEEN ? AND ?
    AND NOT EXISTS (SELECT 1 FROM azure_matches m WHERE m.import = ? AND m.call_seq = c.seq)`;

/** Calls in the log's time that no entry tells of, counted by what they are. */
export function* silentKinds(db: Database.Database, { id, from, to }: SilentSpan): Generator<void, AzureSilent[]> {
  const read = db.prepare<number[], { why: AzureSilent['why']; calls: number; seq: number; position: number }>(
    `SELECT ${why} AS why, count(*) AS calls, c.seq AS seq, max(c.position) AS position ${silent} GROUP BY why`,
  );
  const found = new Map<AzureSilent['why'], AzureSilent>();
  for (const [first, last] of positionsBetween(db, from - idReachMs, to + idReachMs, step)) {
    for (const { why, calls, seq } of read.all(first, last, from, to, id)) {
      found.set(why, { why, calls: calls + (found.get(why)?.calls ?? 0), code: codeOf(seq) });
    }
    yield;
  }
  return [...found.values()].sort((a, b) => b.calls - a.calls);
}

export interface SilentQuestion extends SilentSpan {
  /** Null: any. */
  why: AzureSilent['why'] | null;
  /** Only positions smaller than this; null: from the newest. */
  before: number | null;
  limit: number;
}

/** The positions of such calls, newest first, and where to go on; null at the end. */
export function* silentCalls(
  db: Database.Database,
  { id, from, to, why: wanted, before, limit }: SilentQuestion,
): Generator<void, { positions: number[]; next: number | null }> {
  const read = db
    .prepare<(number | string | null)[], number>(
      `SELECT c.position ${silent} AND (? IS NULL OR ${why} = ?) ORDER BY c.position DESC LIMIT ?`,
    )
    .pluck();
  const positions: number[] = [];
  const stretches = [...positionsBetween(db, from - idReachMs, to + idReachMs, step)].reverse();
  for (const [first, last] of stretches) {
    const end = before === null ? last : Math.min(last, before - 1);
    if (end < first) continue;
    positions.push(...read.all(first, end, from, to, id, wanted, wanted, limit - positions.length));
    if (positions.length === limit) return { positions, next: positions.at(-1) ?? null };
    yield;
  }
  return { positions, next: null };
}
