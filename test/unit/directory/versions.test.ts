import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { forgetReplacedTexts, recordAt } from '../../../src-main/directory/index.ts';
import { documentOf } from '../../../src-main/scim/index.ts';
import { databaseFile } from '../../../src-main/storage/index.ts';
import { temporaryFolder } from '../storage/support.ts';
import { type Fixture, memberOp, openFixture } from './support.ts';

/** A directory, and a connection of its own to its database. */
function open(): { pilot: Fixture; db: Database.Database } {
  const dir = temporaryFolder();
  return { pilot: openFixture(dir), db: new Database(databaseFile(dir)) };
}

/** Ada with the titles One, Two and Three one after the other, an hour apart; her key, and when she was created. */
async function threeTitles({ pilot, db }: ReturnType<typeof open>) {
  const createdAt = pilot.time.now;
  const id = await pilot.user('ada@x.example', { title: 'One', emails: [{ type: 'work', value: 'ada@x.example' }] });
  for (const value of ['Two', 'Three']) {
    pilot.time.now += 3_600_000;
    await pilot.patch('User', id, { op: 'replace', path: 'title', value });
  }
  const row = Number(db.prepare('SELECT row FROM users WHERE id = ?').pluck().get(id));
  const titleAt = (revision: number, modifiedAt = createdAt) => {
    const record = recordAt(db, 'User', { row, revision, modifiedAt });
    return record === null ? null : documentOf(record.json).title;
  };
  return { id, row, createdAt, titleAt };
}

const historyOf = async (pilot: Fixture, id: string) => (await pilot.directory.tables.user(id, 'http://x'))?.history;

test('a record as it stood at each of its revisions; none from before the record was created', async () => {
  const opened = open();
  const { titleAt, createdAt } = await threeTitles(opened);
  expect([1, 2, 3].map((revision) => titleAt(revision))).toEqual(['One', 'Two', 'Three']);
  expect(titleAt(1, createdAt - 1)).toBeNull();
  opened.db.close();
});

test('a group as it stood before it was renamed, whatever happened to its members since', async () => {
  const { pilot, db } = open();
  const [id, user] = [await pilot.group('Before'), await pilot.user('ada@x.example')];
  const createdAt = pilot.time.now;
  await pilot.patch('Group', id, memberOp('Add', user));
  await pilot.patch('Group', id, { op: 'replace', path: 'displayName', value: 'After' });
  await pilot.patch('Group', id, memberOp('Remove', user));
  const row = Number(db.prepare('SELECT row FROM groups WHERE id = ?').pluck().get(id));
  const names = [1, 2, 3, 4].map((revision) => {
    const record = recordAt(db, 'Group', { row, revision, modifiedAt: createdAt });
    return record === null ? null : documentOf(record.json).displayName;
  });
  expect(names).toEqual(['Before', 'Before', 'After', 'After']);
  db.close();
});

test('replaced texts are forgotten by age and in steps, the first one of a user never', async () => {
  const opened = open();
  const { titleAt, createdAt } = await threeTitles(opened);
  expect(forgetReplacedTexts(opened.db, 0, createdAt, 100)).toBe(0);
  expect(forgetReplacedTexts(opened.db, 0, createdAt + 1, 100)).toBe(1);
  const first = forgetReplacedTexts(opened.db, 0, Number.MAX_SAFE_INTEGER, 2);
  const all = forgetReplacedTexts(opened.db, first, Number.MAX_SAFE_INTEGER, 2);
  expect([first, all]).toEqual([2, 3]);
  expect(forgetReplacedTexts(opened.db, all, Number.MAX_SAFE_INTEGER, 2)).toBe(all);
  expect([1, 2, 3].map((revision) => titleAt(revision))).toEqual(['One', null, 'Three']);
  opened.db.close();
});

test("a user's history tells what it was created with, changed since or not, its texts forgotten or not", async () => {
  const { pilot, db } = open();
  const created = [
    { path: 'userName', after: 'ada@x.example' },
    { path: 'title', after: 'One' },
    { path: 'emails[type eq "work"].value', after: 'ada@x.example' },
    { path: 'active', after: true },
  ];
  const untouched = await pilot.user('bob@x.example', { title: 'One' });
  expect((await historyOf(pilot, untouched))?.at(-1)?.attributes).toContainEqual({ path: 'title', after: 'One' });
  const { id } = await threeTitles({ pilot, db });
  const before = await historyOf(pilot, id);
  expect(before?.map(({ kind }) => kind)).toEqual(['updated', 'updated', 'created']);
  expect(before?.at(-1)?.attributes).toEqual(created);
  forgetReplacedTexts(db, 0, Number.MAX_SAFE_INTEGER, 100);
  expect(await historyOf(pilot, id)).toEqual(before);
  db.close();
});
