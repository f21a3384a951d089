import type Database from 'better-sqlite3';

/** A call is stored when it is answered: this long after it came at most, milliseconds. */
export const longestCallMs = 120_000;

/**
 * A position before which no call came since `at` (milliseconds since 1970). Calls are stored nearly in the order they come, so
 * a binary search over the positions does what an index over the times would.
 */
export function positionSince(db: Database.Database, at: number): number {
  const range = db.prepare<[], { first: number | null; last: number | null }>(
    'SELECT (SELECT min(position) FROM calls) AS first, (SELECT max(position) FROM calls) AS last',
  );
  const timeFrom = db
    .prepare<[number], number>('SELECT at FROM calls WHERE position >= ? ORDER BY position LIMIT 1')
    .pluck();
  const { first, last } = range.get() ?? { first: null, last: null };
  let low = first ?? 0;
  let high = (last ?? -1) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((timeFrom.get(middle) ?? Number.POSITIVE_INFINITY) < at - longestCallMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
