import type Database from 'better-sqlite3';
import type { Held, HeldRecords, ResourceType } from '../contract/index.ts';
import { documentOf } from '../scim/index.ts';
import { leavesOf } from './fields.ts';
import { tableOf } from './rows.ts';
import { prepared } from './statements.ts';

const pageRows = 500;
/** Distinct paths told; strangers may send any number. */
const mostPaths = 1_000;
/** Parts of every record that are ours. */
const ours = /^(schemas|id|meta)\b/;

/** Which attributes of how many records are held, in one walk over everything, what was deleted included. For the query worker. */
export function* held(db: Database.Database, _: null): Generator<void, Held> {
  const counts = new Map<string, { resourceType: ResourceType; path: string; records: number }>();
  const users = yield* walk(db, 'User', counts);
  const groups = yield* walk(db, 'Group', counts);
  return { users, groups, attributes: [...counts.values()].toSorted((a, b) => b.records - a.records) };
}

function* walk(
  db: Database.Database,
  resourceType: ResourceType,
  counts: Map<string, { resourceType: ResourceType; path: string; records: number }>,
): Generator<void, HeldRecords> {
  const found: HeldRecords = { records: 0, deleted: 0, practice: 0 };
  const select = prepared(
    db,
    `SELECT row, state, changed_by, json, ${resourceType === 'Group' ? 'members' : '0 AS members'}
      FROM ${tableOf[resourceType]} WHERE row > ? ORDER BY row LIMIT ${pageRows}`,
  );
  let after = 0;
  for (;;) {
    const rows = select.all(after) as {
      row: number;
      state: string;
      changed_by: string;
      json: string;
      members: number;
    }[];
    const last = rows.at(-1);
    if (last === undefined) return found;
    after = last.row;
    for (const { state, changed_by, json, members } of rows) {
      if (changed_by === 'practice') {
        found.practice += 1;
        continue;
      }
      found.records += 1;
      if (state === 'deleted') found.deleted += 1;
      const paths = new Set([...leavesOf(documentOf(json)).keys()].map((path) => path.replaceAll(/\[\d+\]/g, '')));
      // The members of a group are not in its document.
      if (members > 0) paths.add('members');
      for (const path of paths) {
        if (ours.test(path)) continue;
        const key = `${resourceType} ${path}`;
        const count = counts.get(key);
        if (count !== undefined) count.records += 1;
        else if (counts.size < mostPaths) counts.set(key, { resourceType, path, records: 1 });
      }
    }
    yield;
  }
}
