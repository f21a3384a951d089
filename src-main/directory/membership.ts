import type Database from 'better-sqlite3';
import type { Actor, MemberRef, Reference } from '../contract/index.ts';
import { type MemberEdit, matches, ScimError } from '../scim/index.ts';
import { addToCounts } from './counters.ts';
import { quote } from './errors.ts';
import { recordChange } from './history.ts';
import { prepared } from './statements.ts';
import { readTombstone } from './tombstones.ts';

/** A user as membership needs it. */
export interface MemberRow extends MemberRef {
  row: number;
}

/** What a request did to a group's members, net: who joined and left, and which operations had no effect. */
export interface MembershipChange {
  added: MemberRef[];
  removed: MemberRef[];
  noEffect: number[];
}

const pageSize = 1_000;

/**
 * The groups a user is in, by row: `groups` of RFC 7643 §4.1.2. Every read of a user asks for them, and most users are in few:
 * look-ups by key one by one take a fifth of the time of a join, whose set-up alone costs more than reading the user.
 */
export function groupReferences(db: Database.Database, userId: string): Reference[] {
  const rows = prepared(
    db,
    'SELECT group_row FROM membership WHERE user_row = (SELECT row FROM users WHERE id = ?) ORDER BY group_row',
  )
    .pluck()
    .all(userId) as number[];
  if (rows.length === 0) return [];
  const visibleGroup = prepared(
    db,
    `SELECT id AS value, name AS display FROM groups WHERE row = ? AND state <> 'deleted'`,
  );
  return rows.map((row) => visibleGroup.get(row) as Reference | undefined).filter((group) => group !== undefined);
}

/** Members of a group after the row `after`, in the order of their rows, at most `limit`. */
export function memberPage(db: Database.Database, groupRow: number, after: number, limit: number): MemberRow[] {
  return prepared(
    db,
    `SELECT u.row, u.id, u.name FROM membership m JOIN users u ON u.row = m.user_row
      WHERE m.group_row = ? AND m.user_row > ? ORDER BY m.user_row LIMIT ?`,
  ).all(groupRow, after, limit) as MemberRow[];
}

/** All members of a group, a page at a time, so that no statement stays open between them. */
export function* allMembers(
  db: Database.Database,
  groupRow: number,
  limit: number = pageSize,
): Generator<MemberRow[], void> {
  let after = 0;
  for (;;) {
    const page = memberPage(db, groupRow, after, limit);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.row;
  }
}

/**
 * Applies member edits to a group, in order, each costing what it names and not what the group holds (`replace`, `clear` and
 * `removeWhere` excepted). Unknown, deleted or nested members are refused with 400 `invalidValue`, naming them. The caller
 * writes the group's counter, revision and history.
 */
export function editMembers(db: Database.Database, groupRow: number, edits: readonly MemberEdit[]): MembershipChange {
  const insert = prepared(db, 'INSERT OR IGNORE INTO membership (group_row, user_row) VALUES (?, ?)');
  const remove = prepared(db, 'DELETE FROM membership WHERE group_row = ? AND user_row = ?');
  /** By row: whether the user was a member before the request, and is now. */
  const touched = new Map<number, { member: MemberRow; before: boolean; now: boolean }>();
  const noEffect: number[] = [];

  function set(member: MemberRow, now: boolean): boolean {
    const changed = (now ? insert : remove).run(groupRow, member.row).changes > 0;
    if (!changed) return false;
    const known = touched.get(member.row);
    if (known === undefined) touched.set(member.row, { member, before: !now, now });
    else known.now = now;
    return true;
  }

  function setAll(members: Iterable<MemberRow>, now: boolean): boolean {
    let effect = false;
    for (const member of members) effect = set(member, now) || effect;
    return effect;
  }

  function apply(edit: MemberEdit): boolean {
    switch (edit.op) {
      case 'add':
        return setAll(usersToAdd(db, edit.ids), true);
      case 'remove':
        return setAll(knownUsers(db, edit.ids).found, false);
      case 'replace': {
        const wanted = usersToAdd(db, edit.ids);
        const keep = new Set(wanted.map((member) => member.row));
        const gone = [...allMembers(db, groupRow)].flat().filter((member) => !keep.has(member.row));
        const removed = setAll(gone, false);
        return setAll(wanted, true) || removed;
      }
      case 'clear':
        return setAll([...allMembers(db, groupRow)].flat(), false);
      case 'removeWhere': {
        const hit = (member: MemberRow) => matches(edit.filter, { members: [memberJson(member)] });
        return setAll([...allMembers(db, groupRow)].flat().filter(hit), false);
      }
    }
  }

  for (const edit of edits) if (!apply(edit)) noEffect.push(edit.operation);
  const net = [...touched.values()];
  const refs = (joined: boolean) =>
    net.filter(({ before, now }) => before !== now && now === joined).map(({ member }) => refOf(member));
  return { added: refs(true), removed: refs(false), noEffect };
}

/** Takes a user out of every group, with an entry in each group's history; gives the groups. */
export function leaveAllGroups(db: Database.Database, user: MemberRow, actor: Actor, now: number): MemberRef[] {
  const groups = prepared(
    db,
    `SELECT g.row, g.id, g.name, g.revision FROM membership m JOIN groups g ON g.row = m.group_row
      WHERE m.user_row = ? AND g.state <> 'deleted' ORDER BY m.group_row`,
  ).all(user.row) as (MemberRow & { revision: number })[];
  for (const group of groups) {
    prepared(db, 'DELETE FROM membership WHERE group_row = ? AND user_row = ?').run(group.row, user.row);
    prepared(
      db,
      'UPDATE groups SET members = members - 1, revision = revision + 1, modified_at = ?, changed_by = ? WHERE row = ?',
    ).run(now, actor.kind, group.row);
    const change = {
      resourceType: 'Group' as const,
      id: group.id,
      name: group.name,
      kind: 'updated' as const,
      attributes: [],
      membersAdded: [],
      membersRemoved: [refOf(user)],
    };
    recordChange(db, group.row, change, actor, now);
  }
  addToCounts(db, { memberships: -groups.length });
  return groups.map(refOf);
}

/** A member as SCIM shows it (RFC 7643 §4.2). */
export function memberJson(member: MemberRef): { value: string; display: string; type: string } {
  return { value: member.id, display: member.name, type: 'User' };
}

function refOf({ id, name }: MemberRef): MemberRef {
  return { id, name };
}

function knownUsers(db: Database.Database, ids: readonly string[]): { found: MemberRow[]; unknown: string[] } {
  const byId = prepared(db, `SELECT row, id, name FROM users WHERE id = ? AND state <> 'deleted'`);
  const found: MemberRow[] = [];
  const unknown: string[] = [];
  for (const id of ids) {
    const user = byId.get(id) as MemberRow | undefined;
    if (user === undefined) unknown.push(id);
    else found.push(user);
  }
  return { found, unknown };
}

function usersToAdd(db: Database.Database, ids: readonly string[]): MemberRow[] {
  const { found, unknown } = knownUsers(db, ids);
  if (unknown.length === 0) return found;
  const isGroup = prepared(db, `SELECT 1 FROM groups WHERE id = ? AND state <> 'deleted'`).pluck();
  const groups = unknown.filter((id) => isGroup.get(id) === 1);
  if (groups.length > 0) {
    throw new ScimError(400, `Members must be users; these are groups: ${listIds(groups)}.`, 'invalidValue');
  }
  const purged = unknown.filter((id) => readTombstone(db, 'User', id) !== null);
  if (purged.length > 0) {
    throw new ScimError(400, `Members must exist; these users were purged here: ${listIds(purged)}.`, 'invalidValue');
  }
  throw new ScimError(400, `There are no users with these ids to add as members: ${listIds(unknown)}.`, 'invalidValue');
}

const idsNamed = 10;

function listIds(ids: readonly string[]): string {
  const named = ids.slice(0, idsNamed).map(quote).join(', ');
  return ids.length > idsNamed ? `${named} and ${ids.length - idsNamed} more` : named;
}
