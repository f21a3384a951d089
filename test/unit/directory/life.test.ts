import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src-main/contract/index.ts';
import { azure, enterprise, type Fixture, memberOp, openFixture, refusal, refused } from './support.ts';

let pilot: Fixture;
const practice: Actor = { kind: 'practice', call: { seq: 8, code: 'PRAC1' } };

beforeEach(() => {
  pilot = openFixture();
});

const user = async (id: string) => pilot.directory.tables.user(id, 'http://x');
const group = async (id: string) => pilot.directory.tables.group(id, 'http://x');
const removeUser = (id: string, actor = azure) => pilot.write((d) => d.users.delete(id, actor));
const removeGroup = (id: string) => pilot.write((d) => d.groups.delete(id, azure));

describe('restoring', () => {
  test('a user keeps the id and gets groups, reports, e-mail index and state back', async () => {
    const boss = await pilot.user('boss@x.example', {
      active: false,
      emails: [{ type: 'work', value: 'b@mail.example' }],
    });
    const report = await pilot.user('r@x.example', { [enterprise]: { manager: { value: boss } } });
    const crew = await pilot.group('Crew', [boss, report]);
    await removeUser(boss);
    expect(await pilot.admin.restore('User', boss)).toEqual({
      rejoined: [{ id: crew, name: 'Crew' }],
      notRejoined: [],
    });
    expect(pilot.directory.users.get(boss)).toMatchObject({ id: boss, state: 'archived' });
    expect(pilot.directory.counts()).toEqual({ users: 2, archived: 1, groups: 1, memberships: 2, deleted: 0 });
    expect((await user(report))?.manager?.id).toBe(boss);
    expect((await pilot.query('User', 'emails.value eq "b@mail.example"')).totalResults).toBe(1);
    const [entry] = (await user(boss))?.history ?? [];
    expect(entry).toMatchObject({ kind: 'restored', by: 'admin', callCode: null });
    expect((await group(crew))?.history[0]).toMatchObject({ by: 'admin', membersAdded: [{ id: boss }] });
  });

  test('a user of many groups gets all of them back, though the history names the first ones only', async () => {
    const id = await pilot.user('a@x.example');
    const groups = await Promise.all(Array.from({ length: 130 }, (_, i) => pilot.group(`Group ${i}`, [id])));
    await removeUser(id);
    const [deleted] = (await user(id))?.history ?? [];
    expect(deleted?.attributes).toMatchObject([{ path: 'groups', more: 30 }]);
    expect(deleted?.attributes[0]?.before).toHaveLength(100);
    const { rejoined } = await pilot.admin.restore('User', id);
    expect(rejoined.map((group) => group.id)).toEqual(groups);
    expect(pilot.directory.users.get(id)?.groups).toHaveLength(130);
    const [restored] = (await user(id))?.history ?? [];
    expect(restored?.attributes).toMatchObject([{ path: 'groups', more: 30 }]);
  });

  test('says which groups could not take the user back', async () => {
    const id = await pilot.user('a@x.example');
    const [crew, team] = [await pilot.group('Crew', [id]), await pilot.group('Team', [id])];
    await removeUser(id);
    for (const gone of [crew, team]) await removeGroup(gone);
    await pilot.admin.purge([{ type: 'Group', id: team }]);
    const { notRejoined, rejoined } = await pilot.admin.restore('User', id);
    expect(rejoined).toEqual([]);
    expect(notRejoined).toEqual([
      { name: 'Crew', why: 'deleted' },
      { name: 'Team', why: 'purged' },
    ]);
  });

  test('is refused in words when the name is taken, when nothing is deleted, and for unknown ids', async () => {
    const id = await pilot.user('a@x.example', { displayName: 'Ann' });
    expect(await refused(pilot.admin.restore('User', id))).toMatchObject({ code: 'taken' });
    await removeUser(id);
    const other = await pilot.user('A@x.example', { displayName: 'Another Ann' });
    const { code, message: detail } = await refused(pilot.admin.restore('User', id));
    expect(code).toBe('taken');
    expect(detail).toContain('"Another Ann"');
    expect(detail).toContain(other);
    expect(detail).toContain('Rename or purge that one first');
    expect((await user(id))?.state).toBe('deleted');
    expect(await refused(pilot.admin.restore('User', 'nobody'))).toMatchObject({ code: 'unknown' });
    const crew = await pilot.group('Crew');
    await removeGroup(crew);
    await pilot.group('crew');
    expect(await refused(pilot.admin.restore('Group', crew))).toMatchObject({ code: 'taken' });
  });

  test('a group comes back with its members, save users deleted since', async () => {
    const [ann, bea] = [await pilot.user('ann@x.example'), await pilot.user('bea@x.example')];
    const crew = await pilot.group('Crew', [ann, bea]);
    await removeGroup(crew);
    await removeUser(bea);
    await pilot.admin.restore('Group', crew);
    expect(pilot.directory.groups.members(crew, null, 10).map(({ value }) => value)).toEqual([ann]);
    expect((await group(crew))?.members).toBe(1);
    expect(pilot.directory.counts()).toMatchObject({ groups: 1, memberships: 1, deleted: 1 });
    expect(await pilot.admin.restore('User', bea)).toEqual({ rejoined: [], notRejoined: [] });
  });

  test('of what Azure deleted is drift until Azure writes it again; putting back deletes it again', async () => {
    const id = await pilot.user('a@x.example');
    await removeUser(id);
    await pilot.admin.restore('User', id);
    expect((await user(id))?.drift).toMatchObject({ deleted: { callCode: 'AB123' }, attributes: [] });
    await pilot.admin.editUser(id, [{ path: 'title', value: 'x' }]);
    expect((await user(id))?.drift?.deleted).not.toBeNull();
    await pilot.admin.putBack('User', id);
    expect(await user(id)).toMatchObject({ state: 'deleted', drift: null });
    await pilot.admin.restore('User', id);
    expect((await user(id))?.drift?.deleted).not.toBeNull();
    await pilot.patch('User', id, { op: 'Replace', path: 'active', value: 'True' });
    expect((await user(id))?.drift).toMatchObject({ deleted: null, attributes: [{ path: 'title', here: 'x' }] });
    await pilot.patch('User', id, { op: 'Remove', path: 'title' });
    expect((await user(id))?.drift).toBeNull();
  });

  test('of what Azure deleted is no drift any more once Azure writes it, where nobody edited it', async () => {
    const id = await pilot.user('a@x.example');
    await removeUser(id);
    await pilot.admin.restore('User', id);
    await pilot.patch('User', id, { op: 'Replace', path: 'active', value: 'True' });
    expect((await user(id))?.drift).toBeNull();
  });

  test('brings back what was edited by hand before Azure deleted it, and when that was', async () => {
    const id = await pilot.user('a@x.example', { title: 'Sent', nickName: 'Al' });
    const edited = pilot.time.now;
    await pilot.admin.editUser(id, [{ path: 'title', value: 'By hand' }]);
    pilot.time.now += 60_000;
    await removeUser(id);
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 0, groups: 0 });
    expect(await user(id)).toMatchObject({ drifted: false, drift: null });
    const table = { search: '', state: 'drifted', after: null, limit: 10 } as const;
    expect((await pilot.directory.tables.users(table)).total).toBe(0);
    pilot = await pilot.restart();
    await pilot.admin.restore('User', id);
    const title = { path: 'title', sent: 'Sent', here: 'By hand' };
    expect((await user(id))?.drift).toMatchObject({
      since: edited,
      deleted: { at: edited + 60_000, callCode: 'AB123' },
      attributes: [title],
    });
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 1, groups: 0 });
    expect((await pilot.directory.tables.users(table)).total).toBe(1);
    await pilot.patch('User', id, { op: 'Replace', path: 'nickName', value: 'Bo' });
    expect((await user(id))?.drift).toMatchObject({ deleted: null, attributes: [title] });
    await pilot.admin.putBack('User', id);
    expect((await user(id))?.resource).toMatchObject({ title: 'Sent', nickName: 'Bo' });
  });

  test('brings back the name and members of a group that were edited by hand', async () => {
    const [ann, bea, cleo] = [await pilot.user('ann@x'), await pilot.user('bea@x'), await pilot.user('cleo@x')];
    const crew = await pilot.group('Crew', [ann]);
    await pilot.admin.editGroup(crew, { displayName: 'Team', add: [bea, cleo], remove: [ann] });
    await removeGroup(crew);
    await removeUser(cleo);
    await pilot.admin.restore('Group', crew);
    const differs = {
      attributes: [{ path: 'displayName', sent: 'Crew', here: 'Team' }],
      membersHere: [{ id: bea }],
      membersSent: [{ id: ann }],
    };
    expect((await group(crew))?.drift).toMatchObject({ ...differs, deleted: { callCode: 'AB123' } });
    expect((await group(crew))?.drift?.membersHere).toHaveLength(1);
    await pilot.patch('Group', crew, memberOp('Add', ann));
    expect((await group(crew))?.drift).toMatchObject({ ...differs, deleted: null, membersSent: [] });
  });

  test('of a user hidden as a tenant admin brings back what was edited by hand', async () => {
    const id = await pilot.user('a@x.example', { title: 'Sent' });
    await pilot.admin.editUser(id, [{ path: 'title', value: 'By hand' }]);
    await pilot.directory.tenantAdmins.set(['a@x.example']);
    expect(await pilot.directory.tables.drifted()).toEqual({ users: 0, groups: 0 });
    await pilot.directory.tenantAdmins.set([]);
    expect((await user(id))?.drift).toMatchObject({ deleted: null, attributes: [{ path: 'title', sent: 'Sent' }] });
  });
});

describe('purging', () => {
  test('leaves nothing of a user but a tombstone', async () => {
    const id = await pilot.user('ann@x.example', { displayName: 'Ann Secret', emails: [{ value: 's@mail.example' }] });
    const crew = await pilot.group('Crew', [id]);
    const old = await pilot.group('Old crew', [id]);
    await removeGroup(old);
    await pilot.admin.purge([{ type: 'User', id }]);
    expect(await user(id)).toBeNull();
    expect(pilot.directory.counts()).toEqual({ users: 0, archived: 0, groups: 1, memberships: 0, deleted: 1 });
    const history = (await group(crew))?.history ?? [];
    expect(JSON.stringify(history)).not.toContain('Ann');
    expect(history[0]).toMatchObject({ by: 'admin', membersRemoved: [{ id, name: 'purged user' }] });
    expect((await group(old))?.members).toBe(0);
    const { status, detail } = await refusal(pilot.patch('User', id, { op: 'Replace', path: 'title', value: 'x' }));
    expect(status).toBe(404);
    expect(detail).toContain('was purged here on 2026-03-03 08:00:00 UTC');
    expect(detail).toContain('full reset');
    expect(pilot.directory.users.absence(id)).toBe(detail);
    const add = await refusal(pilot.patch('Group', crew, memberOp('Add', id)));
    expect(add).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(add.detail).toContain('purged here');
    expect(await refused(pilot.admin.restore('User', id))).toMatchObject({ code: 'unknown' });
  });

  test('a purged manager is like a deleted one', async () => {
    const boss = await pilot.user('boss@x.example');
    const report = await pilot.user('r@x.example', { [enterprise]: { manager: { value: boss } } });
    await pilot.admin.purge([{ type: 'User', id: boss }]);
    await pilot.patch('User', report, { op: 'Replace', path: `${enterprise}:manager`, value: boss });
    expect(await user(report)).toMatchObject({ manager: null, drift: null });
  });

  test('the name is free for a new record with a new id', async () => {
    const crew = await pilot.group('Crew');
    await pilot.admin.purge([{ type: 'Group', id: crew }]);
    const again = await pilot.group('Crew');
    expect(again).not.toBe(crew);
    expect((await group(again))?.history).toHaveLength(1);
  });

  test('takes groups and histories of more rows than one step erases', async () => {
    const members = await Promise.all(Array.from({ length: 1_100 }, (_, n) => pilot.user(`u${n}@x.example`)));
    const crew = await pilot.group('Crew', members);
    const renames = Array.from({ length: 600 }, (_, n) => ({ displayName: `Crew ${n}`, add: [], remove: [] }));
    await Promise.all(renames.map((edit) => pilot.admin.editGroup(crew, edit)));
    await pilot.admin.purge([{ type: 'Group', id: crew }]);
    expect(await group(crew)).toBeNull();
    expect(pilot.directory.counts()).toMatchObject({ groups: 0, memberships: 0, deleted: 0 });
    expect(await pilot.directory.tables.purgedKnown()).toBe(1);
  });

  test('counts the ids that Azure still knows: not practice, not what Azure deleted itself', async () => {
    const kept = await pilot.user('kept@x.example');
    const gone = await pilot.user('gone@x.example');
    const practised = (await pilot.write((d) => d.users.create({ userName: 'p@x.example' }, practice))).record.id;
    expect((await user(kept))?.knownByAzure).toBe(true);
    expect((await user(practised))?.knownByAzure).toBe(false);
    await removeUser(gone);
    await removeUser(practised, practice);
    expect(await pilot.admin.deleted()).toEqual({ users: 2, groups: 0, knownByAzure: 0 });
    expect(await pilot.admin.purgeDeleted()).toEqual({ users: 2, groups: 0, knownByAzure: 0 });
    expect(await pilot.directory.tables.purgedKnown()).toBe(0);
    await pilot.admin.purge([{ type: 'User', id: kept }]);
    expect(await pilot.directory.tables.purgedKnown()).toBe(1);
    expect(pilot.directory.users.absence(gone)).toMatch(/was purged here on .* Its id is never given again\.$/);
    expect(pilot.directory.counts()).toMatchObject({ users: 0, deleted: 0 });
  });

  test('counts and takes more deleted users than are read at once, and none that was deleted later', async () => {
    const ids = await Promise.all(Array.from({ length: 620 }, (_, i) => pilot.user(`u${i}@x.example`)));
    const [later = '', ...now] = ids;
    await Promise.all(now.map((id) => removeUser(id)));
    expect(await pilot.admin.deleted()).toEqual({ users: 619, groups: 0, knownByAzure: 0 });
    pilot.time.now += 1;
    await removeUser(later);
    pilot.time.now -= 1;
    expect(await pilot.admin.purgeDeleted()).toEqual({ users: 619, groups: 0, knownByAzure: 0 });
    expect(await pilot.admin.deleted()).toEqual({ users: 1, groups: 0, knownByAzure: 0 });
  });

  test('of all that is deleted passes over what is purged or restored meanwhile, and takes the others', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, (_, i) => pilot.user(`u${i}@x.example`)));
    const [first = '', last = ''] = [ids[0], ids[59]];
    await Promise.all(ids.map((id) => removeUser(id)));
    const purge = pilot.admin.purgeDeleted();
    pilot.time.now += 1;
    await Promise.all([pilot.admin.restore('User', last), pilot.admin.purge([{ type: 'User', id: first }])]);
    expect(await purge).toEqual({ users: 58, groups: 0, knownByAzure: 0 });
    expect((await user(last))?.state).toBe('active');
    expect(pilot.directory.counts()).toMatchObject({ users: 1, deleted: 0 });
  });

  test('leaves users who are hidden as tenant admins, and forgets one who is purged', async () => {
    const [kept, gone] = [await pilot.user('kept@x.example'), await pilot.user('gone@x.example')];
    await pilot.directory.tenantAdmins.set(['kept@x.example', 'gone@x.example']);
    expect(await pilot.admin.purgeDeleted()).toEqual({ users: 0, groups: 0, knownByAzure: 0 });
    await pilot.admin.purge([{ type: 'User', id: gone }]);
    expect(pilot.directory.tenantAdmins.hidden(gone)).toBeNull();
    await pilot.directory.tenantAdmins.set([]);
    expect(pilot.directory.users.get(kept)?.state).toBe('active');
  });

  test('leaves no drift to a record that gets its place', async () => {
    const id = await pilot.user('ann@x.example');
    const member = await pilot.user('bea@x.example');
    const crew = await pilot.group('Crew');
    await pilot.admin.editUser(id, [{ path: 'title', value: 'x' }]);
    await pilot.admin.editGroup(crew, { displayName: 'Team', add: [member], remove: [] });
    for (const remove of [removeUser(id), removeUser(member), removeGroup(crew)]) await remove;
    await pilot.admin.purgeDeleted();
    const [next, team] = [await pilot.user('cleo@x.example'), await pilot.group('Crew')];
    expect([(await user(next))?.drift, (await group(team))?.drift]).toEqual([null, null]);
    await pilot.admin.editUser(next, [{ path: 'title', value: 'y' }]);
    await pilot.admin.editGroup(team, { displayName: null, add: [next], remove: [] });
    expect((await group(team))?.drift?.membersHereInAll).toBe(1);
    expect((await user(next))?.drift?.attributes).toHaveLength(1);
  });

  test('makes a captured answer about the record unreadable, and never shows another record in its place', async () => {
    const id = await pilot.user('ann@x.example');
    const row = pilot.directory.users.get(id);
    await pilot.admin.purge([{ type: 'User', id }]);
    pilot.time.now += 1;
    const next = await pilot.user('bea@x.example');
    expect(pilot.directory.users.get(next)?.row).toBe(row?.row);
    expect((await user(next))?.history).toHaveLength(1);
    expect((await user(next))?.drift).toBeNull();
  });
});
