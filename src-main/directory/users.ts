import type {
  Actor,
  AttributeChange,
  ChangeKind,
  JsonObject,
  RecordChange,
  UserRepository,
  WriteResult,
} from '../contract/index.ts';
import { applyPatch, demandSize, diff, documentOf, type Filter, readResource, resourceJson } from '../scim/index.ts';
import { nextPosition } from './change-chain.ts';
import type { RepositoryContext } from './context.ts';
import { addToCounts } from './counters.ts';
import { userColumns, withHiddenManager } from './documents.ts';
import { uniqueness, unknownRecord } from './errors.ts';
import { insertChange, recordChange } from './history.ts';
import { groupsChange, leaveAllGroups } from './leave-groups.ts';
import { createQuery } from './query.ts';
import { type FoundRow, type RecordRow, toRecord, visibleDocument, visibleRow } from './rows.ts';
import { prepared } from './statements.ts';
import { absence } from './tombstones.ts';
import { insertUser, replaceUser, withoutDeletedManager } from './user-rows.ts';

/** Users behind the endpoint (see `ResourceRepository` for the contract of each function). */
export function createUsers(context: RepositoryContext): UserRepository<Filter> {
  const { db, clock, ids, registry, unmapped, pilotLimit, profile, drift, tenantAdmins } = context;

  function existing(id: string): FoundRow {
    const row = visibleRow(db, 'User', id);
    if (row === undefined) throw unknownRecord(db, 'User', id);
    return row;
  }

  function create(body: JsonObject, actor: Actor, id = ids()): WriteResult {
    const read = readResource('User', body, registry());
    const sent = withoutDeletedManager(db, read.document);
    const document = sent.active === undefined ? { ...sent, active: true } : sent;
    profile.check('User', document);
    const columns = userColumns(document);
    tenantAdmins.refuse(columns.userName, columns.userNameFold);
    pilotLimit.refuse(actor);
    const state = document.active === false ? 'archived' : 'active';
    const now = clock.now();
    const json = resourceJson('User', id, document);
    demandSize('User', json, '');
    const position = nextPosition(db);
    const row = uniqueness(db, 'User', 'userName', columns.userName, columns.userNameFold, () =>
      insertUser(db, { id, state, now, actor: actor.kind, json, columns, lastChange: position }),
    );
    addToCounts(db, { users: 1, archived: state === 'archived' ? 1 : 0 });
    const change = changeOf(id, columns.name, 'created', diff({}, document));
    insertChange(db, row, { position, previous: null }, change, actor, now);
    if (read.unmapped.length > 0) unmapped.note('User', read.unmapped, actor);
    const stored: RecordRow = {
      row,
      id,
      state,
      revision: 1,
      created_at: now,
      modified_at: now,
      name: columns.name,
      manager_hidden: 0,
      json,
    };
    return { record: toRecord('User', stored), change, noEffect: [] };
  }

  /** Stores `document` in place of what `row` holds. `changes` is what differs; without any, nothing is written. */
  function store(row: FoundRow, document: JsonObject, changes: AttributeChange[], actor: Actor): WriteResult {
    if (changes.length === 0) return { record: toRecord('User', row), change: null, noEffect: [] };
    profile.check('User', document);
    const stored = documentOf(row.json);
    const full = row.manager_hidden === 1 ? withHiddenManager(document, stored) : document;
    const before = userColumns(stored);
    const columns = userColumns(full);
    if (columns.userNameFold !== before.userNameFold) tenantAdmins.refuse(columns.userName, columns.userNameFold);
    // Without `active` nobody is restored or archived.
    const state = document.active === undefined ? row.state : document.active === false ? 'archived' : 'active';
    const now = clock.now();
    const next: RecordRow = {
      ...row,
      state,
      revision: row.revision + 1,
      modified_at: now,
      name: columns.name,
      manager_hidden: full === document ? 0 : 1,
      json: resourceJson('User', row.id, full),
    };
    demandSize('User', next.json, row.json);
    const link = { position: nextPosition(db), previous: row.last_change };
    uniqueness(db, 'User', 'userName', columns.userName, columns.userNameFold, () =>
      replaceUser(db, {
        row: next,
        actor: actor.kind,
        columns,
        before,
        stateBefore: row.state,
        lastChange: link.position,
      }),
    );
    if (state !== row.state) addToCounts(db, { archived: state === 'archived' ? 1 : -1 });
    const change = changeOf(row.id, columns.name, kindOf(row, next), changes);
    insertChange(db, row.row, link, change, actor, now, { by: next.revision, json: row.json });
    return { record: toRecord('User', next), change, noEffect: [] };
  }

  return {
    get(id) {
      const row = visibleRow(db, 'User', id);
      return row === undefined ? null : toRecord('User', row);
    },

    absence: (id) => absence(db, 'User', id),

    query: createQuery('User', context),

    newId: ids,

    create,

    replace(id, body, actor) {
      const row = existing(id);
      const before = visibleDocument(row);
      const read = readResource('User', body, registry());
      if (read.unmapped.length > 0) unmapped.note('User', read.unmapped, actor);
      const document = withoutDeletedManager(db, keepActive(read.document, before));
      const result = store(row, document, diff(before, document), actor);
      if (drift.concerns('User', row.row, actor)) {
        drift.written('User', row, actor, (other) => withoutDeletedManager(db, keepActive(read.document, other)));
      }
      return result;
    },

    patch(id, body, actor) {
      const row = existing(id);
      const before = visibleDocument(row);
      const patched = applyPatch('User', before, body, registry());
      if (patched.unmapped.length > 0) unmapped.note('User', patched.unmapped, actor);
      const document = withoutDeletedManager(db, patched.document);
      // Where not all of the patch is taken over, its list of changes says too much.
      const changes = document === patched.document ? patched.changes : diff(before, document);
      const result = { ...store(row, document, changes, actor), noEffect: patched.noEffect };
      if (drift.concerns('User', row.row, actor)) {
        drift.written('User', row, actor, (other) =>
          withoutDeletedManager(db, applyPatch('User', other, body, registry()).document),
        );
      }
      return result;
    },

    delete(id, actor) {
      const row = existing(id);
      const now = clock.now();
      prepared(
        db,
        `UPDATE users SET state = 'deleted', revision = revision + 1, modified_at = ?, changed_by = ? WHERE row = ?`,
      ).run(now, actor.kind, row.row);
      const columns = userColumns(documentOf(row.json));
      for (const email of columns.emails) {
        prepared(db, 'DELETE FROM emails WHERE value_fold = ? AND user_row = ?').run(email, row.row);
      }
      // Reports keep the reference, hidden, so that restoring the manager brings it back.
      prepared(
        db,
        'UPDATE users SET manager_hidden = 1, revision = revision + 1, modified_at = ? WHERE manager_id = ?',
      ).run(now, row.id);
      const left = leaveAllGroups(db, row, actor, now);
      drift.gone('User', row.row, actor);
      addToCounts(db, { users: -1, archived: row.state === 'archived' ? -1 : 0, deleted: 1 });
      const change = changeOf(id, row.name, 'deleted', groupsChange('before', left));
      recordChange(db, row.row, change, actor, now, {
        added: { rows: [], named: [] },
        removed: { rows: left.map((group) => group.row), named: [] },
        noEffect: [],
      });
      return change;
    },
  };
}

/** An `active` that a PUT leaves out stays as it was: nobody is restored or archived by omission. */
function keepActive(document: JsonObject, before: JsonObject): JsonObject {
  return document.active === undefined && before.active !== undefined
    ? { ...document, active: before.active }
    : document;
}

function kindOf(before: RecordRow, after: RecordRow): ChangeKind {
  if (before.state === after.state) return 'updated';
  return after.state === 'archived' ? 'archived' : 'restored';
}

function changeOf(id: string, name: string, kind: ChangeKind, attributes: AttributeChange[]): RecordChange {
  return { resourceType: 'User', id, name, kind, attributes, membersAdded: [], membersRemoved: [] };
}
