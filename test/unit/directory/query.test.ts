import { beforeEach, describe, expect, test } from 'vitest';
import type { QueryPage } from '../../../src-main/contract/index.ts';
import { parseFilter } from '../../../src-main/scim/index.ts';
import { azure, enterprise, type Fixture, json, names, openFixture, refusal } from './support.ts';

describe('filters', () => {
  let pilot: Fixture;
  beforeEach(async () => {
    pilot = openFixture();
    await pilot.user('Ada@x.example', {
      displayName: 'Ada',
      externalId: 'e1',
      title: 'Tide Analyst',
      emails: [
        { type: 'work', value: 'Ada@Work.example', primary: true },
        { type: 'home', value: 'ada@home.example' },
      ],
    });
    await pilot.user('bob@x.example', { externalId: 'e2', title: 'Pilot', [enterprise]: { department: 'Tides' } });
    await pilot.user('Eve', { displayName: 'École', externalId: 'e2', active: false });
    await pilot.group('Crew', []);
  });

  test.each([
    ['userName eq "ADA@X.EXAMPLE"', ['Ada']],
    ['userName eq "nobody"', []],
    ['userName eq ada@x.example', ['Ada']],
    ['externalId eq "e2"', ['bob@x.example', 'École']],
    ['externalId eq "E2"', []],
    ['externalId eq "e2" and active eq false', ['École']],
    ['active eq "False" and externalId eq "e2"', ['École']],
    ['displayName eq "e\u0301cole"', ['École']],
    ['displayName eq "bob@x.example"', []],
    ['emails.value eq "ada@work.example"', ['Ada']],
    ['emails[type eq "work"].value eq "ada@work.example"', ['Ada']],
    ['emails[type eq "home"].value eq "ada@work.example"', []],
    ['emails[type eq "home" and value eq "ADA@home.example"]', ['Ada']],
    ['title eq "pilot"', ['bob@x.example']],
    ['title co "i"', ['Ada', 'bob@x.example']],
    ['not (title pr)', ['École']],
    [`${enterprise}:department sw "ti"`, ['bob@x.example']],
    ['userName eq "eve" or userName eq "bob@x.example"', ['bob@x.example', 'École']],
    ['meta.created ge "2026-01-01T00:00:00Z"', ['Ada', 'bob@x.example', 'École']],
    ['meta.created lt "2026-01-01T00:00:00Z"', []],
  ])('%s', async (filter, expected) => {
    const page = await pilot.query('User', filter);
    expect(names(page)).toEqual(expected);
    expect(page.totalResults).toBe(expected.length);
  });

  test('indexed ones are answered at once, the rest by a promise', () => {
    const ask = (filter: string) => isPromise(rawQuery(pilot, filter));
    for (const indexed of [
      'userName eq "x"',
      'externalId eq "x"',
      'id eq "x"',
      'displayName eq "x"',
      'emails[type eq "work"].value eq "x"',
      'title co "a" and userName eq "x"',
      'manager eq "x"',
      'groups.value eq "x"',
    ]) {
      expect([indexed, ask(indexed)]).toEqual([indexed, false]);
    }
    expect(ask('title eq "x"')).toBe(true);
  });

  test('a filter on id knows letters from capitals, and deleted users from others', async () => {
    const id = (await pilot.query('User', 'userName eq "eve"')).records[0]?.id ?? '';
    expect((await pilot.query('User', `id eq "${id}"`)).totalResults).toBe(1);
    expect((await pilot.query('User', `id eq "${id.toUpperCase()}"`)).totalResults).toBe(0);
    await pilot.write((d) => d.users.delete(id, azure));
    expect((await pilot.query('User', `id eq "${id}"`)).totalResults).toBe(0);
    expect((await pilot.query('User', 'externalId eq "e2"')).totalResults).toBe(1);
    expect((await pilot.query('User', 'active eq false')).totalResults).toBe(0);
  });

  test('follow changes of e-mail and name', async () => {
    const id = (await pilot.query('User', 'userName eq "ada@x.example"')).records[0]?.id ?? '';
    await pilot.patch('User', id, { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@work.example' });
    await pilot.patch('User', id, { op: 'replace', path: 'displayName', value: 'Ada L' });
    expect((await pilot.query('User', 'emails.value eq "ada@work.example"')).totalResults).toBe(0);
    expect(names(await pilot.query('User', 'emails.value eq "NEW@work.example"'))).toEqual(['Ada L']);
    expect(names(await pilot.query('User', 'emails.value eq "ada@home.example"'))).toEqual(['Ada L']);
    expect((await pilot.query('User', 'displayName eq "ada"')).totalResults).toBe(0);
  });

  test('find groups too', async () => {
    expect(names(await pilot.query('Group', 'displayName eq "CREW"'))).toEqual(['Crew']);
    expect(names(await pilot.query('Group', 'displayName sw "cr"'))).toEqual(['Crew']);
    expect((await pilot.query('Group', 'externalId eq "x"')).totalResults).toBe(0);
  });

  test('an aborted scan ends with the reason of the signal', async () => {
    const abort = new AbortController();
    const asked = rawQuery(pilot, 'title eq "x"', abort.signal);
    abort.abort(new Error('client went away'));
    await expect(asked).rejects.toThrow('client went away');
  });
});

describe('lists', () => {
  let pilot: Fixture;
  const total = 6_200;
  beforeEach(async () => {
    pilot = openFixture();
  });

  test('page from 1, count exactly, and go deep', async () => {
    await Promise.all(Array.from({ length: total }, (_, i) => pilot.user(`u${String(i + 1).padStart(5, '0')}`)));
    const first = await pilot.query('User', null, { startIndex: 0, count: 3 });
    expect(first).toMatchObject({ totalResults: total, startIndex: 1 });
    expect(names(first)).toEqual(['u00001', 'u00002', 'u00003']);
    expect(names(await pilot.query('User', null, { startIndex: 3, count: 2 }))).toEqual(['u00003', 'u00004']);
    expect(names(await pilot.query('User', null, { startIndex: 6_100, count: 2 }))).toEqual(['u06100', 'u06101']);
    expect(names(await pilot.query('User', null, { startIndex: total, count: 5 }))).toEqual(['u06200']);
    expect(await pilot.query('User', null, { startIndex: total + 1, count: 5 })).toMatchObject({
      totalResults: total,
      records: [],
    });
    expect(await pilot.query('User', null, { count: 0 })).toMatchObject({ totalResults: total, records: [] });
    const filtered = await pilot.query('User', 'userName sw "u06"', { startIndex: 200, count: 10 });
    expect(filtered.totalResults).toBe(201);
    expect(names(filtered)).toEqual(['u06199', 'u06200']);
    // More candidates than are looked at on the main thread.
    const crowd = (await pilot.query('User', null, { count: 1_500 })).records.map((record) => record.id);
    const group = await pilot.group('Crowd', crowd);
    const inGroup = await pilot.query('User', `groups.value eq "${group}"`, { startIndex: 1_499, count: 10 });
    expect(inGroup.totalResults).toBe(1_500);
    expect(names(inGroup)).toEqual(['u01499', 'u01500']);
  });

  test('sort by any attribute, either way, those without a value last when ascending', async () => {
    await pilot.user('c', { title: 'beta', name: { familyName: 'Å' } });
    await pilot.user('A', { title: 'Alpha' });
    await pilot.user('b', { name: { familyName: 'Z' } });
    const sorted = async (sortBy: string, descending = false) =>
      names(await pilot.query('User', null, { sortBy, descending }));
    expect(await sorted('userName')).toEqual(['A', 'b', 'c']);
    expect(await sorted('userName', true)).toEqual(['c', 'b', 'A']);
    expect(await sorted('title')).toEqual(['A', 'c', 'b']);
    expect(await sorted('title', true)).toEqual(['b', 'c', 'A']);
    expect(await sorted('name.familyName')).toEqual(['b', 'c', 'A']);
    const page = await pilot.query('User', 'title pr', { sortBy: 'title', startIndex: 2, count: 1 });
    expect(page).toMatchObject({ totalResults: 2, startIndex: 2 });
    expect(names(page)).toEqual(['c']);
  });

  test('sort by what a user holds several of, by times, and ids as they are written', async () => {
    const email = (value: string, more: object = {}) => ({ value, ...more });
    await pilot.user('u1', { emails: [email('c@x.example'), email('a@x.example')] });
    pilot.time.now += 1_000;
    await pilot.user('u2', { emails: [email('z@x.example'), email('B@x.example', { primary: true })], active: false });
    pilot.time.now -= 2_000;
    await pilot.user('u3', { externalId: 'b' });
    await pilot.user('u4', { externalId: 'B', displayName: 'A' });
    const sorted = async (sortBy: string, descending = false) =>
      (await pilot.query('User', null, { sortBy, descending })).records.map((record) => json(record).userName);
    expect(await sorted('emails.value')).toEqual(['u2', 'u1', 'u3', 'u4']);
    expect(await sorted('emails', true)).toEqual(['u3', 'u4', 'u1', 'u2']);
    expect(await sorted('meta.created')).toEqual(['u3', 'u4', 'u1', 'u2']);
    expect(await sorted('externalId')).toEqual(['u4', 'u3', 'u1', 'u2']);
    expect(await sorted('active')).toEqual(['u2', 'u1', 'u3', 'u4']);
    expect(await sorted('displayName')).toEqual(['u4', 'u1', 'u2', 'u3']);
    expect(await pilot.query('User', null, { sortBy: 'userName', count: 0 })).toMatchObject({
      totalResults: 4,
      records: [],
    });
  });

  test('pages in the order of an index and pages that are sorted are the same pages', async () => {
    // Deleted users are in the index of ids, and in no page.
    for (let i = 0; i < 60; i++) await pilot.user(`${['z', 'Ä', 'a', 'B', '😀', '\uffee'][i % 6]}${(i * 37) % 60}`);
    for (let i = 0; i < 20; i++) await pilot.group(`${['z', 'Ä', 'B', '😀'][i % 4]}${(i * 7) % 20}`);
    const users = (await pilot.query('User', null)).records;
    for (const { id } of users.slice(10, 15)) await pilot.write(() => pilot.directory.users.delete(id, azure));
    for (const [type, sortBy, everyone] of [
      ['User', 'userName', 'userName pr'],
      ['User', 'id', 'userName pr'],
      ['Group', 'displayName', 'displayName pr'],
      ['Group', 'id', 'displayName pr'],
    ] as const) {
      for (const descending of [false, true]) {
        for (const startIndex of [1, 8, 54, 5_001]) {
          const page = { sortBy, descending, startIndex, count: 9 };
          expect(await pilot.query(type, null, page)).toEqual(await pilot.query(type, everyone, page));
        }
      }
    }
  });

  test('a sorted page of more rows than are kept at once', async () => {
    const total = 30_000;
    // A third of the titles is the same one.
    const titles = Array.from({ length: total }, (_, i) =>
      i % 3 === 0 ? '15000' : String((i * 7_919) % total).padStart(5, '0'),
    );
    await Promise.all(titles.map((title, i) => pilot.user(`u${i}`, { title, displayName: title })));
    for (const descending of [false, true]) {
      const sorted = titles.toSorted();
      if (descending) sorted.reverse();
      for (const startIndex of [1, 3_999, 4_000, 15_000, 22_000, 29_998, 30_001]) {
        const page = await pilot.query('User', null, { sortBy: 'title', descending, startIndex, count: 3 });
        expect(page.totalResults).toBe(total);
        expect(names(page)).toEqual(sorted.slice(startIndex - 1, startIndex + 2));
      }
    }
  });

  test('a sortBy that names nothing is refused as a path', async () => {
    const refused = await refusal(pilot.query('User', null, { sortBy: 'no such[' }));
    expect(refused.status).toBe(400);
  });
});

function rawQuery(pilot: Fixture, filter: string, signal?: AbortSignal): QueryPage | Promise<QueryPage> {
  const options = { startIndex: 1, count: 10, sortBy: null, descending: false };
  return pilot.directory.users.query({ ...options, filter: parseFilter(filter, 'User') }, signal && (() => signal));
}

function isPromise(value: unknown): boolean {
  if (!(value instanceof Promise)) return false;
  value.catch(() => undefined);
  return true;
}
