import type Database from 'better-sqlite3';
import type { Actor, AttributeChange, HistoryEntry, MemberRef, RecordChange, ResourceType } from '../contract/index.ts';
import { prepared } from './statements.ts';

/** A record's text that a change replaced: captured answers that showed it are made again from it. */
export interface ReplacedText {
  json: string;
  /** The revision that the change made. */
  by: number;
}

/** Writes one change into the record's history, which outlives the captured call. */
export function recordChange(
  db: Database.Database,
  row: number,
  change: RecordChange,
  actor: Actor,
  at: number,
  replaced: ReplacedText | null = null,
): void {
  prepared(
    db,
    `INSERT INTO changes (resource_type, record_row, at, kind, actor, call_seq, call_code, attributes, members_added,
      members_removed, replaced_by, json_before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    change.resourceType,
    row,
    at,
    change.kind,
    actor.kind,
    actor.call?.seq ?? null,
    actor.call?.code ?? null,
    listText(change.attributes),
    listText(change.membersAdded),
    listText(change.membersRemoved),
    replaced?.by ?? null,
    replaced?.json ?? null,
  );
}

function listText(list: readonly object[]): string {
  return list.length === 0 ? '[]' : JSON.stringify(list);
}

interface ChangeRow {
  at: number;
  kind: HistoryEntry['kind'];
  actor: Actor['kind'];
  call_code: string | null;
  attributes: string;
  members_added: string;
  members_removed: string;
}

/** A record's history, newest first, at most `limit` entries. */
export function readHistory(db: Database.Database, type: ResourceType, row: number, limit: number): HistoryEntry[] {
  const rows = prepared(
    db,
    `SELECT at, kind, actor, call_code, attributes, members_added, members_removed FROM changes
      WHERE record_row = ? AND resource_type = ? ORDER BY position DESC LIMIT ?`,
  ).all(row, type, limit) as ChangeRow[];
  return rows.map((entry) => ({
    at: entry.at,
    kind: entry.kind,
    by: entry.actor,
    callCode: entry.call_code,
    attributes: JSON.parse(entry.attributes) as AttributeChange[],
    membersAdded: JSON.parse(entry.members_added) as MemberRef[],
    membersRemoved: JSON.parse(entry.members_removed) as MemberRef[],
  }));
}
