import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src-main/contract/index.ts';
import { databaseFile } from '../../../src-main/storage/index.ts';
import { temporaryFolder } from '../storage/support.ts';
import { azure, enterprise, type Fixture, json, openFixture, refusal, userBody } from './support.ts';

let pilot: Fixture;

beforeEach(() => {
  pilot = openFixture();
});

describe('attributes without a field', () => {
  test('are still known after a restart when the first write that brought one was refused', async () => {
    await pilot.user('taken@x.example');
    const id = await pilot.user('other@x.example');
    const put = (userName: string) =>
      pilot.write((d) => d.users.replace(id, userBody(userName, { shoeSize: '44' }), azure));
    await refusal(put('taken@x.example'));
    await put('other@x.example');
    const again = await pilot.restart();
    const { unmapped } = await again.directory.attributes.overview();
    expect(unmapped).toMatchObject([{ path: 'shoeSize', lastCall: 'AB123', records: 1 }]);
  });
});

describe('creating users', () => {
  test('keeps the document, gives an id and active:true, and says what was created', async () => {
    const body = userBody('Orla@fabrikvale.example', { displayName: 'Orla Brandt', title: 'Tide Analyst' });
    const { record, change } = await pilot.write((d) => d.users.create(body, azure));
    expect(record.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(record).toMatchObject({ name: 'Orla Brandt', revision: 1, state: 'active', createdAt: pilot.time.now });
    expect(json(record)).toMatchObject({ id: record.id, userName: 'Orla@fabrikvale.example', active: true });
    expect(record.json).toMatch(/^\{"schemas":\[[^\]]*\],"id":"/);
    expect(change).toMatchObject({ kind: 'created', id: record.id, name: 'Orla Brandt' });
    expect(change?.attributes).toContainEqual({ path: 'title', after: 'Tide Analyst' });
    expect(pilot.directory.users.get(record.id)).toEqual(record);
  });

  test('active:false creates an archived user', async () => {
    const id = await pilot.user('a@x.example', { active: false });
    expect(pilot.directory.users.get(id)?.state).toBe('archived');
    expect(pilot.directory.counts()).toMatchObject({ users: 1, archived: 1 });
  });

  test('a missing or empty userName is refused', async () => {
    const bodies: JsonObject[] = [{ displayName: 'Nobody' }, { userName: '' }, { userName: 7 }];
    for (const body of bodies) {
      const refused = await refusal(pilot.write((d) => d.users.create(body, azure)));
      expect(refused).toMatchObject({ status: 400, scimType: 'invalidValue' });
    }
    expect(pilot.directory.counts().users).toBe(0);
  });

  test.each([
    ['ORLA@x.example', 'orla@X.example'],
    ['École', 'e\u0301cole'],
    ['İstanbul', 'i\u0307stanbul'],
    ['STRAßE@x.example', 'straße@x.example'],
    ['ΣΑΣ', 'σας'],
  ])('%s and %s are one userName', async (first, second) => {
    const id = await pilot.user(first);
    const refused = await refusal(pilot.user(second));
    expect(refused).toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect(refused.detail).toContain('userName');
    expect(refused.detail).toContain(id);
  });

  test('names that only look alike stay apart', async () => {
    await pilot.user('straße');
    await pilot.user('strasse');
    await pilot.user('strasze');
    expect(pilot.directory.counts().users).toBe(3);
  });

  test('a refused user in a group of writes leaves the others', async () => {
    await pilot.user('taken@x.example');
    const results = await Promise.allSettled(['a', 'taken', 'b'].map((name) => pilot.user(`${name}@x.example`)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(pilot.directory.counts().users).toBe(3);
  });
});

describe('changing users', () => {
  test('a patch changes, counts and dates the record', async () => {
    const id = await pilot.user('a@x.example', { title: 'Old' });
    pilot.time.now += 5_000;
    const { record, change } = await pilot.patch('User', id, { op: 'Replace', path: 'title', value: 'New' });
    expect(record).toMatchObject({ revision: 2, modifiedAt: pilot.time.now, createdAt: pilot.time.now - 5_000 });
    expect(change).toMatchObject({ kind: 'updated', attributes: [{ path: 'title', before: 'Old', after: 'New' }] });
    expect(json(pilot.directory.users.get(id)).title).toBe('New');
  });

  test('a patch and a put that change nothing succeed and leave revision and date alone', async () => {
    const id = await pilot.user('a@x.example', { title: 'Same' });
    const before = pilot.directory.users.get(id);
    pilot.time.now += 5_000;
    const patched = await pilot.patch('User', id, { op: 'replace', path: 'title', value: 'Same' });
    expect(patched).toMatchObject({ change: null, noEffect: [0] });
    const put = await pilot.write((d) =>
      d.users.replace(id, userBody('a@x.example', { title: 'Same', active: true }), azure),
    );
    expect(put.change).toBeNull();
    expect(put.record).toEqual(before);
    expect(pilot.directory.users.get(id)).toEqual(before);
  });

  test('active false archives, true restores; "False" as text too', async () => {
    const id = await pilot.user('a@x.example');
    const archived = await pilot.patch('User', id, { op: 'Replace', path: 'active', value: 'False' });
    expect(archived.change?.kind).toBe('archived');
    expect(pilot.directory.users.get(id)?.state).toBe('archived');
    expect((await pilot.query('User', 'userName eq "a@x.example"')).totalResults).toBe(1);
    expect(pilot.directory.counts()).toMatchObject({ users: 1, archived: 1 });
    const restored = await pilot.patch('User', id, { op: 'Replace', path: 'active', value: 'True' });
    expect(restored.change?.kind).toBe('restored');
    expect(pilot.directory.counts()).toMatchObject({ users: 1, archived: 0 });
  });

  test('a put or a remove that leaves active out restores nobody', async () => {
    const id = await pilot.user('a@x.example', { active: false });
    await pilot.write((d) => d.users.replace(id, userBody('a@x.example', { title: 'New' }), azure));
    expect(json(pilot.directory.users.get(id))).toMatchObject({ active: false, title: 'New' });
    await pilot.patch('User', id, { op: 'remove', path: 'active' });
    await pilot.patch('User', id, { op: 'replace', path: 'title', value: 'Newer' });
    expect(pilot.directory.users.get(id)?.state).toBe('archived');
    expect(json(pilot.directory.users.get(id))).not.toHaveProperty('active');
    await pilot.patch('User', id, { op: 'replace', path: 'active', value: true });
    expect(pilot.directory.users.get(id)?.state).toBe('active');
  });

  test('a rename onto a taken name is refused whole; onto its own other spelling it is not', async () => {
    const holder = await pilot.user('a@x.example');
    const id = await pilot.user('b@x.example', { title: 'Old' });
    const refused = await refusal(
      pilot.patch(
        'User',
        id,
        { op: 'replace', path: 'title', value: 'New' },
        { op: 'replace', path: 'userName', value: 'A@x.example' },
      ),
    );
    expect(refused).toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect(refused.detail).toContain(holder);
    expect(json(pilot.directory.users.get(id))).toMatchObject({ userName: 'b@x.example', title: 'Old' });
    await pilot.patch('User', id, { op: 'replace', path: 'userName', value: 'B@X.example' });
    expect(json(pilot.directory.users.get(id)).userName).toBe('B@X.example');
  });

  test('one that an earlier release let grow too large is still read, disabled and made smaller, and grows no more', async () => {
    const dir = temporaryFolder();
    pilot = openFixture(dir);
    const id = await pilot.user('a@x.example', { photoA: 'small' });
    const db = new Database(databaseFile(dir));
    db.prepare(`UPDATE users SET json = replace(json, 'small', ?) WHERE id = ?`).run('x'.repeat(3_000_000), id);
    db.close();
    expect((await pilot.query('User', null)).records).toHaveLength(1);
    await pilot.patch('User', id, { op: 'replace', path: 'active', value: 'False' });
    expect(pilot.directory.users.get(id)?.state).toBe('archived');
    const grown = await refusal(pilot.patch('User', id, { op: 'add', path: 'photoB', value: 'y'.repeat(2_000) }));
    expect(grown).toMatchObject({ status: 400, scimType: 'invalidValue' });
    await pilot.patch('User', id, { op: 'replace', path: 'photoA', value: 'z'.repeat(2_500_000) });
    expect(pilot.directory.users.get(id)?.json.length).toBeLessThan(2_600_000);
  });

  test('unknown ids are 404', async () => {
    const gone = '00000000-0000-7000-8000-000000000000';
    expect(pilot.directory.users.get(gone)).toBeNull();
    const attempts = [
      pilot.patch('User', gone, { op: 'replace', path: 'title', value: 'x' }),
      pilot.write((d) => d.users.replace(gone, userBody('x'), azure)),
      pilot.write((d) => d.users.delete(gone, azure)),
    ];
    for (const attempt of attempts) expect((await refusal(attempt)).status).toBe(404);
  });
});

describe('deleting users', () => {
  test('hides the user from SCIM, frees the name and leaves groups, all in history', async () => {
    const id = await pilot.user('a@x.example', { displayName: 'Ada' });
    const group = await pilot.group('Crew', [id]);
    const change = await pilot.write((d) => d.users.delete(id, azure));
    expect(change).toMatchObject({
      kind: 'deleted',
      name: 'Ada',
      attributes: [{ path: 'groups', before: [{ value: group, display: 'Crew' }] }],
    });
    expect(pilot.directory.users.get(id)).toBeNull();
    expect((await pilot.query('User', 'userName eq "a@x.example"')).totalResults).toBe(0);
    expect((await pilot.query('User', null)).totalResults).toBe(0);
    expect((await refusal(pilot.write((d) => d.users.delete(id, azure)))).status).toBe(404);
    expect(pilot.directory.groups.members(group, null, 10)).toEqual([]);
    expect(pilot.directory.groups.get(group)?.revision).toBe(2);
    expect(pilot.directory.counts()).toEqual({ users: 0, archived: 0, groups: 1, memberships: 0, deleted: 1 });
    const again = await pilot.user('a@x.example');
    expect(again).not.toBe(id);
    const seen = await pilot.directory.tables.group(group, 'http://localhost');
    expect(seen?.history[0]).toMatchObject({
      kind: 'updated',
      membersRemoved: [{ id, name: 'Ada' }],
      callCode: 'AB123',
    });
  });

  test('an archived user that is deleted counts as deleted only', async () => {
    const id = await pilot.user('a@x.example', { active: false });
    await pilot.write((d) => d.users.delete(id, azure));
    expect(pilot.directory.counts()).toMatchObject({ users: 0, archived: 0, deleted: 1 });
  });
});

describe('managers', () => {
  const path = `${enterprise}:manager`;

  test('are kept as sent and found by filter', async () => {
    const boss = await pilot.user('boss@x.example');
    const id = await pilot.user('a@x.example');
    await pilot.patch('User', id, { op: 'Add', path, value: boss });
    expect(json(pilot.directory.users.get(id))[enterprise]).toMatchObject({ manager: { value: boss } });
    for (const filter of [`manager eq ${boss}`, `id eq ${id} and manager eq ${boss}`, `${path}.value eq "${boss}"`]) {
      expect((await pilot.query('User', filter)).records.map((record) => record.id)).toEqual([id]);
    }
    expect((await pilot.query('User', `id eq ${boss} and manager eq ${boss}`)).totalResults).toBe(0);
  });

  test('a deleted manager is hidden, also through later changes, and the ETag says so', async () => {
    const boss = await pilot.user('boss@x.example');
    const id = await pilot.user('a@x.example', { [enterprise]: { manager: { value: boss } } });
    const other = await pilot.user('b@x.example', { [enterprise]: { manager: { value: boss }, department: 'Tides' } });
    await pilot.write((d) => d.users.delete(boss, azure));
    expect(json(pilot.directory.users.get(id))[enterprise]).toBeUndefined();
    expect(json(pilot.directory.users.get(other))[enterprise]).toEqual({ department: 'Tides' });
    expect(pilot.directory.users.get(id)?.revision).toBe(2);
    expect((await pilot.query('User', `manager eq ${boss}`)).totalResults).toBe(0);
    await pilot.patch('User', id, { op: 'replace', path: 'title', value: 'New' });
    expect(json(pilot.directory.users.get(id))[enterprise]).toBeUndefined();
    const next = await pilot.user('next@x.example');
    await pilot.patch('User', id, { op: 'Replace', path, value: next });
    expect(json(pilot.directory.users.get(id))[enterprise]).toMatchObject({ manager: { value: next } });
  });

  test('naming a deleted manager changes nothing that SCIM shows: no change, no new revision', async () => {
    const boss = await pilot.user('boss@x.example');
    const id = await pilot.user('a@x.example', { title: 'Analyst' });
    await pilot.write((d) => d.users.delete(boss, azure));
    const patched = await pilot.patch('User', id, { op: 'Add', path, value: boss });
    expect(patched.change).toBeNull();
    expect(patched.record.revision).toBe(1);
    const body = { userName: 'a@x.example', title: 'Lead', [enterprise]: { manager: { value: boss } } };
    const put = await pilot.write((d) => d.users.replace(id, body, azure));
    expect(put.change?.attributes).toEqual([{ path: 'title', before: 'Analyst', after: 'Lead' }]);
    const created = await pilot.write((d) => d.users.create({ ...body, userName: 'b@x.example' }, azure));
    expect(created.change?.attributes.map((change) => change.path)).toEqual(['userName', 'title', 'active']);
    expect(json(created.record)[enterprise]).toBeUndefined();
  });

  test('a manager replaced by a deleted one is gone', async () => {
    const [boss, gone] = [await pilot.user('boss@x.example'), await pilot.user('gone@x.example')];
    const id = await pilot.user('a@x.example', { [enterprise]: { manager: { value: boss } } });
    await pilot.write((d) => d.users.delete(gone, azure));
    const { change, record } = await pilot.patch('User', id, { op: 'Replace', path, value: gone });
    expect(change?.attributes).toEqual([{ path: `${path}.value`, before: boss }]);
    expect(json(record)[enterprise]).toBeUndefined();
  });
});

test('everything survives a restart', async () => {
  const id = await pilot.user('a@x.example', { displayName: 'Ada', active: false });
  const group = await pilot.group('Crew', [id]);
  const before = [pilot.directory.users.get(id), pilot.directory.groups.get(group), pilot.directory.counts()];
  const later = await pilot.restart();
  expect([later.directory.users.get(id), later.directory.groups.get(group), later.directory.counts()]).toEqual(before);
  expect(later.directory.users.get(id)?.groups).toEqual([{ value: group, display: 'Crew' }]);
  expect((await refusal(later.user('A@x.example'))).status).toBe(409);
});
