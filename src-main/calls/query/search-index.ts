import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { ensurePrivateFile } from '../../storage/index.ts';

/** Calls that lie beside one another in the feed and are found together: a multiple of it begins each block. */
export const blockSize = 32;
/** Blocks whose texts share a table, which goes as a whole when the last of its calls is gone. */
const tableSize = 4_096;
/** Blocks whose calls may have been corrected since. */
const correctable = 128;

/**
 * Tells in which blocks of calls a text, a kind or a slow answer may be. It is a file beside the database, written by the query
 * worker alone: the thread that serves SCIM pays nothing for it. What it tells is checked against the calls, and whatever is
 * not in it yet is looked through, so a query finds the same without it; it may be deleted at any time.
 *
 * FTS5's trigrams find parts of words of any language; without positions (`detail=none`) and by block they take little room.
 */
export interface SearchIndex {
  db: Database.Database;
  /** Blocks from `first` up to and without `next` are in it. */
  first: number;
  next: number;
}

const schema = `
CREATE TABLE IF NOT EXISTS blocks (
  block INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  slowest_us INTEGER NOT NULL,
  /** A call of it was completed after the block was read. */
  amended INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS block_kinds (
  kind INTEGER NOT NULL,
  block INTEGER NOT NULL,
  PRIMARY KEY (kind, block)
) STRICT, WITHOUT ROWID;
`;
const version = 1;

const opened = new WeakMap<Database.Database, SearchIndex>();

/** In the pilot's folder. */
export const searchIndexFile = (dir: string): string => join(dir, 'search.db');

/** The index of the calls in `calls`, made anew where it is damaged or belongs to other calls; null when it can't be written. */
export function searchIndexOf(calls: Database.Database): SearchIndex | null {
  const known = opened.get(calls);
  if (known?.db.open) return known;
  const file = searchIndexFile(dirname(calls.name));
  for (const attempt of [1, 2]) {
    let db: Database.Database | undefined;
    try {
      ensurePrivateFile(file);
      db = new Database(file);
      const index = prepare(db, calls);
      if (index !== null) {
        opened.set(calls, index);
        return index;
      }
      db.close();
    } catch {
      db?.close();
      if (attempt === 2) return null;
    }
    for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
  }
  return null;
}

/** Null: it belongs to other calls. */
function prepare(db: Database.Database, calls: Database.Database): SearchIndex | null {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('cache_size = -4000');
  const written = Number(db.pragma('user_version', { simple: true }));
  if (written !== 0 && written !== version) return null;
  db.exec(schema);
  db.pragma(`user_version = ${version}`);
  const range = db
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(block) FROM blocks) AS first, (SELECT max(block) FROM blocks) AS last',
    )
    .get();
  if (range?.first == null || range.last === null) {
    const first = calls.prepare<[], number>('SELECT position FROM calls ORDER BY position LIMIT 1').pluck().get() ?? 0;
    return { db, first: blockOf(first), next: blockOf(first) };
  }
  const lastSeq = db.prepare<[number], number>('SELECT last_seq FROM blocks WHERE block = ?').pluck().get(range.last);
  if (lastSeqIn(calls, range.last) !== lastSeq) return null;
  addLatestKinds(db, calls, range.last + 1);
  return { db, first: range.first, next: range.last + 1 };
}

/** The last calls may have been corrected when the pilot stopped, before the index was told. */
function addLatestKinds(db: Database.Database, calls: Database.Database, next: number): void {
  const add = db.prepare('INSERT OR IGNORE INTO block_kinds (kind, block) VALUES (?, ?)');
  const read = calls.prepare<[number, number], { kind: number; block: number }>(
    `SELECT DISTINCT kind, position / ${blockSize} AS block FROM calls WHERE position >= ? AND position < ?`,
  );
  db.transaction(() => {
    for (const { kind, block } of read.all((next - correctable) * blockSize, next * blockSize)) add.run(kind, block);
  })();
}

export const blockOf = (position: number): number => Math.floor(position / blockSize);

export function lastSeqIn(calls: Database.Database, block: number): number | undefined {
  return calls
    .prepare<[number, number], number>(
      'SELECT seq FROM calls WHERE position >= ? AND position < ? ORDER BY position DESC LIMIT 1',
    )
    .pluck()
    .get(block * blockSize, (block + 1) * blockSize);
}

/** The table with a block's text. */
export const textTableOf = (block: number): string => `texts_${Math.floor(block / tableSize)}`;

export function createTextTable(db: Database.Database, block: number): void {
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS ${textTableOf(block)}
    USING fts5(text, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1')`);
}

/** Tables with texts of blocks in the index, oldest first. */
export function textTables({ db }: SearchIndex): string[] {
  return db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'texts_*' AND sql LIKE 'CREATE VIRTUAL%'",
    )
    .pluck()
    .all();
}

/** Forgets the blocks before `first`. */
export function forgetBlocks(index: SearchIndex, first: number): void {
  const { db } = index;
  db.transaction(() => {
    db.prepare('DELETE FROM blocks WHERE block < ?').run(first);
    const kinds = db.prepare<[], number>('SELECT DISTINCT kind FROM block_kinds').pluck().all();
    const remove = db.prepare('DELETE FROM block_kinds WHERE kind = ? AND block < ?');
    for (const kind of kinds) remove.run(kind, first);
    const kept = Math.floor(first / tableSize);
    for (const table of textTables(index)) {
      if (Number(table.slice('texts_'.length)) < kept) db.exec(`DROP TABLE ${table}`);
    }
  })();
  index.first = first;
  index.next = Math.max(index.next, first);
}
