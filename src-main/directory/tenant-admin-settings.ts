import { RequestError } from '../contract/catalogue/errors.ts';
import type { Actor, TenantAdmin, UserRepository } from '../contract/index.ts';
import { type Filter, fold } from '../scim/index.ts';
import { unwrapped, writeSetting } from '../storage/index.ts';
import type { DirectoryContext } from './context.ts';
import { addToCounts } from './counters.ts';
import type { DriftBook } from './drift.ts';
import { recordChange } from './history.ts';
import { createRestore } from './restore.ts';
import { noteRuleChange } from './rule-changes.ts';
import { prepared } from './statements.ts';
import { type TenantAdmins, tenantAdminsKey } from './tenant-admins.ts';

/** The list of tenant admins, as Settings shows and changes it. */
export interface TenantAdminSettings {
  list(): TenantAdmin[];
  /**
   * All tenant admins, in place of those there were. Users who were provisioned under one of the names are hidden from SCIM, as
   * a DELETE would, and come back with their groups once their name is taken off the list. Throws `RequestError`.
   */
  set(userNames: readonly string[]): Promise<void>;
}

export interface TenantAdminParts {
  admins: TenantAdmins;
  users: UserRepository<Filter>;
  drift: DriftBook;
}

const mostAdmins = 500;
const longestName = 300;
const byHand: Actor = { kind: 'admin', call: null };
const mark = 'ServiceOps tenant admin';

interface StoredUser {
  row: number;
  id: string;
  name: string;
  user_name_fold: string;
}

export function createTenantAdminSettings(
  context: DirectoryContext,
  { admins, users, drift }: TenantAdminParts,
): TenantAdminSettings {
  const { db, writer, clock } = context;
  const restore = createRestore(context, byHand, { drift, join, refuse: admins.refuse });

  function hiddenUsers(): StoredUser[] {
    return prepared(
      db,
      'SELECT u.row, u.id, u.name, u.user_name_fold FROM hidden_users h JOIN users u ON u.row = h.row',
    ).all() as StoredUser[];
  }

  function hide(folded: string): void {
    const user = prepared(
      db,
      `SELECT row, id, name, user_name_fold FROM users WHERE user_name_fold = ? AND state <> 'deleted'`,
    ).get(folded) as StoredUser | undefined;
    if (user === undefined) return;
    note(user, { path: mark, after: true });
    // Before it goes: the drift of its groups waits for it.
    prepared(db, 'INSERT INTO hidden_users (row) VALUES (?)').run(user.row);
    users.delete(user.id, byHand);
  }

  function show(user: StoredUser): void {
    note(user, { path: mark, before: true });
    restore('User', user.id);
    drift.shown(user.row);
  }

  /** Back in a group: Azure never heard that the user had left, so this is no drift. */
  function join(groupId: string, userId: string): void {
    const group = prepared(db, 'SELECT row, name FROM groups WHERE id = ?').get(groupId) as {
      row: number;
      name: string;
    };
    const user = prepared(db, 'SELECT row, name FROM users WHERE id = ?').get(userId) as { row: number; name: string };
    prepared(db, 'INSERT INTO membership (group_row, user_row) VALUES (?, ?)').run(group.row, user.row);
    prepared(
      db,
      'UPDATE groups SET members = members + 1, revision = revision + 1, modified_at = ?, changed_by = ? WHERE row = ?',
    ).run(clock.now(), byHand.kind, group.row);
    addToCounts(db, { memberships: 1 });
    const change = {
      resourceType: 'Group' as const,
      id: groupId,
      name: group.name,
      kind: 'updated' as const,
      attributes: [],
      membersAdded: [{ id: userId, name: user.name }],
      membersRemoved: [],
    };
    recordChange(db, group.row, change, byHand, clock.now());
  }

  /** In the user's own history: why it went or came. */
  function note({ row, id, name }: StoredUser, attribute: { path: string; before?: boolean; after?: boolean }): void {
    const change = {
      resourceType: 'User' as const,
      id,
      name,
      kind: 'updated' as const,
      attributes: [attribute],
      membersAdded: [],
      membersRemoved: [],
    };
    recordChange(db, row, change, byHand, clock.now());
  }

  /** By folded name. */
  function read(userNames: readonly string[]): Map<string, string> {
    const names = userNames.map((name) => name.trim()).filter((name) => name !== '');
    if (names.length > mostAdmins) throw new RequestError('invalid', `At most ${mostAdmins} tenant admins fit here.`);
    if (names.some((name) => name.length > longestName)) {
      throw new RequestError('invalid', `A userName has at most ${longestName} characters.`);
    }
    return new Map(names.map((name) => [fold(name), name]));
  }

  function replace(next: ReadonlyMap<string, string>): void {
    writeSetting(db, tenantAdminsKey, [...next.values()]);
    noteRuleChange(db, 'tenant admins', clock.now());
    const back = hiddenUsers().filter((user) => !next.has(user.user_name_fold));
    for (const user of back) prepared(db, 'DELETE FROM hidden_users WHERE row = ?').run(user.row);
    // Known at once, or those who come back would be refused.
    admins.reload();
    for (const user of back) show(user);
    for (const folded of next.keys()) hide(folded);
  }

  return {
    list() {
      const hidden = new Map(hiddenUsers().map(({ user_name_fold, id, name }) => [user_name_fold, { id, name }]));
      return admins.list().map((userName) => ({ userName, hidden: hidden.get(fold(userName)) ?? null }));
    },

    async set(userNames) {
      const next = read(userNames);
      try {
        await writer.submit(() => replace(next), unwrapped);
      } finally {
        // What is stored counts, also when nothing was.
        admins.reload();
      }
    },
  };
}
