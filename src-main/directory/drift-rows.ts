import type Database from 'better-sqlite3';
import type { JsonObject, ResourceType } from '../contract/index.ts';
import { prepared } from './statements.ts';

/** What a row of `drift` keeps of a record. */
export interface Drifted {
  /** When the first act by hand was since both agreed, milliseconds since 1970. */
  since: number;
  /** The document as last sent; null where only the DELETE that followed it was kept. */
  sent: JsonObject | null;
  /** The other side's last word was a DELETE. */
  deleted: boolean;
}

export function readDrifted(db: Database.Database, type: ResourceType, row: number): Drifted | null {
  const kept = prepared(db, 'SELECT since, sent FROM drift WHERE resource_type = ? AND record_row = ?').get(
    type,
    row,
  ) as { since: number; sent: string | null } | undefined;
  return kept === undefined ? null : { since: kept.since, ...readSent(kept.sent) };
}

/** What the column `sent` holds: the document, in a list of one where a DELETE followed it. */
export function sentText({ sent, deleted }: Pick<Drifted, 'sent' | 'deleted'>): string | null {
  return sent === null ? null : JSON.stringify(deleted ? [sent] : sent);
}

export function readSent(text: string | null): Pick<Drifted, 'sent' | 'deleted'> {
  if (text === null) return { sent: null, deleted: true };
  const read: JsonObject | [JsonObject] = JSON.parse(text);
  return Array.isArray(read) ? { sent: read[0], deleted: true } : { sent: read, deleted: false };
}
