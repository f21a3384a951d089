import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { chainOf } from './change-chain.ts';
import { prepared } from './statements.ts';

/** What is left of a purged record. */
export interface Tombstone {
  /** Milliseconds since 1970. */
  purgedAt: number;
  /** Azure was told the id and goes on using it. */
  known: boolean;
}

export function readTombstone(db: Database.Database, type: ResourceType, id: string): Tombstone | null {
  const row = prepared(db, 'SELECT purged_at, known FROM tombstones WHERE id = ? AND resource_type = ?').get(
    id,
    type,
  ) as { purged_at: number; known: 0 | 1 } | undefined;
  return row === undefined ? null : { purgedAt: row.purged_at, known: row.known === 1 };
}

/** Remembers the id of a purged record. `known`: see `knownByAzure`, asked before its history is gone. */
export function leaveTombstone(db: Database.Database, type: ResourceType, id: string, stone: Tombstone): void {
  prepared(db, 'INSERT INTO tombstones (id, resource_type, purged_at, known) VALUES (?, ?, ?, ?)').run(
    id,
    type,
    stone.purgedAt,
    stone.known ? 1 : 0,
  );
}

/** Purged records whose ids Azure still knows. For the query worker. */
export function purgedKnown(db: Database.Database, _: null): number {
  return Number(prepared(db, 'SELECT count(*) FROM tombstones WHERE known = 1').pluck().get());
}

/**
 * Whether Azure keeps the id of a record: one of its own calls created or changed it, so that an answer told it the id, and
 * none deleted it (after its own DELETE Azure forgets the id). Practice tells Azure nothing.
 */
export function knownByAzure(db: Database.Database, type: ResourceType, row: number): boolean {
  const last = prepared(db, `${chainOf(type)} SELECT kind FROM chain WHERE actor = 'azure' LIMIT 1`)
    .pluck()
    .get(row);
  return last !== undefined && last !== 'deleted';
}

/** Why there is no such record: a sentence for the admin, who reads it in Azure's provisioning log. */
export function absence(db: Database.Database, type: ResourceType, id: string): string {
  const noun = type.toLowerCase();
  const stone = readTombstone(db, type, id);
  if (stone === null) {
    return `There is no ${noun} with the id ${JSON.stringify(id.length > 200 ? `${id.slice(0, 200)}…` : id)}.`;
  }
  const when = `${new Date(stone.purgedAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const purged = `This ${noun} was purged here on ${when}.`;
  return stone.known
    ? `${purged} Azure still knows its id and will go on asking for it, until the provisioning job is restarted with a full reset (Microsoft Graph) or a new enterprise application takes its place.`
    : `${purged} Its id is never given again.`;
}
