import type Database from 'better-sqlite3';
import { longestPauseMs } from './actions.ts';
import { longestCallMs } from './positions.ts';
import { type FeedRow, toUnspoken, type Unspoken } from './rows.ts';

/** Positions looked at between two turns. */
const step = 1_000;
/** Calls of one action that are told at most: a long one is a member list in many pieces. */
const most = 2_000;

/**
 * The kept calls of the action whose first call has this position, oldest first: the newest 2,000. No index tells them, since
 * it would cost every call that is stored; but they lie close together, and the walk ends where none can follow any more.
 */
export function* callsOfAction(db: Database.Database, { action }: { action: number }): Generator<void, Unspoken[]> {
  const read = db.prepare<[number, number, number, number], FeedRow>(
    `SELECT * FROM feed WHERE position >= ? AND position < ? AND (position = ? OR action = ?) ORDER BY position`,
  );
  const timeFrom = db
    .prepare<[number], number>('SELECT at FROM calls WHERE position >= ? ORDER BY position LIMIT 1')
    .pluck();
  let found: FeedRow[] = [];
  let newest = timeFrom.get(action) ?? 0;
  for (let from = action; ; from += step) {
    for (const row of read.all(from, from + step, action, action)) {
      found.push(row);
      newest = Math.max(newest, row.at);
    }
    if (found.length >= 2 * most) found = found.slice(-most);
    const next = timeFrom.get(from + step);
    if (next === undefined || next > newest + longestPauseMs + longestCallMs) break;
    yield;
  }
  return found.slice(-most).map(toUnspoken);
}
