import type Database from 'better-sqlite3';
import type { DirectoryCounts, ResourceType } from '../contract/index.ts';
import { prepared } from './statements.ts';

/** The stored counts, kept in the transaction of each change, so that a total costs the same at any size. */
export function readCounts(db: Database.Database): DirectoryCounts {
  const counts: DirectoryCounts = { users: 0, archived: 0, groups: 0, memberships: 0, deleted: 0 };
  for (const row of prepared(db, 'SELECT name, value FROM counters').all() as { name: string; value: number }[]) {
    if (isCount(row.name)) counts[row.name] = row.value;
  }
  return counts;
}

/** How many records of a type SCIM sees. */
export function countVisible(db: Database.Database, type: ResourceType): number {
  const name = type === 'User' ? 'users' : 'groups';
  return Number(prepared(db, 'SELECT value FROM counters WHERE name = ?').pluck().get(name));
}

/** Adds to the counts; call it inside the transaction of the change. */
export function addToCounts(db: Database.Database, delta: Partial<DirectoryCounts>): void {
  const add = prepared(db, 'UPDATE counters SET value = value + ? WHERE name = ?');
  for (const [name, by] of Object.entries(delta)) if (by !== 0) add.run(by, name);
}

function isCount(name: string): name is keyof DirectoryCounts {
  return name === 'users' || name === 'archived' || name === 'groups' || name === 'memberships' || name === 'deleted';
}
