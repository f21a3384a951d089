import type {
  Actor,
  AttributeChange,
  ChangeKind,
  GroupRepository,
  JsonObject,
  RecordChange,
  Reference,
  WriteResult,
} from '../contract/index.ts';
import {
  applyPatch,
  demandSize,
  diff,
  documentOf,
  type Filter,
  fold,
  type MemberEdit,
  readResource,
  resourceJson,
} from '../scim/index.ts';
import { nextPosition } from './change-chain.ts';
import type { RepositoryContext } from './context.ts';
import { addToCounts } from './counters.ts';
import { text } from './documents.ts';
import { uniqueness, unknownRecord } from './errors.ts';
import { insertChange, recordChange } from './history.ts';
import { editMembers, type MembershipChange, unnamed } from './member-edits.ts';
import { allMembers, type MemberRow, memberPage } from './membership.ts';
import { createQuery } from './query.ts';
import { type FoundRow, type RecordRow, toRecord, visibleRow } from './rows.ts';
import { prepared } from './statements.ts';
import { absence } from './tombstones.ts';

/** Groups behind the endpoint (see `ResourceRepository` for the contract of each function). */
export function createGroups(context: RepositoryContext): GroupRepository<Filter> {
  const { db, clock, ids, longReads, registry, unmapped, profile, drift, tenantAdmins } = context;

  function existing(id: string): FoundRow {
    const row = visibleRow(db, 'Group', id);
    if (row === undefined) throw unknownRecord(db, 'Group', id);
    return row;
  }

  function create(body: JsonObject, actor: Actor, id = ids()): WriteResult {
    const { document, members, unmapped: unknown } = readResource('Group', body, registry());
    if (unknown.length > 0) unmapped.note('Group', unknown, actor);
    profile.check('Group', document);
    const { name, nameFold, externalId } = groupColumns(document);
    const now = clock.now();
    const json = resourceJson('Group', id, document);
    demandSize('Group', json, '');
    const position = nextPosition(db);
    const row = uniqueness(db, 'Group', 'displayName', name, nameFold, () =>
      Number(
        prepared(
          db,
          `INSERT INTO groups (id, state, revision, created_at, modified_at, changed_by, name, name_fold, external_id, json,
            last_change) VALUES (?, 'active', 1, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(id, now, now, actor.kind, name, nameFold, externalId, json, position).lastInsertRowid,
      ),
    );
    const asked = members === null || members.length === 0 ? [] : [{ operation: 0, op: 'add' as const, ids: members }];
    const { edits, userNames: leftOut } = tenantAdmins.leaveOut(asked);
    const joined = editMembers(db, row, edits);
    const count = joined.added.rows.length;
    if (count > 0) prepared(db, 'UPDATE groups SET members = ? WHERE row = ?').run(count, row);
    addToCounts(db, { groups: 1, memberships: count });
    const change = changeOf(id, name, 'created', diff({}, document), joined);
    insertChange(db, row, { position, previous: null }, change, actor, now, null, joined);
    const stored: RecordRow = {
      row,
      id,
      state: 'active',
      revision: 1,
      created_at: now,
      modified_at: now,
      name,
      manager_hidden: 0,
      members: count,
      json,
    };
    return { record: toRecord('Group', stored), change, noEffect: [], tenantAdmins: leftOut };
  }

  /** `write`, told to the drift book where the record concerns it; `again` does the same to another document. */
  function store(
    row: FoundRow,
    document: JsonObject,
    changes: AttributeChange[],
    asked: readonly MemberEdit[],
    actor: Actor,
    again: (other: JsonObject) => JsonObject,
  ): WriteResult {
    const { edits, userNames: leftOut } = tenantAdmins.leaveOut(asked);
    const members = editMembers(db, row.row, edits);
    const result = { ...write(row, document, changes, members, actor), tenantAdmins: leftOut };
    if (drift.concerns('Group', row.row, actor)) {
      drift.membersWritten(row.row, actor, asked, members);
      drift.written('Group', row, actor, again);
    }
    return result;
  }

  /** Stores a changed document and what edits did to the members; the revision counts either. Nothing is written when nothing changed. */
  function write(
    row: FoundRow,
    document: JsonObject,
    changes: AttributeChange[],
    members: MembershipChange,
    actor: Actor,
  ): WriteResult {
    const { noEffect } = members;
    const added = members.added.rows.length;
    const removed = members.removed.rows.length;
    if (changes.length + added + removed === 0) {
      return { record: toRecord('Group', row), change: null, noEffect };
    }
    const now = clock.now();
    const next: RecordRow = { ...row, revision: row.revision + 1, modified_at: now };
    if (changes.length > 0) {
      profile.check('Group', document);
      const { name, nameFold, externalId } = groupColumns(document);
      next.name = name;
      next.json = resourceJson('Group', row.id, document);
      demandSize('Group', next.json, row.json);
      uniqueness(db, 'Group', 'displayName', name, nameFold, () =>
        prepared(db, 'UPDATE groups SET name = ?, name_fold = ?, external_id = ?, json = ? WHERE row = ?').run(
          name,
          nameFold,
          externalId,
          next.json,
          row.row,
        ),
      );
    }
    next.members = (row.members ?? 0) + added - removed;
    const link = { position: nextPosition(db), previous: row.last_change };
    prepared(
      db,
      'UPDATE groups SET revision = ?, modified_at = ?, changed_by = ?, members = ?, last_change = ? WHERE row = ?',
    ).run(next.revision, now, actor.kind, next.members, link.position, row.row);
    addToCounts(db, { memberships: added - removed });
    const change = changeOf(row.id, next.name, 'updated', changes, members);
    const replaced = next.json === row.json ? null : { by: next.revision, json: row.json };
    insertChange(db, row.row, link, change, actor, now, replaced, members);
    return { record: toRecord('Group', next), change, noEffect };
  }

  return {
    get(id) {
      const row = visibleRow(db, 'Group', id);
      return row === undefined ? null : toRecord('Group', row);
    },

    absence: (id) => absence(db, 'Group', id),

    query: createQuery('Group', context),

    members(id, after, limit) {
      const group = visibleRow(db, 'Group', id);
      if (group === undefined) return [];
      const start = after === null ? 0 : prepared(db, 'SELECT row FROM users WHERE id = ?').pluck().get(after);
      if (typeof start !== 'number') return [];
      return memberPage(db, group.row, start, limit).map(referenceTo);
    },

    snapshot() {
      const read = longReads.open();
      return {
        get(id) {
          const row = visibleRow(read.db, 'Group', id);
          return row === undefined ? null : toRecord('Group', row);
        },
        *memberPages(id, limit) {
          const row = prepared(read.db, 'SELECT row FROM groups WHERE id = ?').pluck().get(id);
          if (typeof row !== 'number') return;
          for (const page of allMembers(read.db, row, limit)) yield page.map(referenceTo);
        },
        end: read.end,
      };
    },

    newId: ids,

    create,

    replace(id, body, actor) {
      const row = existing(id);
      const { document, members, unmapped: unknown } = readResource('Group', body, registry());
      if (unknown.length > 0) unmapped.note('Group', unknown, actor);
      return {
        ...store(
          row,
          document,
          diff(documentOf(row.json), document),
          // RFC 7644 §3.5.1 lets us choose what an omission means. Who reads a group as Entra does, without its members, and
          // puts it back must not empty it; an empty list does.
          members === null ? [] : [{ operation: 0, op: 'replace', ids: members }],
          actor,
          () => document,
        ),
        noEffect: [],
      };
    },

    patch(id, body, actor) {
      const row = existing(id);
      const patched = applyPatch('Group', documentOf(row.json), body, registry());
      if (patched.unmapped.length > 0) unmapped.note('Group', patched.unmapped, actor);
      const result = store(
        row,
        patched.document,
        patched.changes,
        patched.members,
        actor,
        (other) => applyPatch('Group', other, body, registry()).document,
      );
      return { ...result, noEffect: [...patched.noEffect, ...result.noEffect].sort((a, b) => a - b) };
    },

    delete(id, actor) {
      const row = existing(id);
      const now = clock.now();
      // The membership rows stay with the deleted group: the window still shows who was in it, and the cost stays flat.
      const members = Number(prepared(db, 'SELECT members FROM groups WHERE row = ?').pluck().get(row.row));
      prepared(
        db,
        `UPDATE groups SET state = 'deleted', revision = revision + 1, modified_at = ?, changed_by = ? WHERE row = ?`,
      ).run(now, actor.kind, row.row);
      addToCounts(db, { groups: -1, memberships: -members, deleted: 1 });
      drift.gone('Group', row.row, actor);
      const change = changeOf(id, row.name, 'deleted', [], null);
      recordChange(db, row.row, change, actor, now);
      return change;
    },
  };
}

function referenceTo(member: MemberRow): Reference {
  return { value: member.id, display: member.name };
}

function groupColumns(document: JsonObject): { name: string; nameFold: string; externalId: string | null } {
  const name = text(document.displayName) ?? '';
  return { name, nameFold: fold(name), externalId: text(document.externalId) };
}

function changeOf(
  id: string,
  name: string,
  kind: ChangeKind,
  attributes: AttributeChange[],
  members: MembershipChange | null,
): RecordChange {
  const change: RecordChange = {
    resourceType: 'Group',
    id,
    name,
    kind,
    attributes,
    membersAdded: members?.added.named ?? [],
    membersRemoved: members?.removed.named ?? [],
  };
  const moreAdded = members === null ? 0 : unnamed(members.added).length;
  const moreRemoved = members === null ? 0 : unnamed(members.removed).length;
  if (moreAdded > 0) change.moreAdded = moreAdded;
  if (moreRemoved > 0) change.moreRemoved = moreRemoved;
  return change;
}
