import type Database from 'better-sqlite3';
import type { MemberRef } from '../contract/index.ts';
import { ScimError } from '../scim/index.ts';
import { quote } from './errors.ts';
import type { MemberRow } from './membership.ts';
import { prepared } from './statements.ts';
import { readTombstone } from './tombstones.ts';

/** Up to so many ids are looked up one by one, with the names; more by one statement, without. */
const fewIds = 100;
const idsNamed = 10;

/** The rows of those of `ids` that are users SCIM sees. The names of few are put into `names`. */
export function knownUsers(db: Database.Database, ids: readonly string[], names: Map<number, MemberRef>): number[] {
  if (ids.length > fewIds) {
    return prepared(
      db,
      // By indexes alone: reading the users themselves would take three times as long.
      `SELECT u.row FROM json_each(?) AS sent CROSS JOIN users u ON u.id = sent.value
        WHERE NOT EXISTS (SELECT 1 FROM users d INDEXED BY users_deleted WHERE d.id = u.id AND d.state = 'deleted')`,
    )
      .pluck()
      .all(JSON.stringify(ids)) as number[];
  }
  const byId = prepared(db, `SELECT row, id, name FROM users WHERE id = ? AND state <> 'deleted'`);
  const rows: number[] = [];
  for (const sent of ids) {
    const user = byId.get(sent) as MemberRow | undefined;
    if (user === undefined) continue;
    const { row, id, name } = user;
    names.set(row, { id, name });
    rows.push(row);
  }
  return rows;
}

/** As `knownUsers`; throws ScimError 400 invalidValue, naming the others, when not all of `ids` (each once) are users. */
export function usersToAdd(db: Database.Database, ids: readonly string[], names: Map<number, MemberRef>): number[] {
  const rows = knownUsers(db, ids, names);
  if (rows.length < ids.length) throw refused(db, ids);
  return rows;
}

function refused(db: Database.Database, ids: readonly string[]): ScimError {
  const isUser = prepared(db, `SELECT 1 FROM users WHERE id = ? AND state <> 'deleted'`).pluck();
  const isGroup = prepared(db, `SELECT 1 FROM groups WHERE id = ? AND state <> 'deleted'`).pluck();
  const unknown = ids.filter((id) => isUser.get(id) !== 1);
  const refuse = (detail: string, culprits: readonly string[]) =>
    new ScimError(400, `${detail}: ${listIds(culprits)}.`, 'invalidValue');
  const groups = unknown.filter((id) => isGroup.get(id) === 1);
  if (groups.length > 0) return refuse('Members must be users; these are groups', groups);
  const purged = unknown.filter((id) => readTombstone(db, 'User', id) !== null);
  if (purged.length > 0) return refuse('Members must exist; these users were purged here', purged);
  return refuse('There are no users with these ids to add as members', unknown);
}

function listIds(ids: readonly string[]): string {
  const named = ids.slice(0, idsNamed).map(quote).join(', ');
  return ids.length > idsNamed ? `${named} and ${ids.length - idsNamed} more` : named;
}
