import { beforeEach, describe, expect, test } from 'vitest';
import { azure, type Fixture, groupBody, json, memberOp, openFixture, refusal } from './support.ts';

let pilot: Fixture;
let ada: string;
let bob: string;
let eve: string;

beforeEach(async () => {
  pilot = openFixture();
  ada = await pilot.user('ada@x.example', { displayName: 'Ada' });
  bob = await pilot.user('bob@x.example', { displayName: 'Bob' });
  eve = await pilot.user('eve@x.example', { displayName: 'Eve' });
});

const members = (group: string) => pilot.directory.groups.members(group, null, 1_000).map((member) => member.value);

describe('groups', () => {
  test('are created with members, which the stored text never holds', async () => {
    const { record, change } = await pilot.write((d) => d.groups.create(groupBody('Crew', [ada, bob, ada]), azure));
    expect(json(record)).toMatchObject({ id: record.id, displayName: 'Crew' });
    expect(json(record)).not.toHaveProperty('members');
    expect(change).toMatchObject({
      kind: 'created',
      membersAdded: [
        { id: ada, name: 'Ada' },
        { id: bob, name: 'Bob' },
      ],
    });
    expect(members(record.id)).toEqual([ada, bob]);
    expect(pilot.directory.counts()).toMatchObject({ groups: 1, memberships: 2 });
    expect(pilot.directory.users.get(ada)?.groups).toEqual([{ value: record.id, display: 'Crew' }]);
  });

  test('have unique names by fold; a deleted one frees its name', async () => {
    const id = await pilot.group('Zürich Crew');
    const refused = await refusal(pilot.group('zu\u0308rich CREW'));
    expect(refused).toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect(refused.detail).toContain('displayName');
    expect(refused.detail).toContain(id);
    await pilot.write((d) => d.groups.delete(id, azure));
    expect(pilot.directory.groups.get(id)).toBeNull();
    expect(await pilot.group('zürich crew')).not.toBe(id);
  });

  test('need a name', async () => {
    const refused = await refusal(pilot.write((d) => d.groups.create({ externalId: 'x' }, azure)));
    expect(refused).toMatchObject({ status: 400, scimType: 'invalidValue' });
  });

  test('are renamed, onto a taken name not', async () => {
    await pilot.group('Taken');
    const id = await pilot.group('Crew', [ada]);
    const { change, record } = await pilot.patch('Group', id, {
      op: 'replace',
      path: 'displayName',
      value: 'Crew West',
    });
    expect(change).toMatchObject({ kind: 'updated', name: 'Crew West', membersAdded: [], membersRemoved: [] });
    expect(record.name).toBe('Crew West');
    expect(pilot.directory.users.get(ada)?.groups).toEqual([{ value: id, display: 'Crew West' }]);
    const rename = pilot.patch('Group', id, { op: 'replace', value: { displayName: 'TAKEN' } });
    expect((await refusal(rename)).status).toBe(409);
  });

  test('a deleted group is gone for SCIM and its members are in it no more', async () => {
    const id = await pilot.group('Crew', [ada, bob]);
    const change = await pilot.write((d) => d.groups.delete(id, azure));
    expect(change).toMatchObject({ kind: 'deleted', name: 'Crew', id });
    expect(pilot.directory.users.get(ada)?.groups).toEqual([]);
    expect(pilot.directory.groups.members(id, null, 10)).toEqual([]);
    expect(pilot.directory.counts()).toMatchObject({ groups: 0, memberships: 0, deleted: 1 });
    expect((await pilot.query('User', `groups.value eq "${id}"`)).totalResults).toBe(0);
    expect((await refusal(pilot.patch('Group', id, memberOp('add', eve)))).status).toBe(404);
    await pilot.write((d) => d.users.delete(ada, azure));
    expect(pilot.directory.counts()).toMatchObject({ memberships: 0, deleted: 2 });
  });
});

describe('members', () => {
  let group: string;
  beforeEach(async () => {
    group = await pilot.group('Crew', [ada]);
  });

  test('join and leave in each form Entra sends; revision and history follow', async () => {
    const added = await pilot.patch('Group', group, memberOp('Add', bob, eve));
    expect(added.change).toMatchObject({
      membersAdded: [
        { id: bob, name: 'Bob' },
        { id: eve, name: 'Eve' },
      ],
      membersRemoved: [],
      attributes: [],
    });
    expect(added.record.revision).toBe(2);
    await pilot.patch('Group', group, memberOp('Remove', bob));
    await pilot.patch('Group', group, { op: 'remove', path: `members[value eq "${eve}"]` });
    expect(members(group)).toEqual([ada]);
    await pilot.patch('Group', group, { op: 'add', path: 'members', value: bob });
    expect(members(group)).toEqual([ada, bob]);
    expect(pilot.directory.groups.get(group)?.revision).toBe(5);
    expect(pilot.directory.counts().memberships).toBe(2);
  });

  test('adding one who is in and removing one who is not succeed without effect', async () => {
    const before = pilot.directory.groups.get(group);
    pilot.time.now += 1_000;
    const result = await pilot.patch('Group', group, memberOp('Add', ada), memberOp('Remove', bob, 'never-seen'));
    expect(result).toMatchObject({ change: null, noEffect: [0, 1] });
    expect(pilot.directory.groups.get(group)).toEqual(before);
  });

  test('adding and removing within one request cancel out', async () => {
    const result = await pilot.patch('Group', group, memberOp('Add', bob), memberOp('Remove', bob));
    expect(result.change).toBeNull();
    expect(members(group)).toEqual([ada]);
  });

  test('an unknown or deleted one is refused by id, and nothing of the request is applied', async () => {
    await pilot.write((d) => d.users.delete(eve, azure));
    const refused = await refusal(
      pilot.patch('Group', group, memberOp('Add', bob), memberOp('Add', eve, 'never-seen')),
    );
    expect(refused).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(refused.detail).toContain(eve);
    expect(refused.detail).toContain('never-seen');
    expect(members(group)).toEqual([ada]);
    expect(pilot.directory.counts().memberships).toBe(1);
  });

  test('a group is no member', async () => {
    const inner = await pilot.group('Inner');
    const refused = await refusal(pilot.patch('Group', group, memberOp('Add', inner)));
    expect(refused).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(refused.detail).toMatch(/groups/);
    expect(refused.detail).toContain(inner);
  });

  test('are replaced as a list and cleared', async () => {
    const replaced = await pilot.patch('Group', group, memberOp('Replace', bob, eve));
    expect(replaced.change).toMatchObject({ membersRemoved: [{ id: ada, name: 'Ada' }] });
    expect(members(group)).toEqual([bob, eve]);
    const same = await pilot.patch('Group', group, memberOp('replace', eve, bob));
    expect(same).toMatchObject({ change: null, noEffect: [0] });
    const cleared = await pilot.patch('Group', group, { op: 'Remove', path: 'members' });
    expect(cleared.change?.membersRemoved).toHaveLength(2);
    expect(members(group)).toEqual([]);
    const put = await pilot.write((d) => d.groups.replace(group, groupBody('Crew', [ada]), azure));
    expect(put.change?.membersAdded).toEqual([{ id: ada, name: 'Ada' }]);
  });

  test('come in pages by the last id', async () => {
    await pilot.patch('Group', group, memberOp('Add', bob, eve));
    const first = pilot.directory.groups.members(group, null, 2);
    expect(first).toEqual([
      { value: ada, display: 'Ada' },
      { value: bob, display: 'Bob' },
    ]);
    expect(pilot.directory.groups.members(group, bob, 2)).toEqual([{ value: eve, display: 'Eve' }]);
    expect(pilot.directory.groups.members(group, eve, 2)).toEqual([]);
  });

  test('are found from both sides', async () => {
    await pilot.patch('Group', group, memberOp('Add', bob));
    await pilot.group('Other', [eve]);
    expect((await pilot.query('Group', `members.value eq "${bob}"`)).records.map((r) => r.id)).toEqual([group]);
    expect((await pilot.query('Group', `members[value eq "${bob}"]`)).totalResults).toBe(1);
    expect((await pilot.query('User', `groups.value eq "${group}"`)).records.map((r) => r.id)).toEqual([ada, bob]);
    expect((await pilot.query('Group', 'members.display eq "eve"')).records.map((r) => r.name)).toEqual(['Other']);
    expect((await pilot.query('Group', `not (members.value eq "${bob}")`)).records.map((r) => r.name)).toEqual([
      'Other',
    ]);
  });
});

describe('changes of many members', () => {
  let everyone: string[];
  let group: string;
  const size = 2_300;
  beforeEach(async () => {
    everyone = await Promise.all(
      Array.from({ length: size }, (_, n) => pilot.user(`m${n}@x.example`, { displayName: `M${n}` })),
    );
    group = await pilot.group('Many', everyone);
  }, 30_000);
  const all = () => pilot.directory.groups.members(group, null, 10_000).map((member) => member.value);
  const newest = async () => (await pilot.directory.tables.group(group, 'https://x'))?.history[0];

  test('name the first hundred and count the others, in the change and in history', async () => {
    expect(all()).toEqual(everyone);
    expect(pilot.directory.groups.get(group)?.members).toBe(size);
    expect(await newest()).toMatchObject({ kind: 'created', moreAdded: size - 100 });
    const { change, record } = await pilot.patch('Group', group, { op: 'Remove', path: 'members' });
    expect(change?.membersRemoved).toEqual(everyone.slice(0, 100).map((id, n) => ({ id, name: `M${n}` })));
    expect(change).toMatchObject({ membersAdded: [], moreRemoved: size - 100 });
    expect(change).not.toHaveProperty('moreAdded');
    expect(record.members).toBe(0);
    expect(all()).toEqual([]);
    expect(pilot.directory.counts().memberships).toBe(0);
    const entry = await newest();
    expect(entry).toMatchObject({ kind: 'updated', moreRemoved: size - 100, membersRemoved: change?.membersRemoved });
    expect(entry).not.toHaveProperty('moreAdded');
  });

  test('a list of others takes out and brings in exactly the difference', async () => {
    const wanted = [...everyone.slice(0, 1_100).reverse(), ada, bob];
    const put = await pilot.write((d) => d.groups.replace(group, groupBody('Many', wanted), azure));
    expect(put.change?.membersAdded).toEqual([
      { id: ada, name: 'Ada' },
      { id: bob, name: 'Bob' },
    ]);
    expect(put.change).toMatchObject({ moreRemoved: size - 1_100 - 100 });
    expect(put.change?.membersRemoved[0]).toEqual({ id: everyone[1_100], name: 'M1100' });
    expect(all().toSorted()).toEqual(wanted.toSorted());
    expect(put.record.members).toBe(wanted.length);
    const same = await pilot.patch('Group', group, memberOp('Replace', ...wanted));
    expect(same).toMatchObject({ change: null, noEffect: [0] });
  });

  test('several edits count only what they did together', async () => {
    const { change, noEffect } = await pilot.patch(
      'Group',
      group,
      { op: 'Remove', path: 'members[display sw "M1"]' },
      memberOp('Add', ...everyone, ada),
      memberOp('Remove', ...everyone.slice(0, 150), bob),
      memberOp('Add', ...everyone.slice(0, 150)),
      memberOp('Add', ada),
    );
    expect(change).toMatchObject({ membersAdded: [{ id: ada, name: 'Ada' }], membersRemoved: [] });
    expect(noEffect).toEqual([4]);
    expect(all().toSorted()).toEqual([...everyone, ada].toSorted());
  });

  test('one id among many that is no user refuses them all', async () => {
    const refused = await refusal(pilot.patch('Group', group, memberOp('Replace', ...everyone.slice(5), 'nobody')));
    expect(refused).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(refused.detail).toContain('"nobody"');
    expect(all()).toEqual(everyone);
  });

  test('a user who is in many groups leaves them all, each with its entry', async () => {
    const groups = await Promise.all(Array.from({ length: 150 }, (_, n) => pilot.group(`G${n}`, [ada, bob])));
    const before = pilot.directory.counts().memberships;
    const change = await pilot.write((d) => d.users.delete(ada, azure));
    expect(change.attributes[0]?.before).toHaveLength(100);
    expect(change.attributes[0]?.more).toBe(50);
    expect(pilot.directory.counts().memberships).toBe(before - 150);
    for (const id of [groups[0] ?? '', groups[149] ?? '']) {
      expect(pilot.directory.groups.get(id)).toMatchObject({ revision: 2, members: 1 });
      const detail = await pilot.directory.tables.group(id, 'https://x');
      expect(detail?.history[0]).toMatchObject({
        kind: 'updated',
        callCode: azure.call?.code,
        membersRemoved: [{ id: ada, name: 'Ada' }],
      });
    }
  });
});
