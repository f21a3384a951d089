/**
 * Makes a folder with the company of `users` users: `pilot.db` through the directory's own repositories and the writer, and
 * `floor.db`, which holds the very answer our endpoint gives to GET by id for each user. Progress goes to stderr.
 * Usage: fill.ts USERS FOLDER
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Actor } from '../../src-main/contract/index.ts';
import { openDirectory } from '../../src-main/directory/index.ts';
import { listResponse, renderRecord } from '../../src-main/scim/index.ts';
import { createWriter, openDatabase } from '../../src-main/storage/index.ts';
import { company, type Group, groupSchema, idOf, memberOf, user } from './company.ts';

const [, , count = '', folder = ''] = process.argv;
const users = Number(count);
const { all: groups } = company(users);
const actor: Actor = { kind: 'azure', call: null };
const batchSize = 1_000;
const pageUsers = 10;

const db = openDatabase(folder);
// Scrap until it is whole: nothing need survive a crash, and the indexes stay in memory.
db.pragma('synchronous = OFF');
db.pragma('cache_size = -400000');

/** The share last told, by what it is of. */
const reported = new Map<string, number>();
const log = { info() {}, warn: console.error, error: console.error };
const writer = createWriter(db, { log });
let created = 0;
const directory = openDirectory({
  db,
  writer,
  log,
  queries: { run: () => Promise.reject(new Error('Filling asks no long queries.')) },
  longReads: {
    open() {
      throw new Error('Filling reads nothing.');
    },
    close() {},
  },
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  ids: () => idOf(created++),
});
const write = (work: () => unknown) =>
  writer.submit(work, (outcome) => {
    if (!outcome.ok) throw outcome.error;
  });

for (let from = 0; from < users; from += batchSize) {
  const batch = Array.from({ length: Math.min(batchSize, users - from) }, (_, i) => from + i);
  await Promise.all(batch.map((n) => write(() => directory.users.create(user(n), actor))));
  progress('users', from + batch.length, users);
}
for (const [done, group] of groups.entries()) {
  await write(() => directory.groups.create({ schemas: [groupSchema], displayName: group.name }, actor));
  for (let from = 0; from < group.size; from += batchSize) await write(() => addMembers(group, from));
  progress('groups', done + 1, groups.length);
}
await writer.drained();

fillFloor();
db.pragma('wal_checkpoint(TRUNCATE)');
db.close();

/** Adds up to 1,000 members, as Entra does: by PATCH. */
function addMembers(group: Group, from: number): void {
  const value = Array.from({ length: Math.min(batchSize, group.size - from) }, (_, i) => ({
    value: idOf(memberOf(group, from + i)),
  }));
  directory.groups.patch(
    idOf(group.record),
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value }],
    },
    actor,
  );
}

/** What our endpoint answers to GET by id. */
function answerOf(id: string): string {
  const record = directory.users.get(id);
  if (record === null) throw new Error(`The fill lost the user ${id}.`);
  return renderRecord(record, {
    baseUrl: 'http://127.0.0.1:50000/scim/v2',
    references: record.groups,
    projection: null,
  });
}

function fillFloor(): void {
  const floor = new Database(join(folder, 'floor.db'));
  floor.pragma('journal_mode = WAL');
  floor.pragma('synchronous = OFF');
  floor.exec('CREATE TABLE answers (key TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID');
  const insert = floor.prepare('INSERT INTO answers VALUES (?, ?)');
  for (let from = 0; from < users; from += batchSize) {
    floor.transaction(() => {
      for (let n = from; n < Math.min(from + batchSize, users); n++) insert.run(idOf(n), answerOf(idOf(n)));
    })();
    progress('answers of the floor', Math.min(from + batchSize, users), users);
  }
  const resources = Array.from({ length: pageUsers }, (_, n) => answerOf(idOf(n)));
  insert.run('page', listResponse({ totalResults: users, startIndex: 1, resources }));
  floor.pragma('wal_checkpoint(TRUNCATE)');
  floor.close();
}

/** A line that grows on a terminal, else one each quarter. */
function progress(what: string, done: number, all: number): void {
  const line = `filling ${users.toLocaleString('en')} users: ${what} ${Math.floor((done / all) * 100)} %`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}\x1b[K${done === all ? '\n' : ''}`);
  else if (Math.floor((done / all) * 4) > Math.floor((reported.get(what) ?? 0) * 4)) process.stderr.write(`${line}\n`);
  reported.set(what, done / all);
}
