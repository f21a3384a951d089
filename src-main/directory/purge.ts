import type Database from 'better-sqlite3';
import type { Actor, DeletedRecords, MemberRef, ResourceType } from '../contract/index.ts';
import { type ChainLink, chainOf } from './change-chain.ts';
import type { DirectoryContext } from './context.ts';
import { addToCounts } from './counters.ts';
import { tableOf } from './rows.ts';
import { bound, prepared } from './statements.ts';
import { knownByAzure, leaveTombstone } from './tombstones.ts';

/** Rows that one step erases, so that it never holds the thread for long. */
const stepRows = 500;
/** What stands in other records' history in place of a purged user's name. */
export const purgedName = 'purged user';

/** A record to purge, as the window names it. */
export interface PurgeTarget {
  type: ResourceType;
  id: string;
}

/** The steps of a purge; each runs inside the writer's transaction. */
export interface PurgeSteps {
  /** Erases a part of a deleted record, which is at `row`; false once all of it is gone and its tombstone stands. */
  erase(target: PurgeTarget, row: number): boolean;
  /** Takes the names of purged users out of these entries of other records' history. */
  forget(ids: ReadonlySet<string>, positions: readonly number[]): void;
}

export function createPurgeSteps({ db, clock }: DirectoryContext): PurgeSteps {
  function eraseMembership(type: ResourceType, row: number): number {
    if (type === 'Group') {
      return prepared(
        db,
        `DELETE FROM membership WHERE group_row = ? AND user_row IN
          (SELECT user_row FROM membership WHERE group_row = ? LIMIT ${stepRows})`,
      ).run(row, row).changes;
    }
    // Only groups that were deleted before the user still hold it.
    const groups = prepared(db, `SELECT group_row FROM membership WHERE user_row = ? LIMIT ${stepRows}`)
      .pluck()
      .all(row) as number[];
    for (const group of groups) {
      prepared(db, 'DELETE FROM membership WHERE group_row = ? AND user_row = ?').run(group, row);
      prepared(db, 'UPDATE groups SET members = members - 1 WHERE row = ?').run(group);
    }
    return groups.length;
  }

  /**
   * All but the newest entry, which is the DELETE and tells what restoring brings back, and Azure's last one, which tells whether
   * it knows the id. Neither tells texts any more: those of the entries between are gone.
   */
  function eraseHistory(type: ResourceType, row: number): number {
    const entries = prepared(
      db,
      `${chainOf(type)} SELECT position, previous, actor, replaced_by FROM chain LIMIT ${stepRows}`,
    ).all(row) as (ChainLink & { actor: Actor['kind']; replaced_by: number | null })[];
    const kept = new Set([entries[0], entries.find(({ actor }) => actor === 'azure')]);
    const erased = entries.flatMap((entry) => (kept.has(entry) ? [] : [entry.position]));
    if (erased.length === 0) return 0;
    prepared(db, 'DELETE FROM changes WHERE position IN (SELECT value FROM json_each(?))').run(JSON.stringify(erased));
    const relink = prepared(
      db,
      'UPDATE changes SET previous = ?, replaced_by = ?, json_before = NULL WHERE position = ?',
    );
    const lastText = entries.find(({ replaced_by }) => replaced_by !== null)?.replaced_by ?? null;
    let previous = entries.at(-1)?.previous ?? null;
    for (const entry of entries.filter((entry) => kept.has(entry)).reverse()) {
      relink.run(previous, lastText, entry.position);
      previous = entry.position;
    }
    return erased.length;
  }

  /** Freed space is overwritten with zeros rather than left to be read. */
  function overwriting<T>(work: () => T): T {
    db.pragma('secure_delete = ON');
    try {
      return work();
    } finally {
      db.pragma('secure_delete = OFF');
    }
  }

  return {
    erase: ({ type, id }, row) =>
      overwriting(() => {
        if (eraseMembership(type, row) > 0) return true;
        if (eraseHistory(type, row) > 0) return true;
        const known = knownByAzure(db, type, row);
        prepared(db, `DELETE FROM changes WHERE position IN (${chainOf(type)} SELECT position FROM chain)`).run(row);
        prepared(db, 'DELETE FROM drift WHERE resource_type = ? AND record_row = ?').run(type, row);
        prepared(db, `DELETE FROM drift_members WHERE ${type === 'Group' ? 'group_row' : 'user_row'} = ?`).run(row);
        prepared(db, `DELETE FROM ${tableOf[type]} WHERE row = ?`).run(row);
        addToCounts(db, { deleted: -1 });
        leaveTombstone(db, type, id, { purgedAt: clock.now(), known });
        return false;
      }),

    forget(ids, positions) {
      const read = prepared(db, 'SELECT members_added, members_removed FROM changes WHERE position = ?');
      const write = prepared(db, 'UPDATE changes SET members_added = ?, members_removed = ? WHERE position = ?');
      const nameless = (json: string) =>
        JSON.stringify(
          (JSON.parse(json) as MemberRef[]).map((member) =>
            ids.has(member.id) ? { id: member.id, name: purgedName } : member,
          ),
        );
      overwriting(() => {
        for (const position of positions) {
          const entry = read.get(position) as { members_added: string; members_removed: string } | undefined;
          if (entry === undefined) continue;
          write.run(nameless(entry.members_added), nameless(entry.members_removed), position);
        }
      });
    },
  };
}

/** Entries of groups' histories that name any of these users, by position. For the query worker. */
export function* mentionsOf(db: Database.Database, { ids }: { ids: readonly string[] }): Generator<void, number[]> {
  const wanted = new Set(ids);
  const names = (json: string) => json !== '[]' && (JSON.parse(json) as MemberRef[]).some(({ id }) => wanted.has(id));
  const page = prepared(
    db,
    `SELECT position, CASE resource_type WHEN 'Group' THEN members_added ELSE '[]' END AS members_added,
        CASE resource_type WHEN 'Group' THEN members_removed ELSE '[]' END AS members_removed
      FROM changes WHERE position > ? ORDER BY position LIMIT ${stepRows}`,
  );
  const positions: number[] = [];
  let after = 0;
  for (;;) {
    const rows = page.all(after) as { position: number; members_added: string; members_removed: string }[];
    const last = rows.at(-1);
    if (last === undefined) return positions;
    after = last.position;
    for (const row of rows) if (names(row.members_added) || names(row.members_removed)) positions.push(row.position);
    yield;
  }
}

/** A record that can be purged, as the window counts them. */
export interface DeletedRecord extends PurgeTarget {
  /** Azure goes on using its id. */
  known: boolean;
}

const purgeable: Record<ResourceType, string> = {
  User: `SELECT row, id FROM users INDEXED BY users_deleted WHERE state = 'deleted' AND row NOT IN (SELECT row FROM hidden_users)`,
  Group: `SELECT row, id FROM groups WHERE state = 'deleted'`,
};

/**
 * Records of a type that were deleted at `until` (milliseconds since 1970) and not touched since, after the id `after`, at most
 * `limit`. For the query worker.
 */
export function deletedPage(
  db: Database.Database,
  { type, until, after, limit }: { type: ResourceType; until: number; after: string; limit: number },
): DeletedRecord[] {
  const rows = prepared(db, `${purgeable[type]} AND modified_at <= ? AND id > ? ORDER BY id LIMIT ${bound}`).all(
    until,
    after,
    limit,
  ) as { row: number; id: string }[];
  return rows.map(({ row, id }) => ({ type, id, known: knownByAzure(db, type, row) }));
}

/** How many records are deleted. For the query worker. */
export function* deletedCounts(db: Database.Database, _: null): Generator<void, DeletedRecords> {
  const counts = { users: 0, groups: 0, knownByAzure: 0 };
  for (const type of ['User', 'Group'] as const) {
    for (let after = ''; ; ) {
      const page = deletedPage(db, { type, until: Number.MAX_SAFE_INTEGER, after, limit: stepRows });
      const last = page.at(-1);
      if (last === undefined) break;
      addDeleted(counts, page);
      after = last.id;
      yield;
    }
  }
  return counts;
}

/** Counts records of one type. */
export function addDeleted(counts: DeletedRecords, page: readonly DeletedRecord[]): void {
  for (const { type, known } of page) {
    counts[type === 'User' ? 'users' : 'groups'] += 1;
    if (known) counts.knownByAzure += 1;
  }
}
