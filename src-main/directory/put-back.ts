import type { Actor, GroupRepository, Json, JsonObject, ResourceType, UserRepository } from '../contract/index.ts';
import { type Filter, ScimError } from '../scim/index.ts';
import type { DirectoryContext } from './context.ts';
import { readDrifted } from './drift-rows.ts';
import { unknownRecord } from './errors.ts';
import { visibleRow } from './rows.ts';
import { prepared } from './statements.ts';

export interface PutBackParts {
  users: UserRepository<Filter>;
  groups: GroupRepository<Filter>;
}

/**
 * Makes a record what was last sent again. Runs inside the writer's transaction. Throws ScimError 404 for a record that SCIM
 * does not see, 409 when it does not differ or when a name that it had is taken by now.
 */
export function createPutBack({ db }: DirectoryContext, actor: Actor, { users, groups }: PutBackParts) {
  function membersOf(group: number, sent: 0 | 1): Json[] {
    const ids = prepared(
      db,
      `SELECT u.id FROM drift_members d JOIN users u ON u.row = d.user_row
        WHERE d.group_row = ? AND d.sent = ? AND u.state <> 'deleted'`,
    )
      .pluck()
      .all(group, sent) as string[];
    return ids.map((value) => ({ value }));
  }

  /** By hand, only a group's name and members change. */
  function groupPatch(row: number, sent: JsonObject): JsonObject {
    const Operations: Json[] = [{ op: 'replace', path: 'displayName', value: sent.displayName ?? null }];
    const [added, left] = [membersOf(row, 0), membersOf(row, 1)];
    if (added.length > 0) Operations.push({ op: 'remove', path: 'members', value: added });
    if (left.length > 0) Operations.push({ op: 'add', path: 'members', value: left });
    return { Operations };
  }

  return (type: ResourceType, id: string): void => {
    const row = visibleRow(db, type, id);
    if (row === undefined) throw unknownRecord(db, type, id);
    const kept = readDrifted(db, type, row.row);
    if (kept === null) throw new ScimError(409, `${row.name} is what was last sent already.`);
    if (kept.deleted || kept.sent === null) (type === 'User' ? users : groups).delete(id, actor);
    else if (type === 'User') users.replace(id, kept.sent, actor);
    else groups.patch(id, groupPatch(row.row, kept.sent), actor);
  };
}
