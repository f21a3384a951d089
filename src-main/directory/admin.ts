import { RequestError } from '../contract/catalogue/errors.ts';
import { managerPath } from '../contract/catalogue/manager-path.ts';
import type {
  Actor,
  DeletedRecords,
  GroupEdit,
  GroupRepository,
  HandEdit,
  Json,
  JsonObject,
  Outcome,
  PracticeRecords,
  RecordState,
  ResourceType,
  Restored,
  UserRepository,
  WriteResult,
} from '../contract/index.ts';
import { type Filter, RefusedOperation, RefusedValue, ScimError } from '../scim/index.ts';
import type { DirectoryContext } from './context.ts';
import type { DriftBook } from './drift.ts';
import { refuseUnknownManager } from './managers.ts';
import { isStillPractice, type PracticePage } from './practice-records.ts';
import { addDeleted, createPurgeSteps, type PurgeTarget } from './purge.ts';
import { createPutBack } from './put-back.ts';
import { createRestore } from './restore.ts';
import { tableOf } from './rows.ts';
import { prepared } from './statements.ts';
import type { TenantAdmins } from './tenant-admins.ts';
import { absence } from './tombstones.ts';

/** The admin's acts carry no call. */
const byHand: Actor = { kind: 'admin', call: null };

/** Records purged in one turn of the writer, and history entries rid of names. */
const targetsATurn = 20;
const entriesATurn = 100;
/** Records purged together: for each such lot the whole history is searched for names once. */
const purgedAtOnce = 20_000;

/**
 * What the admin does to records by hand, each act in the record's history. What can't be done is refused with a
 * `RequestError`: `unknown` for an unknown or purged id, `taken` where the present state or another record is in the way,
 * `invalid` for a value that does not fit; with `StorageUnavailable` when the disk refuses.
 */
export interface DirectoryAdmin {
  /**
   * Sets or removes attributes of a user that SCIM sees; `active` archives or reactivates it. All or nothing. Blanks around what was
   * typed are left out, and blanks alone are no value.
   */
  editUser(id: string, edits: readonly HandEdit[]): Promise<void>;
  editGroup(id: string, edit: GroupEdit): Promise<void>;
  /** Ends the drift of a record: as last sent again; deleted again when the other side had deleted it. */
  putBack(type: ResourceType, id: string): Promise<void>;
  /** Brings a deleted record back under its id. Groups that are deleted or purged by now don't take a user back. */
  restore(type: ResourceType, id: string): Promise<Restored>;
  /**
   * Removes records for good, whatever their state: record, memberships, history, and users' names in the history of groups.
   * What is left is a tombstone each. Captured calls are not touched. Rejecting half-way leaves the rest deleted; a record that is
   * not there, or was restored meanwhile, is told after the others are purged.
   */
  purge(targets: readonly PurgeTarget[]): Promise<void>;
  /** What `purgeDeleted` would take. */
  deleted(): Promise<DeletedRecords>;
  /**
   * Purges every record that is deleted now, unless it is restored meanwhile; users hidden as tenant admins are not: they come back
   * with the list.
   */
  purgeDeleted(): Promise<DeletedRecords>;
  /** What `purgePractice` would take. Walks over everything. */
  practiceRecords(signal?: AbortSignal): Promise<PracticeRecords>;
  /** Purges every record that practice made, whatever its state, unless a call of Azure's changed it since, also meanwhile. */
  purgePractice(): Promise<PracticeRecords>;
}

export interface AdminParts {
  context: DirectoryContext;
  users: UserRepository<Filter>;
  groups: GroupRepository<Filter>;
  drift: DriftBook;
  tenantAdmins: Pick<TenantAdmins, 'refuse' | 'reload'>;
}

/** A record as it stands when the writer comes to it. */
interface Standing {
  row: number;
  name: string;
  state: RecordState;
  modified_at: number;
}

export function createAdmin({ context, users, groups, drift, tenantAdmins }: AdminParts): DirectoryAdmin {
  const { db, queries, writer, clock } = context;
  const steps = createPurgeSteps(context);
  const join = (group: string, user: string) => {
    groups.patch(group, patchOf([memberOperation('add', [user])]), byHand);
  };
  const restore = createRestore(context, byHand, { drift, join, refuse: tenantAdmins.refuse });
  const putBack = createPutBack(context, byHand, { users, groups });
  const act = <T>(work: () => T): Promise<T> => writer.submit(work, told);
  const edit = (work: () => WriteResult): Promise<void> =>
    writer.submit(work, (outcome) => {
      told(outcome, ofEdit);
    });

  const standing = ({ type, id }: PurgeTarget) =>
    prepared(db, `SELECT row, name, state, modified_at FROM ${tableOf[type]} WHERE id = ?`).get(id) as
      | Standing
      | undefined;

  /**
   * Purges those that are there and of which `may` holds, and gives them. Whoever listed them did so a while ago and a purge of
   * many takes its time, so all is asked in the turn of the writer that acts on the answer: what others purged or restored
   * meanwhile is passed over.
   */
  async function purgeThose<T extends PurgeTarget>(
    targets: readonly T[],
    may: (record: Standing) => boolean,
  ): Promise<T[]> {
    /** A record that SCIM still sees is deleted first, as Azure would: memberships and managers follow. */
    const remove = (target: T): boolean => {
      const record = standing(target);
      if (record === undefined || !may(record)) return false;
      if (record.state !== 'deleted') (target.type === 'User' ? users : groups).delete(target.id, byHand);
      return true;
    };
    const erase = (target: T): 'part' | 'all' | 'nothing' => {
      const record = standing(target);
      if (record?.state !== 'deleted' || !may(record)) return 'nothing';
      return steps.erase(target, record.row) ? 'part' : 'all';
    };

    const removed: T[] = [];
    for (const some of chunks(targets, targetsATurn)) removed.push(...(await act(() => some.filter(remove))));
    const ids = removed.filter(({ type }) => type === 'User').map(({ id }) => id);
    // From here on nothing can name them anew: deleted users join no group.
    const positions = ids.length === 0 ? [] : await queries.run('directory.mentions', { ids });
    const wanted = new Set(ids);
    for (const some of chunks(positions, entriesATurn)) await act(() => steps.forget(wanted, some));
    const purged: T[] = [];
    for (const some of chunks(removed, targetsATurn)) {
      for (let left = some; left.length > 0; ) {
        const erased = await act(() => left.map((target) => ({ target, erased: erase(target) })));
        const those = (which: ReturnType<typeof erase>) =>
          erased.filter(({ erased }) => erased === which).map(({ target }) => target);
        purged.push(...those('all'));
        left = those('part');
      }
    }
    // Someone hidden as a tenant admin may be among them.
    if (ids.length > 0) tenantAdmins.reload();
    return purged;
  }

  async function purge(targets: readonly PurgeTarget[]): Promise<void> {
    const purged = new Set(await purgeThose(targets, () => true));
    for (const target of targets) {
      if (purged.has(target)) continue;
      const record = standing(target);
      if (record === undefined) throw new RequestError('unknown', absence(db, target.type, target.id));
      throw new RequestError('taken', `${record.name} was restored: it is purged no further.`);
    }
  }

  /** Some thousands at a time: a list of all could be as long as the directory. */
  async function purgeDeleted(): Promise<DeletedRecords> {
    const until = clock.now();
    const counts = { users: 0, groups: 0, knownByAzure: 0 };
    for (const type of ['User', 'Group'] as const) {
      for (let after = ''; ; ) {
        const page = await queries.run('directory.deletedPage', { type, until, after, limit: purgedAtOnce });
        const last = page.at(-1);
        if (last === undefined) break;
        const stillDeleted = (record: Standing) => record.state === 'deleted' && record.modified_at <= until;
        addDeleted(counts, await purgeThose(page, stillDeleted));
        after = last.id;
      }
    }
    return counts;
  }

  async function purgePractice(): Promise<PracticeRecords> {
    const counts = { users: 0, groups: 0 };
    for (const [type, name] of [
      ['User', 'users'],
      ['Group', 'groups'],
    ] as const) {
      for (let after: number | null = 0; after !== null; ) {
        const { targets, next }: PracticePage = await queries.run('directory.practicePage', {
          type,
          after,
          limit: purgedAtOnce,
        });
        const purged = await purgeThose(targets, ({ row }) => isStillPractice(db, type, row));
        counts[name] += purged.length;
        after = next;
      }
    }
    return counts;
  }

  return {
    async editUser(id, edits) {
      const typed = edits.map(({ path, value }): HandEdit => ({ path, value: value?.trim() || null }));
      const operations = typed.map(
        ({ path, value }): JsonObject => (value === null ? { op: 'remove', path } : { op: 'replace', path, value }),
      );
      const managers = typed.flatMap(({ path, value }) => (value !== null && managerPath.test(path) ? [value] : []));
      await edit(() => {
        for (const manager of managers) refuseUnknownManager(db, manager);
        return users.patch(id, patchOf(operations), byHand);
      });
    },

    async editGroup(id, { displayName, add, remove: leave }) {
      const operations: JsonObject[] = [];
      if (displayName !== null) operations.push({ op: 'replace', path: 'displayName', value: displayName.trim() });
      if (leave.length > 0) operations.push(memberOperation('remove', leave));
      if (add.length > 0) operations.push(memberOperation('add', add));
      await edit(() => groups.patch(id, patchOf(operations), byHand));
    },

    putBack: (type, id) => act(() => putBack(type, id)),
    restore: (type, id) => act(() => restore(type, id)),
    purge,
    deleted: () => queries.run('directory.deleted', null),
    purgeDeleted,
    practiceRecords: (signal) => queries.run('directory.practiceCounts', null, { signal }),
    purgePractice,
  };
}

function memberOperation(op: 'add' | 'remove', ids: readonly string[]): JsonObject {
  return { op, path: 'members', value: ids.map((value): Json => ({ value })) };
}

/** A PatchOp message (RFC 7644 §3.5.2). */
function patchOf(operations: JsonObject[]): JsonObject {
  if (operations.length === 0) throw new RequestError('invalid', 'Nothing is to be changed.');
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}

function* chunks<T>(all: readonly T[], size: number): Generator<T[], void> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}

/** A value the admin entered is refused as his own, not as one of Azure's. */
function ofEdit(error: ScimError): string {
  return error instanceof RefusedValue ? error.byHand : error.message;
}

/** What the directory refuses in SCIM's terms, in the window's. */
function told<T>(outcome: Outcome<T>, inWords = ({ message }: ScimError) => message): T {
  if (outcome.ok) return outcome.value;
  const { error } = outcome;
  if (!(error instanceof ScimError)) throw error;
  const code = error.status === 404 ? 'unknown' : error.status === 409 ? 'taken' : 'invalid';
  // Which operation it was tells nothing to an admin, who wrote none.
  throw new RequestError(code, inWords(error instanceof RefusedOperation ? error.reason : error));
}
