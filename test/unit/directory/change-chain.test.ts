import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RequestError } from '../../../src-main/contract/catalogue/errors.ts';
import type { Actor, JsonObject } from '../../../src-main/contract/index.ts';
import { changeAt, creatingCall, recordAt } from '../../../src-main/directory/index.ts';
import { ScimError } from '../../../src-main/scim/index.ts';
import { databaseFile, openDatabase } from '../../../src-main/storage/index.ts';
import { migrations } from '../../../src-main/storage/migrations/index.ts';
import { temporaryFolder } from '../storage/support.ts';
import { azure, type Fixture, memberOp, openFixture, patchBody, refusal } from './support.ts';

interface Stored {
  position: number;
  previous: number | null;
  resource_type: 'User' | 'Group';
  record_row: number;
}

/** Every record's changes as the chain names them, newest first, and as they lie in the table; by type and row. */
function chains(db: Database.Database): { walked: Record<string, number[]>; stored: Record<string, number[]> } {
  const changes = db.prepare('SELECT position, previous, resource_type, record_row FROM changes').all() as Stored[];
  const at = new Map(changes.map((change) => [change.position, change]));
  const heads = db
    .prepare(`SELECT 'User ' || row, last_change FROM users UNION ALL SELECT 'Group ' || row, last_change FROM groups`)
    .raw()
    .all() as [string, number | null][];
  const walked: Record<string, number[]> = {};
  for (const [record, head] of heads) {
    const chain: number[] = [];
    // No chain is longer than all changes: one that runs in a circle ends too.
    for (let position = head; position !== null && chain.length <= changes.length; ) {
      chain.push(position);
      position = at.get(position)?.previous ?? null;
    }
    walked[record] = chain;
  }
  const stored: Record<string, number[]> = Object.fromEntries(heads.map(([record]) => [record, []]));
  for (const { position, resource_type, record_row } of changes.reverse()) {
    const record = `${resource_type} ${record_row}`;
    stored[record] = [...(stored[record] ?? []), position];
  }
  return { walked, stored };
}

type Act = [kind: string, user: number, group: number];
const acts: Record<string, (pilot: Fixture, user: string, group: string) => Promise<unknown>> = {
  patch: (pilot, user) => pilot.patch('User', user, { op: 'Replace', path: 'title', value: `${Math.random()}` }),
  put: (pilot, user) => pilot.write((d) => d.users.replace(user, { userName: `${user}@x`, nickName: 'P' }, azure)),
  edit: (pilot, user) => pilot.admin.editUser(user, [{ path: 'title', value: `${Math.random()}` }]),
  refused: (pilot, user) => pilot.patch('User', user, { op: 'Replace', path: 'userName', value: 'taken@x' }),
  rename: (pilot, _, group) => pilot.patch('Group', group, { op: 'Replace', path: 'displayName', value: group }),
  join: (pilot, user, group) => pilot.patch('Group', group, memberOp('Add', user)),
  leave: (pilot, user, group) => pilot.patch('Group', group, memberOp('Remove', user)),
  deleteUser: (pilot, user) => pilot.write((d) => d.users.delete(user, azure)),
  restoreUser: (pilot, user) => pilot.admin.restore('User', user),
  deleteGroup: (pilot, _, group) => pilot.write((d) => d.groups.delete(group, azure)),
  restoreGroup: (pilot, _, group) => pilot.admin.restore('Group', group),
  purgeUser: (pilot, user) => pilot.admin.purge([{ type: 'User', id: user }]),
  purgeGroup: (pilot, _, group) => pilot.admin.purge([{ type: 'Group', id: group }]),
  // Takes the rows and the positions of what was purged.
  create: (pilot, user, group) => Promise.all([pilot.user(`${user}@new`), pilot.group(`New ${group}`, [user])]),
  together: (pilot, user, group) =>
    Promise.allSettled([
      acts.patch?.(pilot, user, group),
      acts.refused?.(pilot, user, group),
      acts.join?.(pilot, user, group),
    ]),
  hide: (pilot, user) => pilot.directory.tenantAdmins.set([pilot.directory.users.get(user)?.name ?? '']),
  show: (pilot) => pilot.directory.tenantAdmins.set([]),
};

test('whatever happens to records, each names its newest change, and each change the one before it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.nat(2), fc.nat(1)), { minLength: 5, maxLength: 25 }),
      async (steps: Act[]) => {
        const dir = temporaryFolder();
        const pilot = openFixture(dir);
        await pilot.user('taken@x');
        const users = await Promise.all(['a', 'b', 'c'].map((name) => pilot.user(`${name}@x`)));
        const groups = await Promise.all(['G', 'H'].map((name) => pilot.group(name, users)));
        for (const [kind, user, group] of steps) {
          await acts[kind]?.(pilot, users[user] ?? '', groups[group] ?? '').catch((error: unknown) => {
            // What can't be done to a record that is gone, or to a name that is taken, leaves no trace.
            if (!(error instanceof ScimError || error instanceof RequestError)) throw error;
          });
        }
        const db = new Database(databaseFile(dir), { readonly: true });
        const { walked, stored } = chains(db);
        db.close();
        expect(walked).toEqual(stored);
      },
    ),
    { numRuns: 25 },
  );
});

test.each([
  ['newest', 0, true],
  ['far down', 700, true],
  ['a DELETE', 0, false],
])('a purge of 1,400 changes leaves none, and knows what Azure said last (%s)', async (_, byHand, known) => {
  const dir = temporaryFolder();
  const pilot = openFixture(dir);
  const [kept, id] = [await pilot.user('kept@x'), await pilot.user('gone@x')];
  const hand: Actor = { kind: 'admin', call: null };
  const title = (actor: Actor, value: string): Promise<unknown> => {
    const body: JsonObject = patchBody({ op: 'Replace', path: 'title', value });
    return pilot.write((d) => d.users.patch(id, body, actor));
  };
  await Promise.all(Array.from({ length: 1_400 }, (_, n) => title(n < 1_400 - byHand ? azure : hand, `Title ${n}`)));
  await pilot.write((d) => d.users.delete(id, known ? hand : azure));
  await pilot.admin.purge([{ type: 'User', id }]);
  const db = new Database(databaseFile(dir), { readonly: true });
  expect(chains(db).walked).toEqual({ 'User 1': [1] });
  expect(db.prepare('SELECT count(*) FROM changes').pluck().get()).toBe(1);
  expect(db.prepare('SELECT known FROM tombstones WHERE id = ?').pluck().get(id)).toBe(known ? 1 : 0);
  db.close();
  expect((await pilot.directory.tables.user(kept, 'http://x'))?.history).toHaveLength(1);
});

test('a purge that stops because the record was restored leaves what restoring needs, and no wrong text', async () => {
  const dir = temporaryFolder();
  const pilot = openFixture(dir);
  const db = new Database(databaseFile(dir), { readonly: true });
  const id = await pilot.user('a@x', { title: 'Title 0' });
  const group = await pilot.group('G', [id]);
  const createdAt = pilot.time.now;
  const hand: Actor = { kind: 'admin', call: null };
  const title = (value: string): JsonObject => patchBody({ op: 'Replace', path: 'title', value });
  await Promise.all(
    Array.from({ length: 1_199 }, (_, n) => pilot.write((d) => d.users.patch(id, title(`Title ${n + 1}`), hand))),
  );
  const changes = () => Number(db.prepare(`SELECT count(*) FROM changes WHERE resource_type = 'User'`).pluck().get());
  const all = changes();
  const purge = pilot.admin.purge([{ type: 'User', id }]);
  const stopped = expect(purge).rejects.toThrow('it is purged no further');
  while (changes() >= all) await pilot.write(() => null);
  expect(await pilot.admin.restore('User', id)).toEqual({ rejoined: [{ id: group, name: 'G' }], notRejoined: [] });
  await stopped;
  expect(changes()).toBeGreaterThan(200);

  const { walked, stored } = chains(db);
  expect(walked).toEqual(stored);
  const titles = Array.from({ length: 1_200 }, (_, n) => {
    const record = recordAt(db, 'User', { row: 1, revision: n + 1, modifiedAt: createdAt });
    return record === null ? null : JSON.parse(record.json).title;
  });
  for (const [n, title] of titles.entries()) expect([`Title ${n}`, null]).toContain(title);
  expect([titles[0], titles[900], titles[1_199]]).toEqual(['Title 0', null, 'Title 1199']);
  db.close();
});

test("a position that was a purged record's and is another's now says nothing of the old call", async () => {
  const dir = temporaryFolder();
  const pilot = openFixture(dir);
  const call = (seq: number): Actor => ({ kind: 'azure', call: { seq, code: 'AB123' } });
  await pilot.user('first@x');
  const alice = (await pilot.write((d) => d.users.create({ userName: 'alice@x' }, call(21)))).record.id;
  const deleted = await pilot.write((d) => d.users.delete(alice, call(22)));
  await pilot.admin.purge([{ type: 'User', id: alice }]);
  await pilot.user('bob@x');
  const carol = await pilot.write((d) => d.users.create({ userName: 'carol@x' }, call(24)));
  expect(carol.change?.position).toBe(deleted.position);
  const db = new Database(databaseFile(dir), { readonly: true });
  expect(changeAt(db, Number(deleted.position), 22, 'alice@x')).toBeNull();
  expect(changeAt(db, Number(deleted.position), 24, 'carol@x')).toMatchObject({ id: carol.record.id, kind: 'created' });
  expect([alice, carol.record.id].map((id) => creatingCall(db, id))).toEqual([null, 24]);
  db.close();
});

test('whose ids Azure knows, and how many users it created, is told by its own changes', async () => {
  const pilot = openFixture();
  const create = (userName: string, kind: Actor['kind']) =>
    pilot.write((d) => d.users.create({ userName }, { kind, call: null })).then(({ record }) => record.id);
  await create('known@x', 'azure');
  const forgotten = await create('forgotten@x', 'azure');
  await pilot.write((d) => d.users.delete(forgotten, azure));
  const byHand = await create('by-hand@x', 'azure');
  await pilot.write((d) => d.users.delete(byHand, { kind: 'admin', call: null }));
  for (const name of ['p', 'q', 'r']) await create(`${name}@x`, 'practice');
  // Told to Azure by its PATCH, though it did not create it.
  await pilot.patch('User', await create('told@x', 'practice'), { op: 'Replace', path: 'title', value: 'T' });
  expect(await pilot.directory.tables.known(null)).toBe(3);

  // One of Azure's is here; ten more than expected are let through.
  await pilot.directory.pilotLimit.set(1);
  const most = pilot.directory.pilotLimit.read()?.most ?? 0;
  for (let n = 1; n < most; n++) await pilot.user(`more${n}@x`);
  expect(await refusal(pilot.user('one-too-many@x'))).toMatchObject({ status: 400 });
});

test('the changes of an older file are chained when it is opened', () => {
  const dir = temporaryFolder();
  const before = openDatabase(dir, migrations.slice(0, 14));
  before.exec(`
    INSERT INTO users (row, id, state, revision, created_at, modified_at, changed_by, name, name_fold, user_name,
      user_name_fold, search, json) VALUES (1, 'u', 'active', 1, 0, 0, 'azure', 'u', 'u', 'u', 'u', 'u', '{}'),
      (2, 'v', 'active', 1, 0, 0, 'azure', 'v', 'v', 'v', 'v', 'v', '{}');
    INSERT INTO groups (row, id, state, revision, created_at, modified_at, changed_by, name, name_fold, json)
      VALUES (1, 'g', 'active', 1, 0, 0, 'azure', 'g', 'g', '{}');`);
  const change = before.prepare(
    `INSERT INTO changes (resource_type, record_row, at, kind, actor, attributes, members_added, members_removed)
      VALUES (?, ?, 0, 'updated', 'azure', '[]', '[]', '[]')`,
  );
  for (const [type, row] of [
    ['User', 1],
    ['Group', 1],
    ['User', 1],
    ['User', 2],
    ['User', 1],
  ]) {
    change.run(type, row);
  }
  before.close();

  const db = openDatabase(dir);
  expect(chains(db)).toEqual({
    walked: { 'User 1': [5, 3, 1], 'User 2': [4], 'Group 1': [2] },
    stored: { 'User 1': [5, 3, 1], 'User 2': [4], 'Group 1': [2] },
  });
  db.close();
});
