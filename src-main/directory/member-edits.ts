import type Database from 'better-sqlite3';
import type { MemberRef } from '../contract/index.ts';
import { type MemberEdit, matches } from '../scim/index.ts';
import { knownUsers, usersToAdd } from './member-users.ts';
import { allMembers, memberJson } from './membership.ts';
import { prepared } from './statements.ts';

/** Those who joined or left a group, as rows of `users`, and the first of them by name. */
export interface Members {
  rows: number[];
  /** At most `membersNamed`. */
  named: MemberRef[];
}

/** What a request did to a group's members, net, and which operations had no effect. */
export interface MembershipChange {
  added: Members;
  removed: Members;
  noEffect: number[];
}

/** Members a change names. */
const membersNamed = 100;
/** Up to so many members are written one by one; more by one statement over all of them. */
const fewMembers = 100;

/** The rows that one edit brought in and took out. */
interface Effect {
  joined: number[];
  left: number[];
}

/** Rows of those whom a change does not name. */
export function unnamed({ rows }: Members): number[] {
  return rows.length > membersNamed ? rows.slice(membersNamed) : none;
}

const none: number[] = [];

/**
 * Applies member edits to a group, in order. Adding and removing costs what an edit names and not what the group holds; the
 * others read the group's rows, and whatever is large is written by one statement. Unknown, deleted or nested members are
 * refused with 400 `invalidValue`, naming them. The caller writes the group's counter, revision and history.
 */
export function editMembers(db: Database.Database, groupRow: number, edits: readonly MemberEdit[]): MembershipChange {
  /** Whom the edits name, so that a change of few need not read their names again. */
  const names = new Map<number, MemberRef>();
  const noEffect: number[] = [];
  const effects: Effect[] = [];
  for (const edit of edits) {
    const effect = apply(db, groupRow, edit, names);
    if (effect.joined.length + effect.left.length === 0) noEffect.push(edit.operation);
    else effects.push(effect);
  }
  const { joined, left } = net(effects);
  return { added: membersOf(db, joined, names), removed: membersOf(db, left, names), noEffect };
}

function apply(db: Database.Database, group: number, edit: MemberEdit, names: Map<number, MemberRef>): Effect {
  switch (edit.op) {
    case 'add':
      return { joined: join(db, group, usersToAdd(db, edit.ids, names)), left: [] };
    case 'remove':
      return { joined: [], left: leave(db, group, knownUsers(db, edit.ids, names)) };
    case 'replace': {
      const wanted = usersToAdd(db, edit.ids, names);
      const held = rowsOf(db, group);
      const stay = new Set(wanted);
      const left = held.filter((row) => !stay.has(row));
      if (left.length === held.length) removeAll(db, group);
      else leave(db, group, left);
      const there = new Set(held);
      return { left, joined: join(db, group, there.size === 0 ? wanted : wanted.filter((row) => !there.has(row))) };
    }
    case 'clear': {
      const left = rowsOf(db, group);
      removeAll(db, group);
      return { joined: [], left };
    }
    case 'removeWhere': {
      const hit: number[] = [];
      for (const page of allMembers(db, group)) {
        for (const member of page) {
          if (matches(edit.filter, { members: [memberJson(member)] })) hit.push(member.row);
        }
      }
      return { joined: [], left: leave(db, group, hit) };
    }
  }
}

/** Puts users into the group; gives those who were not in it. */
function join(db: Database.Database, group: number, rows: number[]): number[] {
  if (rows.length <= fewMembers) {
    const insert = prepared(db, 'INSERT OR IGNORE INTO membership (group_row, user_row) VALUES (?, ?)');
    return rows.filter((row) => insert.run(group, row).changes > 0);
  }
  // In the order of the table, so that its pages are written one after the other.
  const ordered = JSON.stringify([...rows].sort((a, b) => a - b));
  return prepared(
    db,
    'INSERT OR IGNORE INTO membership (group_row, user_row) SELECT ?, value FROM json_each(?) RETURNING user_row',
  )
    .pluck()
    .all(group, ordered) as number[];
}

/** Takes users out of the group; gives those who were in it. */
function leave(db: Database.Database, group: number, rows: number[]): number[] {
  if (rows.length <= fewMembers) {
    const remove = prepared(db, 'DELETE FROM membership WHERE group_row = ? AND user_row = ?');
    return rows.filter((row) => remove.run(group, row).changes > 0);
  }
  return prepared(
    db,
    `DELETE FROM membership WHERE group_row = ? AND user_row IN (SELECT value FROM json_each(?)) RETURNING user_row`,
  )
    .pluck()
    .all(group, JSON.stringify(rows)) as number[];
}

/** Empties the group. Who was in it is read before: giving back each row that goes takes longer than both. */
function removeAll(db: Database.Database, group: number): void {
  prepared(db, 'DELETE FROM membership WHERE group_row = ?').run(group);
}

function rowsOf(db: Database.Database, group: number): number[] {
  return prepared(db, 'SELECT user_row FROM membership WHERE group_row = ? ORDER BY user_row')
    .pluck()
    .all(group) as number[];
}

/** What several edits did together: who joined and left again did neither. */
function net(effects: readonly Effect[]): Effect {
  const [only = { joined: [], left: [] }] = effects;
  // A replace takes out and brings in different users.
  if (effects.length < 2) return only;
  const joined = new Set<number>();
  const left = new Set<number>();
  for (const effect of effects) {
    for (const row of effect.left) if (!joined.delete(row)) left.add(row);
    for (const row of effect.joined) if (!left.delete(row)) joined.add(row);
  }
  return { joined: [...joined], left: [...left] };
}

function membersOf(db: Database.Database, rows: number[], names: ReadonlyMap<number, MemberRef>): Members {
  const first = rows.length > membersNamed ? rows.slice(0, membersNamed) : rows;
  return { rows, named: first.map((row) => names.get(row) ?? nameOf(db, row)) };
}

function nameOf(db: Database.Database, row: number): MemberRef {
  return prepared(db, 'SELECT id, name FROM users WHERE row = ?').get(row) as MemberRef;
}
