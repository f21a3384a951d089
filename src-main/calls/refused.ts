import type Database from 'better-sqlite3';
import { positionSince } from './positions.ts';

/** Failed calls that are looked at: a flood of them must not hold up a start. */
const mostRead = 2_000;

/** Calls that were refused for the same Authorization header. */
export interface RefusedCalls {
  /** As it is stored, without the token; null when none came. */
  authorization: string | null;
  via: 'public' | 'local';
  calls: number;
  /** When the newest came, milliseconds since 1970. */
  lastAt: number;
}

/**
 * Calls answered 401 since `since` (milliseconds since 1970), practice left out, those that came last at the end. Looks at the
 * newest failed calls alone, through their index.
 */
export function refusedCalls(db: Database.Database, since: number): RefusedCalls[] {
  const rows = db
    .prepare<[number, number, number], Omit<RefusedCalls, 'authorization'> & { headers: string }>(
      `SELECT k.via, coalesce(t.text, c.request_headers) AS headers, count(*) AS calls, max(c.at) AS lastAt
        FROM (SELECT position FROM calls WHERE failed AND position >= ? ORDER BY position DESC LIMIT ?) newest
        CROSS JOIN calls c USING (position) CROSS JOIN call_kinds k ON k.id = c.kind
        LEFT JOIN texts t ON t.id = c.request_headers_id
        WHERE k.status = 401 AND NOT k.practice AND c.at >= ? GROUP BY k.via, headers ORDER BY lastAt`,
    )
    .all(positionSince(db, since), mostRead, since);
  return rows.map(({ headers, ...rest }) => ({ authorization: authorizationOf(headers), ...rest }));
}

function authorizationOf(headers: string): string | null {
  const pairs = JSON.parse(headers) as [name: string, value: string][];
  return pairs.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? null;
}
