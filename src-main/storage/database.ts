import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../contract/catalogue/errors.ts';
import { sqliteCode } from './errors.ts';
import { ensurePrivateFile, ensurePrivateFolder, notWritable } from './files.ts';
import { migrate } from './migrate.ts';
import { migrations as published } from './migrations/index.ts';

/** Above this size the file is not read through at the start: it would keep the admin waiting for seconds. */
const fullCheckBytes = 48 * 1024 * 1024;

const magic = Buffer.from('SQLite format 3\0');

/** The database file inside a pilot's folder. */
export function databaseFile(dir: string): string {
  return join(dir, 'pilot.db');
}

/**
 * Opens (or creates) the database in `dir`, checked and brought to the present schema; an older one is backed up first.
 * Commits are fsynced (`synchronous=FULL`). The folder must be locked. Throws `StartError`; deletes nothing.
 */
export function openDatabase(dir: string, migrations: readonly string[] = published): Database.Database {
  const file = databaseFile(dir);
  ensurePrivateFolder(dir);
  ensurePrivateFile(file);
  if (!looksLikeDatabase(file)) throw damaged(file, 'it is not an SQLite file');
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { timeout: 1_000 });
    configure(db);
    check(db, file);
    migrate(db, dir, migrations);
    return db;
  } catch (error) {
    db?.close();
    throw asStartError(file, error);
  }
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // Savepoints keep their undo pages in memory rather than in a temporary file.
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -16000');
  // Each checkpoint writes a changed page once however often it changed, so a longer log means less writing; 16 MB.
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma('journal_size_limit = 67108864');
}

/** An empty file is a database yet to be written; else the first 16 bytes must be SQLite's. Reads before SQLite opens it. */
function looksLikeDatabase(file: string): boolean {
  const start = Buffer.alloc(magic.length);
  const handle = openSync(file, 'r');
  try {
    const bytes = readSync(handle, start, 0, start.length, 0);
    return bytes === 0 || start.equals(magic);
  } finally {
    closeSync(handle);
  }
}

/**
 * Finds damage that would otherwise show in the middle of a pilot: a file shorter than it says, an unreadable schema and,
 * in files small enough to read through, anything that `quick_check` finds.
 */
function check(db: Database.Database, file: string): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const pages = Number(db.pragma('page_count', { simple: true }));
  const pageSize = Number(db.pragma('page_size', { simple: true }));
  const bytes = statSync(file).size;
  if (bytes < pages * pageSize) throw damaged(file, 'its end is missing');
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  if (bytes > fullCheckBytes) return;
  const verdict = db.pragma('quick_check(1)', { simple: true });
  if (verdict !== 'ok') throw damaged(file, 'its content is inconsistent', verdict);
}

function damaged(file: string, how: string, cause?: unknown): StartError {
  return new StartError(
    'data-damaged',
    `The database ${file} is damaged: ${how}.`,
    'Put a back-up in its place, or start afresh in another folder with --data; nothing has been changed or deleted.',
    { cause },
  );
}

function asStartError(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return damaged(file, 'SQLite can not read it', error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) {
    return new StartError(
      'data-in-use',
      `Another program has the database ${file} open.`,
      'Close the other program, or name another folder with --data.',
      { cause: error },
    );
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|FULL|IOERR)/.test(code)) return notWritable(file, error);
  return error;
}
