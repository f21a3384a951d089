import type Database from 'better-sqlite3';
import type { PracticeRecords, ResourceType } from '../contract/index.ts';
import { chainOf } from './change-chain.ts';
import type { PurgeTarget } from './purge.ts';
import { tableOf } from './rows.ts';
import { prepared } from './statements.ts';

/** Rows looked at in one step of a scan. */
const stepRows = 2_000;

/** A part of the records that practice made; `next`: the row to go on after, null at the end. */
export interface PracticePage {
  targets: PurgeTarget[];
  next: number | null;
}

/** Holds of `r`, a row of the type's table, that no call of Azure's changed, and that is not hidden as a tenant admin. */
function notAzures(type: ResourceType): string {
  return `NOT EXISTS (${chainOf(type, 'r.row')} SELECT 1 FROM chain WHERE actor = 'azure')
    ${type === 'User' ? 'AND r.row NOT IN (SELECT row FROM hidden_users)' : ''}`;
}

/** Those of a range of rows that practice made and that are `notAzures`. */
function madeByPractice(type: ResourceType): string {
  return `FROM ${tableOf[type]} r WHERE row > ? AND row <= ?
    AND EXISTS (SELECT 1 FROM changes c WHERE c.record_row = r.row AND c.resource_type = '${type}' AND c.kind = 'created'
      AND c.actor = 'practice')
    AND ${notAzures(type)}`;
}

function lastRow(db: Database.Database, type: ResourceType): number {
  return Number(prepared(db, `SELECT coalesce(max(row), 0) FROM ${tableOf[type]}`).pluck().get());
}

/** Whether a record that practice made still is no other's, for those who found it a while ago. One look-up. */
export function isStillPractice(db: Database.Database, type: ResourceType, row: number): boolean {
  return prepared(db, `SELECT 1 FROM ${tableOf[type]} r WHERE row = ? AND ${notAzures(type)}`).get(row) !== undefined;
}

/**
 * Records of a type that practice made and no call of Azure's changed, whatever their state, after the row `after`: until there are
 * `limit` of them. The calls that made them may be gone, the history is not. Users hidden as tenant admins are left out: they come
 * back with the list. For the query worker.
 */
export function* practicePage(
  db: Database.Database,
  { type, after, limit }: { type: ResourceType; after: number; limit: number },
): Generator<void, PracticePage> {
  const last = lastRow(db, type);
  const ids = prepared(db, `SELECT id ${madeByPractice(type)} ORDER BY row`).pluck();
  const targets: PurgeTarget[] = [];
  for (let start = after; start < last; start += stepRows) {
    for (const id of ids.all(start, start + stepRows) as string[]) targets.push({ type, id });
    if (targets.length >= limit) return { targets, next: start + stepRows };
    yield;
  }
  return { targets, next: null };
}

/** How many records practice made and no call of Azure's changed. For the query worker. */
export function* practiceCounts(db: Database.Database, _: null): Generator<void, PracticeRecords> {
  const count = function* (type: ResourceType): Generator<void, number> {
    const last = lastRow(db, type);
    const part = prepared(db, `SELECT count(*) ${madeByPractice(type)}`).pluck();
    let found = 0;
    for (let start = 0; start < last; start += stepRows) {
      found += Number(part.get(start, start + stepRows));
      yield;
    }
    return found;
  };
  return { users: yield* count('User'), groups: yield* count('Group') };
}
