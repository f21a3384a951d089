import type Database from 'better-sqlite3';
import type {
  Actor,
  AttributeChange,
  HistoryEntry,
  HistoryPage,
  HistoryQuestion,
  MemberRef,
  RecordChange,
  ResourceType,
} from '../contract/index.ts';
import { diff, documentOf } from '../scim/index.ts';
import { type ChainLink, chainFrom, chainOf, linkChange, nextPosition } from './change-chain.ts';
import { managersNamed } from './managers.ts';
import { type MembershipChange, unnamed } from './member-edits.ts';
import { tableOf } from './rows.ts';
import { bound, prepared } from './statements.ts';
import { recordAt } from './versions.ts';

/** A record's text that a change replaced: captured answers that showed it are made again from it. */
export interface ReplacedText {
  json: string;
  /** The revision that the change made. */
  by: number;
}

/** Members in one row of `change_members`. */
const membersInRow = 1_000;

/**
 * Writes one change into the record's history, which outlives the captured call, and notes its `position` there. `members`:
 * what it did to a group's; those it does not name are kept too, in rows of bounded size. Of a user's DELETE these are the groups
 * that it left.
 */
export function recordChange(
  db: Database.Database,
  row: number,
  change: RecordChange,
  actor: Actor,
  at: number,
  members: MembershipChange | null = null,
): void {
  insertChange(db, row, linkChange(db, change.resourceType, row), change, actor, at, null, members);
}

/** The same where the record itself, with `link.position` as its `last_change`, is written by the caller. */
export function insertChange(
  db: Database.Database,
  row: number,
  link: ChainLink,
  change: RecordChange,
  actor: Actor,
  at: number,
  replaced: ReplacedText | null = null,
  members: MembershipChange | null = null,
): void {
  prepared(
    db,
    `INSERT INTO changes (position, resource_type, record_row, at, kind, actor, call_seq, call_code, attributes,
      members_added, members_removed, replaced_by, json_before, previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    link.position,
    change.resourceType,
    row,
    at,
    change.kind,
    actor.kind,
    actor.call?.seq ?? null,
    actor.call?.code ?? null,
    isCreation(change) ? asCreated : listText(change.attributes),
    listText(change.membersAdded),
    listText(change.membersRemoved),
    replaced?.by ?? null,
    replaced?.json ?? null,
    link.previous,
  );
  change.position = link.position;
  if (members === null) return;
  keepMembers(db, link.position, 1, unnamed(members.added));
  keepMembers(db, link.position, 0, unnamed(members.removed));
}

function keepMembers(db: Database.Database, change: number, joined: 0 | 1, rows: readonly number[]): void {
  if (rows.length === 0) return;
  const insert = prepared(db, 'INSERT INTO change_members (change, joined, members, user_rows) VALUES (?, ?, ?, ?)');
  for (let from = 0; from < rows.length; from += membersInRow) {
    const page = rows.slice(from, from + membersInRow);
    insert.run(change, joined, page.length, JSON.stringify(page));
  }
}

/**
 * Writes into the history of groups (`groupRows`: a JSON list of rows) that `member` left each of them. Gives the position of the
 * first entry: those of the others follow in order, and the caller writes them as `last_change` of the groups.
 */
export function recordRemovals(
  db: Database.Database,
  groupRows: string,
  member: MemberRef,
  actor: Actor,
  at: number,
): number {
  const first = nextPosition(db);
  prepared(
    db,
    `INSERT INTO changes (position, resource_type, record_row, at, kind, actor, call_seq, call_code, attributes, members_added,
      members_removed, previous) SELECT ? + key, 'Group', value, ?, 'updated', ?, ?, ?, '[]', '[]', ?,
      (SELECT last_change FROM groups WHERE row = value) FROM json_each(?)`,
  ).run(first, at, actor.kind, actor.call?.seq ?? null, actor.call?.code ?? null, JSON.stringify([member]), groupRows);
  return first;
}

/**
 * Stands for the attributes of a user's creation: they are those of its first text, which the store keeps anyway, as the user's own
 * until something replaces it and with that change from then on.
 */
const asCreated = '';

function isCreation({ resourceType, kind }: RecordChange): boolean {
  return resourceType === 'User' && kind === 'created';
}

/** The attributes of a history entry. */
export function attributesOf(
  db: Database.Database,
  type: ResourceType,
  row: number,
  { at, attributes }: { at: number; attributes: string },
): AttributeChange[] {
  if (attributes !== asCreated) return JSON.parse(attributes);
  const first = recordAt(db, type, { row, revision: 1, modifiedAt: at });
  return first === null ? [] : diff({}, documentOf(first.json));
}

function listText(list: readonly object[]): string {
  return list.length === 0 ? '[]' : JSON.stringify(list);
}

/**
 * A change as it stands in the history; null when it was purged: its position may have gone to another call's since. `call`: the
 * `seq` of the call that made it; `name`: the record's at the time.
 */
export function changeAt(db: Database.Database, position: number, call: number, name: string): RecordChange | null {
  const entry = prepared(
    db,
    `SELECT position, resource_type, record_row, at, kind, actor, call_code, attributes, members_added, members_removed
      FROM changes WHERE position = ? AND call_seq = ?`,
  ).get(position, call) as (ChangeRow & { resource_type: ResourceType; record_row: number }) | undefined;
  if (entry === undefined) return null;
  const type = entry.resource_type;
  const id = prepared(db, `SELECT id FROM ${tableOf[type]} WHERE row = ?`).pluck().get(entry.record_row);
  if (typeof id !== 'string') return null;
  return { resourceType: type, id, name, kind: entry.kind, ...listsOf(db, type, entry.record_row, entry), position };
}

/** The `seq` of the call that created the record with this id; null where no call did, or where that is no longer known. */
export function creatingCall(db: Database.Database, id: string): number | null {
  const found = prepared(
    db,
    `SELECT c.call_seq FROM (SELECT row, 'User' AS type FROM users WHERE id = ? UNION ALL SELECT row, 'Group' FROM groups WHERE id = ?) r
      JOIN changes c ON c.record_row = r.row AND c.resource_type = r.type AND c.kind = 'created'`,
  )
    .pluck()
    .get(id, id);
  return typeof found === 'number' ? found : null;
}

interface ChangeRow {
  position: number;
  at: number;
  kind: HistoryEntry['kind'];
  actor: Actor['kind'];
  call_code: string | null;
  attributes: string;
  members_added: string;
  members_removed: string;
}

/** A page of a record's history, for the query worker; null when the id was never given. */
export function historyPage(db: Database.Database, { type, id, before, limit }: HistoryQuestion): HistoryPage | null {
  const row = prepared(db, `SELECT row FROM ${tableOf[type]} WHERE id = ?`).pluck().get(id);
  return typeof row === 'number' ? readHistory(db, type, row, before, limit) : null;
}

/**
 * At most `limit` entries of a record's history, newest first. `before`: only those older than the change at this position, at
 * the cost of the entries read alone; null: from the newest.
 */
export function readHistory(
  db: Database.Database,
  type: ResourceType,
  row: number,
  before: number | null,
  limit: number,
): HistoryPage {
  // A purge gives positions back: one that another record's change took since has nothing before it here.
  const [chain, head] =
    before === null
      ? [chainOf(type), [row]]
      : [
          chainFrom('(SELECT previous FROM changes WHERE position = ? AND record_row = ? AND resource_type = ?)'),
          [before, row, type],
        ];
  const rows = prepared(
    db,
    `${chain} SELECT position, chain.at, chain.kind, chain.actor, chain.call_code, attributes, members_added, members_removed
      FROM chain CROSS JOIN changes USING (position) LIMIT ${bound}`,
  ).all(...head, limit + 1) as ChangeRow[];
  const entries = rows.slice(0, limit).map((entry) => toEntry(db, type, row, entry));
  return { entries, older: rows.length > limit ? (entries.at(-1)?.position ?? null) : null };
}

function toEntry(db: Database.Database, type: ResourceType, row: number, entry: ChangeRow): HistoryEntry {
  const lists = listsOf(db, type, row, entry);
  return {
    position: entry.position,
    at: entry.at,
    kind: entry.kind,
    by: entry.actor,
    callCode: entry.call_code,
    ...lists,
    managers: managersNamed(db, lists.attributes),
  };
}

function listsOf(db: Database.Database, type: ResourceType, row: number, entry: ChangeRow) {
  return {
    attributes: attributesOf(db, type, row, entry),
    membersAdded: JSON.parse(entry.members_added) as MemberRef[],
    membersRemoved: JSON.parse(entry.members_removed) as MemberRef[],
    ...(type === 'Group' ? unnamedMembers(db, entry.position) : {}),
  };
}

/** How many members a change holds besides those it names. */
function unnamedMembers(db: Database.Database, change: number): { moreAdded?: number; moreRemoved?: number } {
  const more: { moreAdded?: number; moreRemoved?: number } = {};
  const counts = prepared(
    db,
    'SELECT joined, sum(members) AS members FROM change_members WHERE change = ? GROUP BY joined',
  ).all(change) as { joined: 0 | 1; members: number }[];
  for (const { joined, members } of counts) more[joined === 1 ? 'moreAdded' : 'moreRemoved'] = members;
  return more;
}
