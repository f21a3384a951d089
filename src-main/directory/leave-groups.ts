import type Database from 'better-sqlite3';
import type { Actor, AttributeChange, MemberRef } from '../contract/index.ts';
import { addToCounts } from './counters.ts';
import { recordRemovals } from './history.ts';
import { prepared } from './statements.ts';

/** Groups that a change of a user names: a user may be in as many as there are. */
const groupsNamed = 100;

/** What a user's history says of the groups it was in before, or is in after. */
export function groupsChange(side: 'before' | 'after', groups: readonly MemberRef[]): AttributeChange[] {
  if (groups.length === 0) return [];
  const named = groups.slice(0, groupsNamed).map(({ id, name }) => ({ value: id, display: name }));
  const more = groups.length - named.length;
  return [{ path: 'groups', [side]: named, ...(more > 0 ? { more } : {}) }];
}

/** Takes a user out of every group, with an entry in each group's history; gives the groups. */
export function leaveAllGroups(
  db: Database.Database,
  user: MemberRef & { row: number },
  actor: Actor,
  now: number,
): (MemberRef & { row: number })[] {
  const groups = prepared(
    db,
    `SELECT g.row, g.id, g.name FROM membership m JOIN groups g ON g.row = m.group_row
      WHERE m.user_row = ? AND g.state <> 'deleted' ORDER BY m.group_row`,
  ).all(user.row) as (MemberRef & { row: number })[];
  if (groups.length === 0) return [];
  const rows = JSON.stringify(groups.map(({ row }) => row));
  prepared(db, 'DELETE FROM membership WHERE user_row = ? AND group_row IN (SELECT value FROM json_each(?))').run(
    user.row,
    rows,
  );
  const first = recordRemovals(db, rows, { id: user.id, name: user.name }, actor, now);
  prepared(
    db,
    `UPDATE groups SET members = members - 1, revision = revision + 1, modified_at = ?, changed_by = ?,
      last_change = ? + left.key FROM json_each(?) AS left WHERE groups.row = left.value`,
  ).run(now, actor.kind, first, rows);
  addToCounts(db, { memberships: -groups.length });
  return groups;
}
