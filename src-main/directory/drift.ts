import type { Actor, JsonObject, ResourceType } from '../contract/index.ts';
import { documentOf, type MemberEdit, matches, ScimError } from '../scim/index.ts';
import type { DirectoryContext } from './context.ts';
import { withHiddenManager } from './documents.ts';
import { driftOf } from './drift-read.ts';
import { type Drifted, readDrifted, readSent, sentText } from './drift-rows.ts';
import type { MembershipChange } from './member-edits.ts';
import { type MemberRow, memberJson } from './membership.ts';
import { type RecordRow, tableOf } from './rows.ts';
import { prepared } from './statements.ts';
import { withoutDeletedManager } from './user-rows.ts';

/** A write done again on another document. Throws ScimError where it can't be. */
type Again = (document: JsonObject) => JsonObject;

/**
 * Keeps, for records edited by hand, what the provisioning side last sent: from the first edit on (what was there before it is
 * what was last sent), until both agree again. Every function but `concerns` must run inside the writer's transaction.
 */
export interface DriftBook {
  /**
   * Whether a write must be told here. Looks at nothing but memory, so a write to a record without drift pays nothing; it may
   * be true without need after a roll-back or once a record agrees again.
   */
  concerns(type: ResourceType, row: number, actor: Actor): boolean;
  /** A write is stored. `before`: the row as it was; `again` does the same write to the document last sent. */
  written(type: ResourceType, before: RecordRow, actor: Actor, again: Again): void;
  /** Edits of a group's members are stored; to be followed by `written`. */
  membersWritten(
    group: number,
    actor: Actor,
    edits: readonly MemberEdit[],
    net: Pick<MembershipChange, 'added' | 'removed'>,
  ): void;
  /** A record is deleted: nothing is compared until it comes back. */
  gone(type: ResourceType, row: number, actor: Actor): void;
  /** Documents are stored in another form from now on: so are those last sent. */
  rewrite(type: ResourceType, change: Again): void;
  /** A deleted record is back by hand, although the last word of the other side was a DELETE. */
  back(type: ResourceType, row: number): void;
}

type Kept = Pick<Drifted, 'sent' | 'deleted'>;

export function openDriftBook({ db, clock }: DirectoryContext): DriftBook {
  const rows: Record<ResourceType, Set<number>> = { User: new Set(), Group: new Set() };
  const stored = prepared(db, 'SELECT resource_type, record_row FROM drift').all() as {
    resource_type: ResourceType;
    record_row: number;
  }[];
  for (const { resource_type, record_row } of stored) rows[resource_type].add(record_row);

  function begin(type: ResourceType, row: number, kept: Kept): void {
    prepared(db, 'INSERT INTO drift (resource_type, record_row, since, sent) VALUES (?, ?, ?, ?)').run(
      type,
      row,
      clock.now(),
      sentText(kept),
    );
    rows[type].add(row);
  }

  function keep(type: ResourceType, row: number, kept: Kept): void {
    prepared(db, 'UPDATE drift SET sent = ? WHERE resource_type = ? AND record_row = ?').run(sentText(kept), type, row);
  }

  function drop(type: ResourceType, row: number): void {
    prepared(db, 'DELETE FROM drift WHERE resource_type = ? AND record_row = ?').run(type, row);
    if (type === 'Group') prepared(db, 'DELETE FROM drift_members WHERE group_row = ?').run(row);
  }

  function documentHere(type: ResourceType, row: number): JsonObject {
    return documentOf(prepared(db, `SELECT json FROM ${tableOf[type]} WHERE row = ?`).pluck().get(row) as string);
  }

  /** Ends the drift when what was sent and what is here agree again, else keeps it. */
  function settle(type: ResourceType, row: number, kept: Kept & { sent: JsonObject }): void {
    const members = type === 'Group' && prepared(db, 'SELECT 1 FROM drift_members WHERE group_row = ?').get(row);
    const differs = kept.deleted || members || driftOf(db, kept.sent, documentHere(type, row)).length > 0;
    if (differs) keep(type, row, kept);
    else drop(type, row);
  }

  /** The document last sent after another write: a manager that is deleted here is out of its sight, and stays. */
  function follow(sent: JsonObject, again: Again): JsonObject {
    const seen = withoutDeletedManager(db, sent);
    try {
      const next = again(seen);
      return seen === sent ? next : withHiddenManager(next, sent);
    } catch (error) {
      // It changed the record as it is here, and would have failed on what was sent: that stays what it was.
      if (error instanceof ScimError) return sent;
      throw error;
    }
  }

  /** A member's part in the drift ends: both sides say the same. */
  function agree(group: number, user: number): boolean {
    return prepared(db, 'DELETE FROM drift_members WHERE group_row = ? AND user_row = ?').run(group, user).changes > 0;
  }

  function byHand(group: number, users: readonly number[], sent: 0 | 1): void {
    const insert = prepared(db, 'INSERT INTO drift_members (group_row, user_row, sent) VALUES (?, ?, ?)');
    for (const user of users) {
      if (!agree(group, user)) insert.run(group, user, sent);
    }
  }

  function bySender(group: number, edits: readonly MemberEdit[]): void {
    const differing = prepared(
      db,
      'SELECT u.row, u.id, u.name FROM drift_members d JOIN users u ON u.row = d.user_row WHERE d.group_row = ?',
    ).all(group) as MemberRow[];
    for (const member of differing) {
      if (edits.some((edit) => decides(edit, member))) agree(group, member.row);
    }
  }

  return {
    concerns: (type, row, actor) => actor.kind === 'admin' || rows[type].has(row),

    written(type, before, actor, again) {
      const { row } = before;
      const kept = readDrifted(db, type, row);
      if (actor.kind === 'admin') {
        const sent = kept === null ? documentOf(before.json) : kept.sent;
        if (kept === null) begin(type, row, { sent, deleted: false });
        // What the other side deleted stays deleted for it, whatever is done here.
        if (sent !== null) settle(type, row, { sent, deleted: kept?.deleted ?? false });
      } else if (kept !== null) {
        if (kept.sent === null) drop(type, row);
        else settle(type, row, { sent: follow(kept.sent, again), deleted: false });
      }
    },

    membersWritten(group, actor, edits, net) {
      if (actor.kind !== 'admin') return bySender(group, edits);
      if (readDrifted(db, 'Group', group)?.sent === null) return;
      byHand(group, net.added.rows, 0);
      byHand(group, net.removed.rows, 1);
    },

    gone(type, row, actor) {
      const own = rows[type].has(row) && actor.kind !== 'admin' ? readDrifted(db, type, row) : null;
      if (own !== null) keep(type, row, { ...own, deleted: true });
      if (type === 'Group' || rows.Group.size === 0) return;
      const groups = prepared(db, 'SELECT group_row FROM drift_members WHERE user_row = ?')
        .pluck()
        .all(row) as number[];
      for (const group of groups) {
        agree(group, row);
        const kept = readDrifted(db, 'Group', group);
        if (kept?.sent) settle('Group', group, { ...kept, sent: kept.sent });
      }
    },

    rewrite(type, change) {
      const all = prepared(db, 'SELECT record_row, sent FROM drift WHERE resource_type = ? AND sent IS NOT NULL').all(
        type,
      ) as { record_row: number; sent: string }[];
      for (const { record_row: row, sent: text } of all) {
        const { sent, deleted } = readSent(text);
        if (sent !== null) settle(type, row, { sent: change(sent), deleted });
      }
    },

    back(type, row) {
      if (readDrifted(db, type, row) === null) begin(type, row, { sent: documentHere(type, row), deleted: true });
    },
  };
}

/** Whether an edit says of a user that it is, or is not, a member: after it both sides agree. */
function decides(edit: MemberEdit, member: MemberRow): boolean {
  switch (edit.op) {
    case 'add':
    case 'remove':
      return edit.ids.includes(member.id);
    case 'replace':
    case 'clear':
      return true;
    case 'removeWhere':
      return matches(edit.filter, { members: [memberJson(member)] });
  }
}
