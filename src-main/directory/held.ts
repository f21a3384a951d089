import type Database from 'better-sqlite3';
import type { Held, HeldAttribute, HeldRecords, ResourceType } from '../contract/index.ts';
import { documentOf } from '../scim/index.ts';
import { leavesOf } from './fields.ts';
import { recordPages } from './record-pages.ts';

/** Distinct paths told; strangers may send any number. */
const mostPaths = 1_000;
/** Parts of every record that are ours. */
const ours = /^(schemas|id|meta)\b/;

/** Which attributes of how many records are held, in one walk over everything, what was deleted included. For the query worker. */
export function* held(db: Database.Database, _: null): Generator<void, Held> {
  const counts = new Map<string, HeldAttribute>();
  const users = yield* walk(db, 'User', counts);
  const groups = yield* walk(db, 'Group', counts);
  return { users, groups, attributes: [...counts.values()].toSorted((a, b) => b.records - a.records) };
}

function* walk(
  db: Database.Database,
  resourceType: ResourceType,
  counts: Map<string, HeldAttribute>,
): Generator<void, HeldRecords> {
  const found: HeldRecords = { records: 0, deleted: 0, practice: 0 };
  for (const page of recordPages(db, resourceType, true)) {
    for (const { state, changed_by, json, members } of page) {
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
  return found;
}
