import type Database from 'better-sqlite3';
import type { DataAccess } from '../contract/index.ts';

const most = 100;

/** Where the kept calls came from, practice aside, in one walk. For the query worker. */
export function callSources(db: Database.Database, _: null): DataAccess['sources'] {
  const addresses = db
    .prepare<[], DataAccess['sources']['addresses'][number]>(
      `SELECT source AS address, via, count(*) AS calls, sum(status = 401) AS refused, max(at) AS lastAt
        FROM feed WHERE practice = 0 GROUP BY source, via ORDER BY calls DESC`,
    )
    .all();
  const since = db.prepare<[], number>('SELECT at FROM calls ORDER BY position LIMIT 1').pluck().get() ?? null;
  return { addresses: addresses.slice(0, most), all: addresses.length, since };
}
