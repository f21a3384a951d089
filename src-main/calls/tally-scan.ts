import type Database from 'better-sqlite3';
import type { CallOutcome, ChangeKind } from '../contract/index.ts';
import { positionSince } from './positions.ts';
import { countInto, emptyTally, type TallyState, tallyMs } from './tally.ts';

/** Positions counted between two turns. */
const step = 5_000;

interface CountedRow {
  outcome: CallOutcome;
  practice: 0 | 1;
  change_kind: ChangeKind | null;
  why: string | null;
  calls: number;
  since: number;
  at: number;
  position: number;
}

/** Counts the kept calls up to a position, once: those that come later are added one by one. For the query worker. */
export function* storedTally(
  db: Database.Database,
  { upTo, now }: { upTo: number; now: number },
): Generator<void, TallyState> {
  const first = db.prepare<[], number | null>('SELECT min(position) FROM calls').pluck().get() ?? upTo + 1;
  const state = emptyTally(first);
  const recent = positionSince(db, now - tallyMs);
  const counted = (by: string) =>
    db.prepare<[number, number], CountedRow>(
      `SELECT k.outcome, k.practice, k.change_kind, k.why, count(*) AS calls, min(c.at) AS since, max(c.at) AS at,
        max(c.position) AS position FROM calls c JOIN call_kinds k ON k.id = c.kind
        WHERE c.position BETWEEN ? AND ? GROUP BY ${by}`,
    );
  // What is old counts in the whole only: its minutes are not told apart.
  const old = counted('c.kind');
  const byMinute = counted('c.at / 60000, c.kind');
  for (let from = first; from <= upTo; ) {
    const isOld = from < recent;
    const to = Math.min(from + step - 1, upTo, isOld ? recent - 1 : upTo);
    for (const row of (isOld ? old : byMinute).all(from, to)) {
      const { outcome, change_kind: changeKind, calls, since, at, position } = row;
      const why = row.why === null ? [] : row.why.split(' ');
      countInto(state, { outcome, practice: row.practice === 1, changeKind, why, calls, since, at, position }, now);
    }
    from = to + 1;
    yield;
  }
  return state;
}
