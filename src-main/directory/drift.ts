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
  /**
   * A record is deleted: nothing is compared until it comes back. A user's part in the drift of groups ends; that of one hidden as
   * a tenant admin, and in groups that are deleted, waits unseen.
   */
  gone(type: ResourceType, row: number, actor: Actor): void;
  /** Documents are stored in another form from now on: so are those last sent. */
  rewrite(type: ResourceType, change: Again): void;
  /** A deleted record is back by hand, although the last word of the other side was a DELETE. */
  back(type: ResourceType, row: number): void;
  /** A user hidden as a tenant admin is back in its groups, which differ as before. */
  shown(user: number): void;
  /** A deleted group comes back: those deleted meanwhile, who are about to lose their place in it, differ no more. */
  deletedLeave(group: number): void;
}

type Kept = Pick<Drifted, 'sent' | 'deleted'>;

export function openDriftBook({ db, clock }: DirectoryContext): DriftBook {
  const rows: Record<ResourceType, Set<number>> = { User: new Set(), Group: new Set() };
  // A group that differs only in a hidden user has no row of its own.
  const stored = prepared(
    db,
    `SELECT resource_type, record_row FROM drift UNION SELECT 'Group', group_row FROM drift_members`,
  ).all() as { resource_type: ResourceType; record_row: number }[];
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
  }

  function documentHere(type: ResourceType, row: number): JsonObject {
    return documentOf(prepared(db, `SELECT json FROM ${tableOf[type]} WHERE row = ?`).pluck().get(row) as string);
  }

  /** Groups that are seen and differ in a user. */
  function groupsDifferingIn(user: number): number[] {
    const seen = `SELECT g.row FROM drift_members d JOIN groups g ON g.row = d.group_row WHERE d.user_row = ? AND g.state <> 'deleted'`;
    return prepared(db, seen).pluck().all(user) as number[];
  }

  /** Whether members differ who are seen. */
  function membersDiffer(group: number): boolean {
    const seen = `SELECT 1 FROM drift_members d JOIN users u ON u.row = d.user_row WHERE d.group_row = ? AND u.state <> 'deleted'`;
    return prepared(db, seen).get(group) !== undefined;
  }

  /** Ends the drift when what was sent and what is here agree again, else keeps it. */
  function settle(type: ResourceType, row: number, kept: Kept & { sent: JsonObject }): void {
    const differs =
      kept.deleted ||
      (type === 'Group' && membersDiffer(row)) ||
      driftOf(db, kept.sent, documentHere(type, row)).length > 0;
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
      `SELECT u.row, u.id, u.name, u.state = 'deleted' AS hidden, d.sent FROM drift_members d JOIN users u ON u.row = d.user_row
        WHERE d.group_row = ?`,
    ).all(group) as (MemberRow & { hidden: 0 | 1; sent: 0 | 1 })[];
    const words = differing.length === 0 ? [] : edits.map(wordOf);
    for (const member of differing) {
      const says = words.reduce<boolean | null>((before, word) => word(member) ?? before, null);
      // What is here of one who is hidden stays as it was before: both agree only where that was said.
      if (says !== null && (!member.hidden || says === (member.sent === 0))) agree(group, member.row);
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
      const groups = groupsDifferingIn(row);
      const hidden =
        groups.length > 0 && prepared(db, 'SELECT 1 FROM hidden_users WHERE row = ?').get(row) !== undefined;
      for (const group of groups) {
        if (!hidden) agree(group, row);
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

    shown(user) {
      // It did not come back to a group that was deleted meanwhile.
      prepared(
        db,
        `DELETE FROM drift_members WHERE user_row = ? AND sent = 0
          AND group_row NOT IN (SELECT group_row FROM membership WHERE user_row = ?)`,
      ).run(user, user);
      for (const group of groupsDifferingIn(user)) {
        if (readDrifted(db, 'Group', group) === null) {
          begin('Group', group, { sent: documentHere('Group', group), deleted: false });
        }
      }
    },

    deletedLeave(group) {
      // Whoever is hidden and has no place in it, since it was taken out or left when it was hidden, differs as before.
      prepared(
        db,
        `DELETE FROM drift_members WHERE group_row = ? AND user_row IN (
          SELECT d.user_row FROM drift_members d JOIN users u ON u.row = d.user_row WHERE d.group_row = ? AND u.state = 'deleted'
            AND (d.user_row NOT IN (SELECT row FROM hidden_users) OR EXISTS (
              SELECT 1 FROM membership m WHERE m.group_row = d.group_row AND m.user_row = d.user_row)))`,
      ).run(group, group);
    },
  };
}

/** Whether a user is a member by what was said last; null where nothing was said of it. */
type Word = (member: MemberRow) => boolean | null;

function wordOf(edit: MemberEdit): Word {
  switch (edit.op) {
    case 'add':
    case 'remove': {
      const ids = new Set(edit.ids);
      return ({ id }) => (ids.has(id) ? edit.op === 'add' : null);
    }
    case 'replace': {
      const ids = new Set(edit.ids);
      return ({ id }) => ids.has(id);
    }
    case 'clear':
      return () => false;
    case 'removeWhere':
      return (member) => (matches(edit.filter, { members: [memberJson(member)] }) ? false : null);
  }
}
