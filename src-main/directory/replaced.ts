import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { tableOf } from './rows.ts';

/**
 * What Azure remembers when the whole directory is replaced: by a back-up, or by an empty one. The directory that was is
 * attached as `live`.
 */

const types: readonly ResourceType[] = ['User', 'Group'];

/**
 * Whether Azure keeps the id of `r`, a row of `schema`'s table: as `knownByAzure`, which tells why. Looks through all changes
 * once, for it is asked of whole directories, also in files of older versions.
 */
function isKnown(type: ResourceType, schema: 'main' | 'live' | 'other'): string {
  return `r.row IN (SELECT record_row FROM (SELECT record_row, kind, max(position) FROM ${schema}.changes
    WHERE resource_type = '${type}' AND actor = 'azure' GROUP BY record_row) WHERE kind <> 'deleted')`;
}

const isHere = (type: ResourceType) => `EXISTS (SELECT 1 FROM main.${tableOf[type]} h WHERE h.id = r.id)`;

/**
 * Leaves a tombstone, in the directory that takes its place, for each record of `live` that is not in it, and keeps those
 * there were. `at` is when they went, milliseconds since 1970. Runs inside the caller's transaction.
 */
export function rememberReplaced(db: Database.Database, at: number): void {
  for (const type of types) {
    db.prepare(
      `INSERT OR REPLACE INTO main.tombstones (id, resource_type, purged_at, known)
        SELECT r.id, '${type}', ?, ${isKnown(type, 'live')} FROM live.${tableOf[type]} r WHERE NOT ${isHere(type)}`,
    ).run(at);
    db.prepare(
      `INSERT OR IGNORE INTO main.tombstones (id, resource_type, purged_at, known)
        SELECT r.id, r.resource_type, r.purged_at, r.known FROM live.tombstones r WHERE r.resource_type = '${type}'`,
    ).run();
    // What was purged since the back-up is here again.
    db.prepare(`DELETE FROM main.tombstones AS r WHERE r.resource_type = '${type}' AND ${isHere(type)}`).run();
  }
}

/** Records whose ids Azure uses, in this directory or in that of another `file`. For the query worker. */
export function knownCount(db: Database.Database, { file }: { file: string | null }): number {
  const count = (schema: 'main' | 'other') =>
    sumOf((type) => `SELECT count(*) FROM ${schema}.${tableOf[type]} r WHERE ${isKnown(type, schema)}`, db);
  return file === null ? count('main') : attached(db, file, () => count('other'));
}

/** Records of this directory whose ids Azure uses and which a back-up, `file`, does not hold. For the query worker. */
export function knownHereOnly(db: Database.Database, { file }: { file: string }): number {
  return attached(db, file, () =>
    sumOf(
      (type) => `SELECT count(*) FROM main.${tableOf[type]} r WHERE ${isKnown(type, 'main')}
        AND NOT EXISTS (SELECT 1 FROM other.${tableOf[type]} o WHERE o.id = r.id)`,
      db,
    ),
  );
}

function sumOf(countOf: (type: ResourceType) => string, db: Database.Database): number {
  return types.reduce((sum, type) => sum + Number(db.prepare(countOf(type)).pluck().get()), 0);
}

function attached<T>(db: Database.Database, file: string, work: () => T): T {
  db.prepare('ATTACH ? AS other').run(file);
  try {
    return work();
  } finally {
    db.exec('DETACH other');
  }
}
