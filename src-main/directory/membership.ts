import type Database from 'better-sqlite3';
import type { MemberRef } from '../contract/index.ts';
import { bound, prepared } from './statements.ts';

/** A user as membership needs it. */
export interface MemberRow extends MemberRef {
  row: number;
}

const pageSize = 1_000;

/** Members of a group after the row `after`, in the order of their rows, at most `limit`. */
export function memberPage(db: Database.Database, groupRow: number, after: number, limit: number): MemberRow[] {
  return prepared(
    db,
    `SELECT u.row, u.id, u.name FROM membership m JOIN users u ON u.row = m.user_row
      WHERE m.group_row = ? AND m.user_row > ? ORDER BY m.user_row LIMIT ${bound}`,
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

/** A member as SCIM shows it (RFC 7643 §4.2). */
export function memberJson(member: MemberRef): { value: string; display: string; $ref: string; type: string } {
  return { value: member.id, display: member.name, $ref: member.id, type: 'User' };
}
