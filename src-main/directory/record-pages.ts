import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { tableOf } from './rows.ts';
import { prepared } from './statements.ts';

const pageRows = 500;

/** What a walk over all records reads of each. */
export interface WalkedRecord {
  row: number;
  state: string;
  changed_by: string;
  json: string;
  /** How many members a group has: they are not in its document. */
  members: number;
}

/** All records of a type, page by page in the order of their rows; those that were deleted only with `deleted`. */
export function* recordPages(db: Database.Database, type: ResourceType, deleted: boolean): Generator<WalkedRecord[]> {
  const select = prepared(
    db,
    `SELECT row, state, changed_by, json, ${type === 'Group' ? 'members' : '0 AS members'}
      FROM ${tableOf[type]} WHERE row > ? ${deleted ? '' : "AND state <> 'deleted'"} ORDER BY row LIMIT ${pageRows}`,
  );
  let after = 0;
  for (;;) {
    const page = select.all(after) as WalkedRecord[];
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.row;
    yield page;
  }
}
