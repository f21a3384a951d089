import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor, JsonObject } from '../../../src-main/contract/index.ts';
import {
  azure,
  enterprise,
  type Fixture,
  memberOp,
  openFixture,
  patchBody,
  refusal,
  refused,
  userBody,
} from './support.ts';

let pilot: Fixture;

beforeEach(() => {
  pilot = openFixture();
});

const replace = (path: string, value: string | boolean): JsonObject => ({ op: 'Replace', path, value });
const driftOf = async (id: string) => (await pilot.directory.tables.user(id, 'http://x'))?.drift ?? null;
const groupDrift = async (id: string) => (await pilot.directory.tables.group(id, 'http://x'))?.drift ?? null;
const hand = (id: string, path: string, value: string | null) => pilot.admin.editUser(id, [{ path, value }]);

async function paths(id: string): Promise<string[]> {
  return (await driftOf(id))?.attributes.map(({ path }) => path) ?? [];
}

describe('a user edited by hand', () => {
  test('shows what was last sent, what is here, and the call that sent it', async () => {
    const id = await pilot.user('a@x.example', { title: 'Analyst', [enterprise]: { department: 'Tides' } });
    const later: Actor = { kind: 'azure', call: { seq: 9, code: 'LATER' } };
    await pilot.write((d) => d.users.patch(id, patchBody(replace('title', 'Surveyor')), later));
    pilot.time.now += 60_000;
    await pilot.admin.editUser(id, [
      { path: 'title', value: 'Diver' },
      { path: `${enterprise}:department`, value: null },
      { path: 'nickName', value: 'Al' },
    ]);
    const drift = await driftOf(id);
    expect(drift).toMatchObject({ since: pilot.time.now, deleted: null });
    expect(drift?.attributes).toEqual(
      expect.arrayContaining([
        { path: 'title', sent: 'Surveyor', here: 'Diver', at: pilot.time.now - 60_000, callCode: 'LATER' },
        { path: `${enterprise}:department`, sent: 'Tides', at: pilot.time.now - 60_000, callCode: 'AB123' },
        { path: 'nickName', here: 'Al', at: pilot.time.now - 60_000, callCode: 'AB123' },
      ]),
    );
    const user = await pilot.directory.tables.user(id, 'http://x');
    expect(user).toMatchObject({ drifted: true, changedBy: 'admin' });
    expect(user?.history[0]).toMatchObject({ kind: 'updated', by: 'admin', callCode: null });
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 1, groups: 0 });
  });

  test('is told what was refused without a word of the protocol, and stores no blanks around what was typed', async () => {
    const id = await pilot.user('a@x.example');
    const several = (path: string, value: string) =>
      pilot.admin.editUser(id, [
        { path: 'title', value: ' Deep Diver\t' },
        { path, value },
      ]);
    await expect(several('userName', ' ')).rejects.toMatchObject({
      message: "userName is required and can't be removed.",
    });
    await several('nickName', '   ');
    const stored = JSON.parse(pilot.directory.users.get(id)?.json ?? '');
    expect(stored).toMatchObject({ title: 'Deep Diver' });
    expect(stored).not.toHaveProperty('nickName');
    const group = await pilot.group('Crew');
    await pilot.admin.editGroup(group, { displayName: ' Team ', add: [], remove: [] });
    expect(pilot.directory.groups.get(group)?.name).toBe('Team');
  });

  test('typed values are read as their type, and refused in words where they are none', async () => {
    const id = await pilot.user('a@x.example');
    await hand(id, 'active', 'False');
    expect(pilot.directory.users.get(id)?.state).toBe('archived');
    expect(await paths(id)).toEqual(['active']);
    expect(await refused(hand(id, 'active', 'perhaps'))).toMatchObject({ code: 'invalid' });
    await pilot.user('b@x.example');
    expect(await refused(hand(id, 'userName', 'b@x.example'))).toMatchObject({ code: 'taken' });
    await hand(id, 'active', 'True');
    expect(await driftOf(id)).toBeNull();
    const kinds = (await pilot.directory.tables.user(id, 'http://x'))?.history.map(({ kind, by }) => `${kind} ${by}`);
    expect(kinds).toEqual(['restored admin', 'archived admin', 'created azure']);
  });

  test('an edit that changes nothing is no drift', async () => {
    const id = await pilot.user('a@x.example', { title: 'Same' });
    await hand(id, 'title', 'Same');
    expect(await driftOf(id)).toBeNull();
  });

  test("Azure's own write of a drifted attribute ends its drift, also when it changes nothing here", async () => {
    const id = await pilot.user('a@x.example', { title: 'Old', nickName: 'Al' });
    await pilot.admin.editUser(id, [
      { path: 'title', value: 'New' },
      { path: 'nickName', value: 'Bo' },
    ]);
    const { change } = await pilot.patch('User', id, replace('title', 'New'));
    expect(change).toBeNull();
    expect(await paths(id)).toEqual(['nickName']);
    await pilot.patch('User', id, replace('nickName', 'Cy'));
    expect(await driftOf(id)).toBeNull();
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 0, groups: 0 });
  });

  test("Azure's write of another attribute leaves the drift", async () => {
    const id = await pilot.user('a@x.example', { title: 'Old' });
    await hand(id, 'title', 'New');
    await pilot.patch('User', id, replace('displayName', 'Ann'), replace('active', 'False'));
    expect(await paths(id)).toEqual(['title']);
  });

  test('a PUT makes both agree, save an `active` that it leaves out', async () => {
    const id = await pilot.user('a@x.example', { title: 'Old' });
    await pilot.admin.editUser(id, [
      { path: 'title', value: 'New' },
      { path: 'active', value: 'false' },
    ]);
    await pilot.write((d) => d.users.replace(id, userBody('a@x.example', { title: 'Put' }), azure));
    expect(await paths(id)).toEqual(['active']);
  });

  test('a refused write of Azure changes neither side', async () => {
    const id = await pilot.user('a@x.example', { title: 'Old' });
    await pilot.user('b@x.example');
    await hand(id, 'title', 'New');
    await refusal(pilot.patch('User', id, replace('title', 'Sent'), replace('userName', 'b@x.example')));
    expect((await driftOf(id))?.attributes).toMatchObject([{ path: 'title', sent: 'Old', here: 'New' }]);
  });

  test('a DELETE ends the drift; drift outlives a restart', async () => {
    const [first, second] = [await pilot.user('a@x.example'), await pilot.user('b@x.example')];
    for (const id of [first, second]) await hand(id, 'title', 'New');
    pilot = await pilot.restart();
    await pilot.write((d) => d.users.delete(first, azure));
    await pilot.patch('User', second, replace('title', 'New'));
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 0, groups: 0 });
  });

  test('putting back makes it what was last sent', async () => {
    const id = await pilot.user('a@x.example', { title: 'Old', [enterprise]: { department: 'Tides' } });
    const before = pilot.directory.users.get(id)?.json;
    await pilot.admin.editUser(id, [
      { path: 'title', value: 'New' },
      { path: `${enterprise}:department`, value: null },
      { path: 'active', value: 'false' },
    ]);
    await pilot.admin.putBack('User', id);
    expect(JSON.parse(pilot.directory.users.get(id)?.json ?? '')).toEqual(JSON.parse(before ?? ''));
    expect(await driftOf(id)).toBeNull();
    expect(await refused(pilot.admin.putBack('User', id))).toMatchObject({ code: 'taken' });
  });

  test('a manager who is deleted is no drift', async () => {
    const manager = await pilot.user('boss@x.example');
    const id = await pilot.user('a@x.example', { [enterprise]: { manager: { value: manager } } });
    await hand(id, 'title', 'New');
    await pilot.write((d) => d.users.delete(manager, azure));
    expect(await paths(id)).toEqual(['title']);
    await pilot.patch('User', id, replace('displayName', 'Ann'));
    expect(await paths(id)).toEqual(['title']);
    await pilot.admin.restore('User', manager);
    expect(await paths(id)).toEqual(['title']);
    expect((await pilot.directory.tables.user(id, 'http://x'))?.manager?.id).toBe(manager);
  });
});

describe('a group edited by hand', () => {
  let ann: string;
  let bea: string;
  let group: string;
  beforeEach(async () => {
    [ann, bea] = [await pilot.user('ann@x.example'), await pilot.user('bea@x.example')];
    group = await pilot.group('Crew', [ann]);
    await pilot.admin.editGroup(group, { displayName: 'Team', add: [bea], remove: [ann] });
  });

  const names = async () => {
    const drift = await groupDrift(group);
    return {
      attributes: drift?.attributes.map(({ path, sent, here }) => ({ path, sent, here })) ?? [],
      here: drift?.membersHere.map(({ name }) => name) ?? [],
      sent: drift?.membersSent.map(({ name }) => name) ?? [],
    };
  };

  test('shows its name and members', async () => {
    expect(await names()).toEqual({
      attributes: [{ path: 'displayName', sent: 'Crew', here: 'Team' }],
      here: ['bea@x.example'],
      sent: ['ann@x.example'],
    });
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 0, groups: 1 });
  });

  test.each<[string, () => JsonObject, string[], string[]]>([
    ['adding the one by hand', () => memberOp('Add', bea), [], ['ann@x.example']],
    ['removing the one by hand', () => memberOp('Remove', bea), [], ['ann@x.example']],
    ['removing the one taken out', () => memberOp('Remove', ann), ['bea@x.example'], []],
    ['adding the one taken out', () => memberOp('Add', ann), ['bea@x.example'], []],
    ['a filter', () => ({ op: 'remove', path: `members[value eq "${bea}"]` }), [], ['ann@x.example']],
    ['a filter by name', () => ({ op: 'remove', path: 'members[display sw "ann"]' }), ['bea@x.example'], []],
    ['a whole list', () => memberOp('Replace', bea), [], []],
    ['no members', () => ({ op: 'remove', path: 'members' }), [], []],
  ])("Azure's word on members ends their drift: %s", async (_name, operation, here, sent) => {
    await pilot.patch('Group', group, operation());
    expect(await names()).toMatchObject({ here, sent });
  });

  test('ends when name and members agree again, and when it is put back', async () => {
    await pilot.admin.editGroup(group, { displayName: null, add: [ann], remove: [bea] });
    expect(await names()).toMatchObject({ here: [], sent: [] });
    await pilot.patch('Group', group, replace('displayName', 'Team'));
    expect(await groupDrift(group)).toBeNull();
    await pilot.admin.editGroup(group, { displayName: 'Other', add: [bea], remove: [ann] });
    await pilot.admin.putBack('Group', group);
    expect(await groupDrift(group)).toBeNull();
    const members = pilot.directory.groups.members(group, null, 10).map(({ value }) => value);
    expect(members).toEqual([ann]);
    expect(pilot.directory.groups.get(group)?.name).toBe('Team');
  });

  test('a member who is deleted differs no more', async () => {
    await pilot.write((d) => d.users.delete(ann, azure));
    expect(await names()).toMatchObject({ here: ['bea@x.example'], sent: [] });
    await pilot.patch('Group', group, replace('displayName', 'Team'));
    await pilot.write((d) => d.users.delete(bea, azure));
    expect(await groupDrift(group)).toBeNull();
  });

  test('a DELETE ends it', async () => {
    await pilot.write((d) => d.groups.delete(group, azure));
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 0, groups: 0 });
  });

  describe('with one who is hidden as a tenant admin for a while', () => {
    const admins = (...userNames: string[]) => pilot.directory.tenantAdmins.set(userNames);
    const count = async () => (await pilot.directory.tables.drifted()).groups;
    beforeEach(() => pilot.patch('Group', group, replace('displayName', 'Team')));

    test('differs as before once both are back, and in nobody meanwhile', async () => {
      await admins('ann@x.example');
      expect(await names()).toMatchObject({ here: ['bea@x.example'], sent: [] });
      await admins('bea@x.example', 'ann@x.example');
      expect([await groupDrift(group), await count()]).toEqual([null, 0]);
      expect(await refused(pilot.admin.putBack('Group', group))).toMatchObject({ code: 'taken' });
      pilot = await pilot.restart();
      await admins();
      expect(await names()).toMatchObject({ here: ['bea@x.example'], sent: ['ann@x.example'] });
      expect(await count()).toBe(1);
      expect(pilot.directory.groups.members(group, null, 10).map(({ value }) => value)).toEqual([bea]);
      await pilot.admin.putBack('Group', group);
      expect(await groupDrift(group)).toBeNull();
      expect(pilot.directory.groups.members(group, null, 10).map(({ value }) => value)).toEqual([ann]);
    });

    test('what differs in others is put back without it', async () => {
      await admins('ann@x.example');
      await pilot.admin.putBack('Group', group);
      expect(await groupDrift(group)).toBeNull();
      await admins();
      expect(await names()).toMatchObject({ here: [], sent: ['ann@x.example'] });
    });

    // What Azure says meanwhile is compared with what is here once they are back: bea is a member, ann is none.
    test.each<[string, () => JsonObject, string[], string[]]>([
      ['removes both', () => memberOp('Remove', ann, bea), ['bea@x.example'], []],
      ['adds both', () => memberOp('Add', ann, bea), [], ['ann@x.example']],
      ['sends a list with both', () => memberOp('Replace', ann, bea), [], ['ann@x.example']],
      ['sends no members', () => ({ op: 'remove', path: 'members' }), ['bea@x.example'], []],
      ['filters both', () => ({ op: 'remove', path: 'members[display co "x.example"]' }), ['bea@x.example'], []],
      ['writes the name', () => replace('displayName', 'Gang'), ['bea@x.example'], ['ann@x.example']],
    ])('and Azure %s', async (_name, operation, here, sent) => {
      await admins('ann@x.example', 'bea@x.example');
      pilot = await pilot.restart();
      await pilot.patch('Group', group, operation());
      expect(await groupDrift(group)).toBeNull();
      await admins();
      expect(await names()).toEqual({ attributes: [], here, sent });
    });

    test.each([
      ['before', true],
      ['after', false],
    ])('a group deleted meanwhile and restored %s they are back', async (_name, first) => {
      await admins('ann@x.example', 'bea@x.example');
      await pilot.write((d) => d.groups.delete(group, azure));
      if (first) await pilot.admin.restore('Group', group);
      await admins();
      if (!first) await pilot.admin.restore('Group', group);
      // Who comes back first does not join a group that is deleted.
      expect(await names()).toEqual({ attributes: [], here: first ? ['bea@x.example'] : [], sent: ['ann@x.example'] });
      expect((await groupDrift(group))?.deleted).not.toBeNull();
    });

    test('a group deleted before, and restored meanwhile, has lost it', async () => {
      await pilot.write((d) => d.groups.delete(group, azure));
      await admins('ann@x.example', 'bea@x.example');
      await pilot.admin.restore('Group', group);
      await admins();
      expect(await names()).toEqual({ attributes: [], here: [], sent: ['ann@x.example'] });
      expect(pilot.directory.groups.members(group, null, 10)).toEqual([]);
    });

    test('purged, it leaves nothing behind for whoever gets its row', async () => {
      await admins('ann@x.example', 'bea@x.example');
      await pilot.admin.purge([{ type: 'User', id: bea }]);
      await pilot.user('cora@x.example');
      await admins();
      expect(await names()).toEqual({ attributes: [], here: [], sent: ['ann@x.example'] });
    });
  });

  describe('and deleted, after which a member is deleted', () => {
    beforeEach(async () => {
      await pilot.write((d) => d.groups.delete(group, azure));
      await pilot.write((d) => d.users.delete(ann, azure));
      await pilot.write((d) => d.users.delete(bea, azure));
    });
    const attributes = [{ path: 'displayName', sent: 'Crew', here: 'Team' }];

    test('differs as before when the members are back before it', async () => {
      await pilot.admin.restore('User', bea);
      await pilot.admin.restore('User', ann);
      await pilot.admin.restore('Group', group);
      expect(await names()).toEqual({ attributes, here: ['bea@x.example'], sent: ['ann@x.example'] });
    });

    test('has lost those who come back later', async () => {
      await pilot.admin.restore('Group', group);
      await pilot.admin.restore('User', bea);
      await pilot.admin.restore('User', ann);
      expect(await names()).toEqual({ attributes, here: [], sent: [] });
    });

    test('knows nothing of those who are purged', async () => {
      await pilot.admin.purge([{ type: 'User', id: bea }]);
      await pilot.user('cora@x.example');
      await pilot.admin.restore('Group', group);
      expect(await names()).toEqual({ attributes, here: [], sent: [] });
    });
  });

  test('has a table of its own', async () => {
    const question = { search: '', state: 'drifted', after: null, limit: 10 } as const;
    expect((await pilot.directory.tables.groups(question)).rows.map(({ id }) => id)).toEqual([group]);
    expect(await pilot.directory.tables.users(question)).toMatchObject({ rows: [], total: 0 });
    await pilot.user('zoe@x.example').then((id) => hand(id, 'title', 'x'));
    expect((await pilot.directory.tables.users({ ...question, search: 'zo' })).rows).toMatchObject([{ drifted: true }]);
  });
});

test('a custom field that moves takes along what was last sent', async () => {
  const place = 'urn:example:ops:2.0:User';
  const id = await pilot.user('a@x.example', { [place]: { costCenter: '12' } });
  const other = await pilot.user('b@x.example', { [place]: { costCenter: '13' } });
  await hand(id, `${place}:costCenter`, '99');
  await hand(other, 'title', 'x');
  const { field } = await pilot.directory.attributes.define({
    label: 'Cost centre',
    type: 'Integer',
    attribute: `${place}:costCenter`,
  });
  expect((await driftOf(id))?.attributes).toMatchObject([{ path: `${place}:costCenter`, sent: 12, here: 99 }]);
  await pilot.directory.attributes.rename(field.id, { label: 'Cost centre', attribute: `${place}:centre` });
  expect((await driftOf(id))?.attributes).toMatchObject([{ path: `${place}:centre`, sent: 12, here: 99 }]);
  expect(await paths(other)).toEqual(['title']);
});
