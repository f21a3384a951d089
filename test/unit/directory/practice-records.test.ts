import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../../src-main/contract/index.ts';
import { directoryQueries } from '../../../src-main/directory/index.ts';
import { databaseFile } from '../../../src-main/storage/index.ts';
import { temporaryFolder } from '../storage/support.ts';
import { lastOf } from './same-thread.ts';
import { azure, type Fixture, groupBody, openFixture, patchBody, userBody } from './support.ts';

const practice: Actor = { kind: 'practice', call: { seq: 8, code: 'PRAC1' } };

let dir: string;
let pilot: Fixture;
beforeEach(() => {
  dir = temporaryFolder();
  pilot = openFixture(dir);
});

const practised = async (userName: string): Promise<string> =>
  (await pilot.write((d) => d.users.create(userBody(userName), practice))).record.id;
const retitle = (id: string, actor: Actor) =>
  pilot.write((d) => d.users.patch(id, patchBody({ op: 'replace', path: 'title', value: actor.kind }), actor));
const manyPractised = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, n) => practised(`p${n}@x.example`)));
/** Until the purge has begun to delete; one that goes on deletes some more before it acts on what is done now. */
const begun = async () => {
  while (pilot.directory.counts().deleted === 0) await pilot.write(() => null);
};
const user = (id: string) => pilot.directory.tables.user(id, 'http://x');

test('what practice made is purged, whatever its state; what Azure made or wrote to stays', async () => {
  const [plain, archived, deleted, edited, adopted] = await Promise.all(
    ['plain', 'archived', 'deleted', 'edited', 'adopted'].map(practised),
  );
  if (!plain || !archived || !deleted || !edited || !adopted) throw new Error('Not all were made.');
  const real = await pilot.user('real');
  await pilot.admin.editUser(archived, [{ path: 'active', value: 'false' }]);
  await pilot.write((d) => d.users.delete(deleted, practice));
  await pilot.admin.editUser(edited, [{ path: 'title', value: 'by hand' }]);
  await retitle(adopted, azure);
  // Practice came last, and yet it is Azure's.
  for (const id of [adopted, real]) await retitle(id, practice);
  const own = await pilot.group('Real crew', [plain, real]);
  const crew = (await pilot.write((d) => d.groups.create(groupBody('Crew', [plain]), practice))).record.id;

  expect(await pilot.admin.practiceRecords()).toEqual({ users: 4, groups: 1 });
  expect(await pilot.admin.purgePractice()).toEqual({ users: 4, groups: 1 });
  for (const id of [plain, archived, deleted, edited]) expect(await user(id)).toBeNull();
  for (const id of [adopted, real]) expect(await user(id)).not.toBeNull();
  expect(await pilot.directory.tables.group(crew, 'http://x')).toBeNull();
  expect((await pilot.directory.tables.group(own, 'http://x'))?.firstMembers).toEqual([{ id: real, name: 'real' }]);
  expect(pilot.directory.counts()).toMatchObject({ users: 2, archived: 0, groups: 1, deleted: 0 });
  expect(await pilot.admin.purgePractice()).toEqual({ users: 0, groups: 0 });
});

test('whom Azure changes or the admin hides while the purge runs stays, and is not counted', async () => {
  const ids = await manyPractised(60);
  const [adopted = '', hidden = ''] = ids.slice(-2);
  const purge = pilot.admin.purgePractice();
  await begun();
  await Promise.all([retitle(adopted, azure), pilot.directory.tenantAdmins.set(['p59@x.example'])]);
  expect(await purge).toEqual({ users: 58, groups: 0 });
  expect((await user(adopted))?.state).toBe('active');
  await pilot.directory.tenantAdmins.set([]);
  expect((await user(hidden))?.state).toBe('active');
  expect(pilot.directory.counts()).toMatchObject({ users: 2, deleted: 0 });
});

test('what is purged or restored meanwhile is passed over, and the others are purged', async () => {
  const ids = await manyPractised(60);
  const [restored = '', gone = ''] = [ids[0], ids[59]];
  const purge = pilot.admin.purgePractice();
  await begun();
  await Promise.all([pilot.admin.restore('User', restored), pilot.admin.purge([{ type: 'User', id: gone }])]);
  expect(await purge).toEqual({ users: 58, groups: 0 });
  expect((await user(restored))?.state).toBe('active');
  expect(pilot.directory.counts()).toMatchObject({ users: 1, deleted: 0 });
});

test('users hidden as tenant admins are neither counted nor purged', async () => {
  const [kept = ''] = await manyPractised(2);
  await pilot.directory.tenantAdmins.set(['p0@x.example']);
  expect(await pilot.admin.practiceRecords()).toEqual({ users: 1, groups: 0 });
  expect(await pilot.admin.purgePractice()).toEqual({ users: 1, groups: 0 });
  expect(pilot.directory.tenantAdmins.hidden(kept)).not.toBeNull();
  await pilot.directory.tenantAdmins.set([]);
  expect((await user(kept))?.state).toBe('active');
});

test('more than a page are found page by page, each of them once', async () => {
  const ids = await manyPractised(2_100);
  await Promise.all([ids[10], ids[2_050]].map((id = '') => retitle(id, azure)));
  const wanted = ids.toSpliced(2_050, 1).toSpliced(10, 1);
  expect(await pilot.admin.practiceRecords()).toEqual({ users: 2_098, groups: 0 });
  const db = new Database(databaseFile(dir), { readonly: true });
  const page = (after: number, limit: number) =>
    lastOf(directoryQueries['directory.practicePage'](db, { type: 'User', after, limit }));
  const first = page(0, 1);
  const second = page(first.next ?? 0, 5_000);
  const whole = page(0, 5_000);
  db.close();
  expect(first.next).not.toBeNull();
  expect([second.next, whole.next]).toEqual([null, null]);
  expect([...first.targets, ...second.targets].map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
  expect(whole.targets).toHaveLength(2_098);
});

test('the count ends when nobody waits for it', async () => {
  const abort = new AbortController();
  const counted = pilot.admin.practiceRecords(abort.signal);
  abort.abort();
  await expect(counted).rejects.toMatchObject({ name: 'AbortError' });
});
