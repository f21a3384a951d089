import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import type { RenderedRecord } from '../scim/index.ts';
import { chainFrom, chainOf } from './change-chain.ts';
import { type RecordRow, selectRecords } from './rows.ts';
import { bound, prepared } from './statements.ts';

/** A record as it stood at a revision; null when it, or that state of it, is no longer kept. */
export function recordAt(
  db: Database.Database,
  type: ResourceType,
  shown: { row: number; revision: number; modifiedAt: number },
): RenderedRecord | null {
  const current = prepared(db, `${selectRecords(type)} WHERE row = ?`).get(shown.row) as RecordRow | undefined;
  // The key of a purged record may have gone to a later one.
  if (current === undefined || current.created_at > shown.modifiedAt) return null;
  // Changes of membership alone leave the text as it was, so the first change after the revision that replaced it holds it.
  const replaced =
    current.revision === shown.revision
      ? undefined
      : prepared(
          db,
          `${chainOf(type, '@row', 'ifnull(chain.replaced_by > @revision, true)')}
            SELECT json_before FROM changes
            WHERE position = (SELECT min(position) FROM chain WHERE replaced_by > @revision)`,
        )
          .pluck()
          .get({ row: shown.row, revision: shown.revision });
  if (replaced === null) return null;
  return {
    resourceType: type,
    id: current.id,
    json: typeof replaced === 'string' ? replaced : current.json,
    revision: shown.revision,
    createdAt: current.created_at,
    modifiedAt: shown.modifiedAt,
  };
}

/**
 * Forgets the replaced texts of changes after `position` up to the first that is not older than `before` (milliseconds since
 * 1970), at most `limit` changes: no captured answer shows them any more. A user's first text stays, for its history is told
 * from that (`attributesOf`). Gives the position to go on from. Runs inside the writer's transaction.
 */
export function forgetReplacedTexts(db: Database.Database, position: number, before: number, limit: number): number {
  const after = prepared(db, `SELECT position, at FROM changes WHERE position > ? ORDER BY position LIMIT ${bound}`);
  let last = position;
  // This is asked again and again, and there may be a million after the first that is to stay.
  for (const change of after.iterate(position, limit) as IterableIterator<{ position: number; at: number }>) {
    if (change.at >= before) break;
    last = change.position;
  }
  if (last === position) return position;
  prepared(
    db,
    `UPDATE changes SET json_before = NULL WHERE position > ? AND position <= ? AND json_before IS NOT NULL
      AND (resource_type = 'Group'
        OR EXISTS (${chainFrom('changes.previous')} SELECT 1 FROM chain WHERE replaced_by IS NOT NULL))`,
  ).run(position, last);
  return last;
}
