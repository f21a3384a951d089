import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { tableOf } from './rows.ts';
import { prepared } from './statements.ts';

/** Where a change stands in the history: its own position, and that of the change before it of the same record. */
export interface ChainLink {
  position: number;
  /** Null for the record's first. */
  previous: number | null;
}

/** The position that the next change takes. Whoever takes it writes it as `last_change` of the record. */
export function nextPosition(db: Database.Database): number {
  return Number(prepared(db, 'SELECT ifnull(max(position), 0) + 1 FROM changes').pluck().get());
}

/** Takes the next position for a change of a record, and writes it as its `last_change`. Runs inside the writer's transaction. */
export function linkChange(db: Database.Database, type: ResourceType, row: number): ChainLink {
  const last = prepared(db, `SELECT last_change FROM ${tableOf[type]} WHERE row = ?`).pluck().get(row);
  const position = nextPosition(db);
  prepared(db, `UPDATE ${tableOf[type]} SET last_change = ? WHERE row = ?`).run(position, row);
  return { position, previous: typeof last === 'number' ? last : null };
}

/**
 * A WITH clause that names `chain`: a record's changes, newest first, in the order in which they are read, so that a LIMIT ends
 * the walk and ORDER BY is not needed. Other columns of `changes` come by CROSS JOIN on `position`. `head`: an SQL expression,
 * the position of the newest; `onlyWhile`: looks no further than the first `chain` for which it does not hold.
 */
export function chainFrom(head: string, onlyWhile = 'true'): string {
  const columns = (table: string) =>
    ['position', 'previous', 'at', 'kind', 'actor', 'call_code', 'replaced_by']
      .map((name) => `${table}.${name}`)
      .join(', ');
  return `WITH RECURSIVE chain AS (
    SELECT ${columns('newest')} FROM changes newest WHERE newest.position = ${head}
    UNION ALL
    SELECT ${columns('older')} FROM chain CROSS JOIN changes older ON older.position = chain.previous WHERE ${onlyWhile})`;
}

/** `chainFrom` of the record whose row is `row`, an SQL expression. */
export function chainOf(type: ResourceType, row = '?', onlyWhile?: string): string {
  return chainFrom(`(SELECT last_change FROM ${tableOf[type]} WHERE row = ${row})`, onlyWhile);
}
