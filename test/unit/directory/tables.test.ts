import Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TableQuestion } from '../../../src-main/contract/index.ts';
import { directoryQueries } from '../../../src-main/directory/index.ts';
import { databaseFile } from '../../../src-main/storage/index.ts';
import { temporaryFolder } from '../storage/support.ts';
import { azure, enterprise, type Fixture, memberOp, openFixture } from './support.ts';

const baseUrl = 'https://pilot.example/scim/v2';
let pilot: Fixture;

beforeEach(() => {
  pilot = openFixture();
});

const question = (more: Partial<TableQuestion> = {}): TableQuestion => ({
  search: '',
  state: 'current',
  after: null,
  limit: 100,
  ...more,
});
const userNames = async (more: Partial<TableQuestion> = {}) =>
  (await pilot.directory.tables.users(question(more))).rows.map((row) => row.userName);

describe('the Users table', () => {
  test('shows what its columns need, by name', async () => {
    const id = await pilot.user('zoe@x.example', {
      displayName: 'Zoë',
      title: 'Pilot',
      [enterprise]: { department: 'Tides' },
    });
    await pilot.user('ada@x.example', { displayName: 'ada' });
    await pilot.group('Crew', [id]);
    const page = await pilot.directory.tables.users(question());
    expect(page).toMatchObject({ total: 2, next: null });
    expect(page.rows.map((row) => row.name)).toEqual(['ada', 'Zoë']);
    expect(page.rows[1]).toEqual({
      id,
      name: 'Zoë',
      userName: 'zoe@x.example',
      state: 'active',
      department: 'Tides',
      title: 'Pilot',
      groups: 1,
      changedAt: pilot.time.now,
      changedBy: 'azure',
      drifted: false,
    });
  });

  test('pages through equal names without losing or repeating anybody', async () => {
    for (let i = 0; i < 25; i += 1) await pilot.user(`u${i}`, { displayName: i < 20 ? 'Same Name' : `Other ${i}` });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await pilot.directory.tables.users(question({ after, limit: 4 }));
      expect(page.total).toBe(25);
      seen.push(...page.rows.map((row) => row.id));
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test('finds by part of name, userName and e-mail in any case, and by the beginning of an id', async () => {
    const id = await pilot.user('ada@x.example', {
      displayName: 'Ada LOVELACE-Ünal',
      emails: [{ type: 'work', value: 'Countess@Engine.example' }],
    });
    await pilot.user('bob@y.example', { displayName: 'Bob' });
    for (const search of ['lovelace', 'u\u0308NAL', 'ADA@X', 'countess@', ' engine ', id, id.slice(0, 30)]) {
      expect([search, await userNames({ search })]).toEqual([search, ['ada@x.example']]);
    }
    expect(await userNames({ search: '100%' })).toEqual([]);
    expect((await pilot.directory.tables.users(question({ search: 'example', limit: 1 }))).total).toBe(2);
  });

  test('tells current from archived: an archived user is in both, a deleted one only there', async () => {
    await pilot.user('active');
    await pilot.user('archived', { active: false });
    const gone = await pilot.user('gone');
    await pilot.write((d) => d.users.delete(gone, azure));
    expect(await userNames()).toEqual(['active', 'archived']);
    const archived = await pilot.directory.tables.users(question({ state: 'archived' }));
    expect(archived.rows.map((row) => [row.userName, row.state])).toEqual([
      ['archived', 'archived'],
      ['gone', 'deleted'],
    ]);
    expect(archived.total).toBe(2);
  });

  test('a cursor that is none begins at the top', async () => {
    await pilot.user('only');
    expect(await userNames({ after: "'; DROP TABLE users" })).toEqual(['only']);
  });
});

describe('the Groups table', () => {
  test('shows what its columns need, by name, and finds by name', async () => {
    const ada = await pilot.user('ada');
    const id = await pilot.group('Éclair', [ada]);
    const gone = await pilot.group('Gone', [ada]);
    await pilot.write((d) => d.groups.delete(gone, azure));
    const expected = {
      id,
      name: 'Éclair',
      externalId: null,
      state: 'active',
      members: 1,
      changedAt: pilot.time.now,
      changedBy: 'azure',
      drifted: false,
    };
    const page = await pilot.directory.tables.groups(question({ search: 'écl' }));
    expect(page).toEqual({ rows: [expected], next: null, total: 1 });
    const archived = await pilot.directory.tables.groups(question({ state: 'archived' }));
    expect(archived.rows.map((row) => row.name)).toEqual(['Gone']);
  });
});

describe('details', () => {
  test('of a user: fields with their Entra source, groups, manager, resource and history, newest first', async () => {
    const boss = await pilot.user('boss@x.example', { displayName: 'Boss' });
    const id = await pilot.user('ada@x.example', {
      displayName: 'Ada',
      title: 'Old',
      emails: [{ type: 'work', value: 'ada@work.example', primary: true }],
      nickName: 'A',
      [enterprise]: { manager: { value: boss } },
    });
    const group = await pilot.group('Crew', [id]);
    pilot.time.now += 1_000;
    await pilot.patch('User', id, { op: 'Replace', path: 'title', value: 'New' });
    const detail = await pilot.directory.tables.user(id, baseUrl);
    expect(detail).toMatchObject({
      id,
      name: 'Ada',
      groups: 1,
      memberOf: [{ id: group, name: 'Crew' }],
      manager: { id: boss, name: 'Boss' },
    });
    expect(detail?.fields).toContainEqual({ path: 'title', value: 'New', entraSource: 'jobTitle' });
    expect(detail?.fields).toContainEqual({
      path: 'emails[type eq "work"].value',
      value: 'ada@work.example',
      entraSource: 'mail',
    });
    expect(detail?.fields).toContainEqual({ path: 'preferredLanguage', value: null, entraSource: 'preferredLanguage' });
    expect(detail?.fields).toContainEqual({ path: `${enterprise}:manager`, value: boss, entraSource: 'manager' });
    expect(detail?.fields).toContainEqual({ path: 'nickName', value: 'A', entraSource: null });
    expect(detail?.resource).toMatchObject({
      id,
      title: 'New',
      groups: [{ value: group, display: 'Crew' }],
      meta: { location: `${baseUrl}/Users/${id}` },
    });
    expect(detail?.history.map((entry) => entry.kind)).toEqual(['updated', 'created']);
    expect(detail?.olderHistory).toBeNull();
    expect(detail?.history[0]).toEqual({
      position: expect.any(Number),
      at: pilot.time.now,
      kind: 'updated',
      by: 'azure',
      callCode: 'AB123',
      attributes: [{ path: 'title', before: 'Old', after: 'New' }],
      managers: [],
      membersAdded: [],
      membersRemoved: [],
    });
  });

  test('of a deleted user are still there', async () => {
    const id = await pilot.user('ada@x.example', { displayName: 'Ada' });
    await pilot.write((d) => d.users.delete(id, { kind: 'practice', call: { seq: 9, code: 'ZZ999' } }));
    const detail = await pilot.directory.tables.user(id, baseUrl);
    expect(detail).toMatchObject({ state: 'deleted', name: 'Ada', changedBy: 'practice' });
    expect(detail?.history[0]).toMatchObject({ kind: 'deleted', by: 'practice', callCode: 'ZZ999' });
  });

  test('of a group: the first hundred members by name, all counted, and who came and went', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 120; i += 1) ids.push(await pilot.user(`u${i}`, { displayName: `N${String(900 - i)}` }));
    const id = await pilot.group('Crew', ids.slice(0, 119));
    await pilot.patch('Group', id, memberOp('Add', ids[119] ?? ''));
    const detail = await pilot.directory.tables.group(id, baseUrl);
    expect(detail).toMatchObject({ name: 'Crew', members: 120 });
    expect(detail?.firstMembers).toHaveLength(100);
    expect(detail?.firstMembers[0]).toEqual({ id: ids[119], name: 'N781' });
    expect(detail?.resource).not.toHaveProperty('members');
    expect(detail?.history[0]).toMatchObject({ kind: 'updated', membersAdded: [{ id: ids[119], name: 'N781' }] });
    expect(detail?.history[1]?.membersAdded).toHaveLength(100);
    expect(detail?.history[1]?.moreAdded).toBe(19);
    expect(detail?.history[0]).not.toHaveProperty('moreAdded');
  });

  test('of an id that was never given: null', async () => {
    expect(await pilot.directory.tables.user('nobody', baseUrl)).toBeNull();
    expect(await pilot.directory.tables.group('nothing', baseUrl)).toBeNull();
  });
});

describe('a history', () => {
  const all = { before: null, limit: 500 };
  const titles = async (id: string, from: number, to: number) => {
    for (let n = from; n < to; n += 1) await pilot.patch('User', id, { op: 'Replace', path: 'title', value: `T${n}` });
  };

  test('is read page by page down to the first change, whatever comes meanwhile', async () => {
    const [id, other] = [await pilot.user('ada@x.example'), await pilot.user('bea@x.example')];
    for (let n = 0; n < 10; n += 1) {
      await titles(id, n, n + 1);
      await titles(other, n, n + 1);
    }
    const seen: unknown[] = [];
    let before: number | null = null;
    do {
      const page = await pilot.directory.tables.history({ type: 'User', id, before, limit: 4 });
      seen.push(
        ...(page?.entries.map(({ kind, attributes }) => (kind === 'created' ? kind : attributes[0]?.after)) ?? []),
      );
      before = page?.older ?? null;
      await titles(id, 10, 11);
    } while (before !== null);
    expect(seen).toEqual(['T9', 'T8', 'T7', 'T6', 'T5', 'T4', 'T3', 'T2', 'T1', 'T0', 'created']);
  });

  test('ends with a page that holds the first change and no room for more', async () => {
    const id = await pilot.user('ada@x.example');
    await titles(id, 0, 3);
    const page = await pilot.directory.tables.history({ type: 'User', id, before: null, limit: 4 });
    expect(page?.entries.map(({ kind }) => kind)).toEqual(['updated', 'updated', 'updated', 'created']);
    expect(page?.older).toBeNull();
    const last = page?.entries.at(-1)?.position ?? 0;
    expect(await pilot.directory.tables.history({ type: 'User', id, before: last, limit: 4 })).toEqual({
      entries: [],
      older: null,
    });
  });

  test('tells with the record whether there is more than its newest 200', async () => {
    const id = await pilot.user('ada@x.example');
    await titles(id, 0, 199);
    expect(await pilot.directory.tables.user(id, baseUrl)).toMatchObject({ olderHistory: null });
    await titles(id, 199, 201);
    const detail = await pilot.directory.tables.user(id, baseUrl);
    expect(detail?.history).toHaveLength(200);
    expect(detail?.olderHistory).toBe(detail?.history.at(-1)?.position);
    const older = await pilot.directory.tables.history({
      type: 'User',
      id,
      before: detail?.olderHistory ?? null,
      limit: 200,
    });
    expect(older?.entries.map(({ kind }) => kind)).toEqual(['updated', 'created']);
  });

  test('tells how often the record was changed since a call, that call left out, and counts to 1,000', async () => {
    const id = await pilot.user('ada@x.example');
    const since = pilot.time.now;
    const question = { type: 'User' as const, id, since, but: 'AB123' };
    expect(await pilot.directory.tables.changesSince(question)).toBeNull();
    pilot.time.now += 1_000;
    await pilot.admin.editUser(id, [{ path: 'title', value: 'By hand' }]);
    const last = { at: since + 1_000, by: 'admin', callCode: null };
    expect(await pilot.directory.tables.changesSince(question)).toEqual({ changes: 1, more: false, last });
    await titles(id, 0, 999);
    const others = { ...question, but: 'OTHER' };
    const newest = { at: since + 1_000, by: 'azure', callCode: 'AB123' };
    expect(await pilot.directory.tables.changesSince({ ...others, since: since + 1 })).toEqual({
      changes: 1_000,
      more: false,
      last: newest,
    });
    expect(await pilot.directory.tables.changesSince(others)).toEqual({ changes: 1_000, more: true, last: newest });
    expect(await pilot.directory.tables.changesSince(question)).toEqual({ changes: 1, more: false, last });
    expect(await pilot.directory.tables.changesSince({ ...others, id: 'nobody' })).toBeNull();
  });

  test("tells nothing of another record's changes", async () => {
    const [id, other] = [await pilot.user('ada@x.example'), await pilot.user('bea@x.example')];
    const group = await pilot.group('Crew', [id]);
    await titles(other, 0, 2);
    await pilot.patch('Group', group, memberOp('Remove', id));
    for (const { type, ...rest } of [
      { type: 'User' as const, id: other },
      { type: 'Group' as const, id: group },
    ]) {
      const position = (await pilot.directory.tables.history({ type, ...rest, ...all }))?.entries[0]?.position ?? 0;
      const page = await pilot.directory.tables.history({ type: 'User', id, before: position, limit: 10 });
      expect(page).toEqual({ entries: [], older: null });
    }
    expect(await pilot.directory.tables.history({ type: 'Group', id: group, ...all })).toMatchObject({
      entries: [{ membersRemoved: [{ id }] }, { kind: 'created' }],
    });
    expect(await pilot.directory.tables.history({ type: 'User', id: 'nobody', ...all })).toBeNull();
  });
});

describe('how many groups are deleted', () => {
  test('is told beside deleted and hidden users, as they come and go', async () => {
    const [ann, bea] = [await pilot.user('ann@x'), await pilot.user('bea@x'), await pilot.user('cleo@x')];
    const groups = await Promise.all(['Crew', 'Team', 'Staff', 'Club'].map((name) => pilot.group(name, [ann, bea])));
    const [crew = '', team = '', staff = ''] = groups;
    for (const id of [crew, team, staff]) await pilot.write((d) => d.groups.delete(id, azure));
    await pilot.write((d) => d.users.delete(ann, azure));
    await pilot.directory.tenantAdmins.set(['cleo@x']);
    expect(await pilot.directory.tables.deletedGroups()).toBe(3);
    await pilot.admin.restore('Group', crew);
    await pilot.admin.purge([
      { type: 'Group', id: team },
      { type: 'User', id: ann },
    ]);
    await pilot.directory.tenantAdmins.set([]);
    expect(await pilot.directory.tables.deletedGroups()).toBe(1);
  });

  test('is told without walking over the groups', () => {
    const dir = temporaryFolder();
    openFixture(dir);
    const asked: string[] = [];
    const watched = new Database(databaseFile(dir), { readonly: true, verbose: (sql) => asked.push(String(sql)) });
    directoryQueries['directory.deletedGroups'](watched, null);
    const plan = asked.flatMap((sql) => watched.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]);
    watched.close();
    expect(plan.map(({ detail }) => detail).filter((detail) => /^SCAN (?!CONSTANT)/.test(detail))).toEqual([
      'SCAN users USING COVERING INDEX users_deleted',
    ]);
  });
});
