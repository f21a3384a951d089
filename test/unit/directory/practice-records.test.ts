import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../../src-main/contract/index.ts';
import { azure, type Fixture, groupBody, openFixture, patchBody, userBody } from './support.ts';

const practice: Actor = { kind: 'practice', call: { seq: 8, code: 'PRAC1' } };

let pilot: Fixture;
beforeEach(() => {
  pilot = openFixture();
});

const practised = async (userName: string): Promise<string> =>
  (await pilot.write((d) => d.users.create(userBody(userName), practice))).record.id;
const retitle = (id: string, actor: Actor) =>
  pilot.write((d) => d.users.patch(id, patchBody({ op: 'replace', path: 'title', value: actor.kind }), actor));
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
