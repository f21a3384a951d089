import type {
  Actor,
  AttributeChange,
  Json,
  MemberRef,
  RecordChange,
  RecordState,
  ResourceType,
  Restored,
} from '../contract/index.ts';
import { documentOf, ScimError } from '../scim/index.ts';
import { chainOf } from './change-chain.ts';
import type { DirectoryContext } from './context.ts';
import { addToCounts } from './counters.ts';
import { object, text, userColumns } from './documents.ts';
import type { DriftBook } from './drift.ts';
import { uniqueness } from './errors.ts';
import { recordChange } from './history.ts';
import { groupsChange } from './leave-groups.ts';
import { type RecordRow, selectRecords, tableOf } from './rows.ts';
import { prepared } from './statements.ts';
import { absence, readTombstone } from './tombstones.ts';
import { addEmails } from './user-rows.ts';

export interface RestoreParts {
  drift: DriftBook;
  /** Adds a user to a visible group, by hand. */
  join(group: string, user: string): void;
  /** Throws ScimError 409 for a name that no user may have. */
  refuse(userName: string, folded: string): void;
}

/**
 * Brings deleted records back under their ids. Runs inside the writer's transaction. Throws ScimError 404 for an id that was
 * never given or is purged, 409 for a record that is not deleted or whose name is taken again.
 */
export function createRestore({ db, clock }: DirectoryContext, actor: Actor, { drift, join, refuse }: RestoreParts) {
  function deletedRow(type: ResourceType, id: string): RecordRow {
    const row = prepared(db, `${selectRecords(type)} WHERE id = ?`).get(id) as RecordRow | undefined;
    if (row === undefined) throw new ScimError(404, absence(db, type, id));
    if (row.state !== 'deleted') throw new ScimError(409, `${row.name} is not deleted: there is nothing to restore.`);
    return row;
  }

  function revive(type: ResourceType, row: RecordRow, state: RecordState): void {
    const [attribute, name, folded] =
      type === 'User'
        ? (['userName', 'user_name', 'user_name_fold'] as const)
        : (['displayName', 'name', 'name_fold'] as const);
    const names = prepared(db, `SELECT ${name} AS name, ${folded} AS folded FROM ${tableOf[type]} WHERE row = ?`);
    const held = names.get(row.row) as { name: string; folded: string };
    if (type === 'User') refuse(held.name, held.folded);
    try {
      uniqueness(db, type, attribute, held.name, held.folded, () =>
        prepared(
          db,
          `UPDATE ${tableOf[type]} SET state = ?, revision = revision + 1, modified_at = ?, changed_by = ? WHERE row = ?`,
        ).run(state, clock.now(), actor.kind, row.row),
      );
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      throw new ScimError(409, `${error.message} Rename or purge that one first.`, 'uniqueness');
    }
  }

  function record(type: ResourceType, row: RecordRow, attributes: AttributeChange[]): void {
    const { id, name } = row;
    const change: RecordChange = {
      resourceType: type,
      id,
      name,
      kind: 'restored',
      attributes,
      membersAdded: [],
      membersRemoved: [],
    };
    recordChange(db, row.row, change, actor, clock.now());
    if (deletedBySender(type, row.row)) drift.back(type, row.row);
  }

  function deletedBySender(type: ResourceType, row: number): boolean {
    const last = prepared(db, `${chainOf(type)} SELECT kind FROM chain WHERE actor <> 'admin' LIMIT 1`);
    return last.pluck().get(row) === 'deleted';
  }

  /** The groups that its DELETE took a user out of. */
  function groupsLeft(row: number): MemberRef[] {
    const deletion = prepared(
      db,
      `${chainOf('User')} SELECT position, chain.at, attributes FROM chain CROSS JOIN changes USING (position)
        WHERE chain.kind = 'deleted' LIMIT 1`,
    ).get(row) as { position: number; at: number; attributes: string } | undefined;
    if (deletion === undefined) return [];
    const changes: AttributeChange[] = JSON.parse(deletion.attributes);
    const before: Json | undefined = changes.find(({ path }) => path === 'groups')?.before;
    const named = (Array.isArray(before) ? before : []).flatMap((group) => {
      const id = text(object(group)?.value);
      return id === null ? [] : [{ id, name: text(object(group)?.display) ?? id }];
    });
    // The key of a purged group may have gone to a later one.
    const unnamed = prepared(
      db,
      `SELECT g.id, g.name FROM change_members c CROSS JOIN json_each(c.user_rows) one CROSS JOIN groups g ON g.row = one.value
        WHERE c.change = ? AND g.created_at <= ? ORDER BY c.position, one.key`,
    ).all(deletion.position, deletion.at) as MemberRef[];
    return [...named, ...unnamed];
  }

  function user(id: string): Restored {
    const row = deletedRow('User', id);
    const document = documentOf(row.json);
    const state = document.active === false ? 'archived' : 'active';
    revive('User', row, state);
    addEmails(db, row.row, userColumns(document).emails);
    prepared(
      db,
      'UPDATE users SET manager_hidden = 0, revision = revision + 1, modified_at = ? WHERE manager_id = ?',
    ).run(clock.now(), row.id);
    addToCounts(db, { users: 1, archived: state === 'archived' ? 1 : 0, deleted: -1 });
    const restored: Restored = { rejoined: [], notRejoined: [] };
    for (const { id: group, name } of groupsLeft(row.row)) {
      const found = prepared(db, 'SELECT name, state FROM groups WHERE id = ?').get(group) as
        | { name: string; state: RecordState }
        | undefined;
      if (found?.state === 'active') {
        join(group, id);
        restored.rejoined.push({ id: group, name: found.name });
      } else {
        const purged = found === undefined && readTombstone(db, 'Group', group) !== null;
        restored.notRejoined.push({ name: found?.name ?? name, why: purged ? 'purged' : 'deleted' });
      }
    }
    record('User', row, groupsChange('after', restored.rejoined));
    return restored;
  }

  function group(id: string): Restored {
    const row = deletedRow('Group', id);
    revive('Group', row, 'active');
    drift.deletedLeave(row.row);
    // Users deleted since are no members any more: their own restoring does not reach a group that was deleted.
    const { changes: lost } = prepared(
      db,
      `DELETE FROM membership WHERE group_row = ?
        AND user_row IN (SELECT m.user_row FROM membership m JOIN users u ON u.row = m.user_row
          WHERE m.group_row = ? AND u.state = 'deleted')`,
    ).run(row.row, row.row);
    prepared(db, 'UPDATE groups SET members = members - ? WHERE row = ?').run(lost, row.row);
    const members = Number(prepared(db, 'SELECT members FROM groups WHERE row = ?').pluck().get(row.row));
    addToCounts(db, { groups: 1, memberships: members, deleted: -1 });
    record('Group', row, []);
    return { rejoined: [], notRejoined: [] };
  }

  return (type: ResourceType, id: string): Restored => (type === 'User' ? user(id) : group(id));
}
