import type Database from 'better-sqlite3';
import type { DataAccess } from '../contract/index.ts';
import { readKinds } from './query/kind-facts.ts';

const most = 100;
/** Positions counted between two turns. */
const step = 20_000;

type Address = DataAccess['sources']['addresses'][number];

/** Where the kept calls came from, practice aside, in one walk. For the query worker. */
export function* callSources(db: Database.Database, _: null): Generator<void, DataAccess['sources']> {
  const range = db
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(position) FROM calls) AS first, (SELECT max(position) FROM calls) AS last',
    )
    .get();
  const count = db.prepare<[number, number], { kind: number; calls: number; lastAt: number }>(
    'SELECT kind, count(*) AS calls, max(at) AS lastAt FROM calls WHERE position BETWEEN ? AND ? GROUP BY kind',
  );
  const kinds = new Map(readKinds(db).map((kind) => [kind.id, kind]));
  const found = new Map<string, Address>();
  const last = range?.last ?? -1;
  for (let from = range?.first ?? 0; from <= last; from += step) {
    for (const { kind, calls, lastAt } of count.all(from, from + step - 1)) {
      const of = kinds.get(kind);
      if (of === undefined || of.practice === 1) continue;
      const key = `${of.via} ${of.source}`;
      const known = found.get(key) ?? { address: of.source, via: of.via, calls: 0, refused: 0, lastAt };
      known.calls += calls;
      if (of.status === 401) known.refused += calls;
      known.lastAt = Math.max(known.lastAt, lastAt);
      found.set(key, known);
    }
    yield;
  }
  const addresses = [...found.values()].sort((a, b) => b.calls - a.calls);
  const since = db.prepare<[], number>('SELECT at FROM calls ORDER BY position LIMIT 1').pluck().get() ?? null;
  return { addresses: addresses.slice(0, most), all: addresses.length, since };
}
