import { beforeEach, expect, test } from 'vitest';
import { azure, enterprise, type Fixture, openFixture, refused } from './support.ts';

const path = `${enterprise}:manager`;

let pilot: Fixture;
beforeEach(() => {
  pilot = openFixture();
});

const user = async (id: string) => pilot.directory.tables.user(id, 'http://x');
const hand = (id: string, value: string | null) => pilot.admin.editUser(id, [{ path, value }]);

test('by hand only a user who is here becomes the manager; the refusal is in words and changes nothing', async () => {
  const [boss, gone, id] = [await pilot.user('boss'), await pilot.user('gone'), await pilot.user('a')];
  await pilot.write((d) => d.users.delete(gone, azure));
  for (const nobody of ['the boss', 'boss', gone]) {
    const both = [
      { path: 'title', value: 'Clerk' },
      { path, value: nobody },
    ];
    expect(await refused(pilot.admin.editUser(id, both))).toEqual({
      code: 'invalid',
      message: `No user here has the id "${nobody}", so it can't be the manager.`,
    });
    expect(await refused(pilot.admin.editUser(id, [{ path: `${path}.value`, value: nobody }]))).toMatchObject({
      code: 'invalid',
    });
  }
  expect(await user(id)).toMatchObject({ title: null, manager: null, drift: null });
  await hand(id, boss);
  expect((await user(id))?.manager).toEqual({ id: boss, name: 'boss' });
  await hand(id, null);
  expect((await user(id))?.manager).toBeNull();
});

test('a custom field of that name takes any text', async () => {
  const id = await pilot.user('a');
  const own = 'urn:ietf:params:scim:schemas:extension:ServiceOps:2.0:User:manager';
  await pilot.directory.attributes.define({ label: 'Manager', type: 'String', attribute: own });
  await pilot.admin.editUser(id, [{ path: own, value: 'Whoever' }]);
  expect((await user(id))?.fields).toContainEqual(expect.objectContaining({ path: own, value: 'Whoever' }));
});

test('Azure may still name a manager who is not here', async () => {
  const id = await pilot.user('a');
  await pilot.patch('User', id, { op: 'Add', path, value: 'not-here-yet' });
  expect((await user(id))?.manager).toEqual({ id: 'not-here-yet', name: 'not-here-yet' });
  expect((await user(id))?.history[0]?.managers).toEqual([]);
});

test('history and drift name the managers, as long as these are here', async () => {
  const [old, next] = [await pilot.user('old', { displayName: 'Old Boss' }), await pilot.user('next')];
  const id = await pilot.user('a', { [enterprise]: { manager: { value: old } } });
  const both = [
    { id: old, name: 'Old Boss' },
    { id: next, name: 'next' },
  ];
  await hand(id, next);
  expect((await user(id))?.history.map(({ managers }) => managers)).toEqual([both, [both[0]]]);
  expect((await user(id))?.drift?.managers).toEqual(both);
  await pilot.admin.purge([{ type: 'User', id: old }]);
  expect((await user(id))?.history.map(({ managers }) => managers)).toEqual([[both[1]], []]);
});
