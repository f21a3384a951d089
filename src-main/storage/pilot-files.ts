import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { PilotFacts } from '../contract/index.ts';
import { databaseFile } from './database.ts';
import { sqliteCode } from './errors.ts';
import { ensurePrivateFile, ensurePrivateFolder, putInPlace } from './files.ts';
import { migrations } from './migrations/index.ts';
import { readPilotName } from './pilot-name.ts';
import { openReadOnly } from './read-only.ts';

/** Whole pilots as files: copies to keep, and a database that takes another's place. */

/** Pages copied in one turn of the event loop: under a millisecond. */
const pagesAtOnce = 256;

export interface CopyOptions {
  /** Settings that the copy does not hold. */
  without: readonly string[];
  /** From 0 to 1. */
  onProgress?(done: number): void;
}

/**
 * Writes a copy of what is in `db` now to `file`, while it is served; all of it or, when the disk is full, nothing. The copy is
 * one file by itself, for its owner alone.
 */
export async function copyDatabase(db: Database.Database, file: string, options: CopyOptions): Promise<void> {
  const part = `${file}.part`;
  try {
    rmSync(part, { force: true });
    ensurePrivateFile(part);
    await db.backup(part, {
      progress({ totalPages, remainingPages }) {
        options.onProgress?.(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
        return pagesAtOnce;
      },
    });
    leaveOut(part, options.without);
    await syncBeside(part);
    putInPlace(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    rmSync(`${part}-journal`, { force: true });
    throw error;
  }
}

/** As `copyDatabase`, of a file that nobody has open. */
export async function copyFromFile(from: string, to: string, options: CopyOptions): Promise<void> {
  const db = openReadOnly(from);
  try {
    await copyDatabase(db, to, options);
  } finally {
    db.close();
  }
}

function leaveOut(file: string, keys: readonly string[]): void {
  const copy = new Database(file);
  try {
    // Else a reader would make files beside it.
    copy.pragma('journal_mode = DELETE');
    copy.pragma('secure_delete = ON');
    const remove = copy.prepare('DELETE FROM settings WHERE key = ?');
    copy.transaction(() => {
      for (const key of keys) remove.run(key);
    })();
  } finally {
    copy.close();
  }
}

/** What a pilot's database tells of it, of whatever version it is. */
export function readFacts(db: Database.Database): PilotFacts {
  const counters = new Map(
    (db.prepare('SELECT name, value FROM counters').all() as { name: string; value: number }[]).map((row) => [
      row.name,
      row.value,
    ]),
  );
  const last = db.prepare('SELECT at FROM calls ORDER BY position DESC LIMIT 1').pluck().get();
  return {
    name: readPilotName(db),
    users: counters.get('users') ?? 0,
    groups: counters.get('groups') ?? 0,
    deleted: counters.get('deleted') ?? 0,
    calls: Number(db.prepare('SELECT count(*) FROM calls').pluck().get()),
    lastCallAt: typeof last === 'number' ? last : null,
  };
}

/** Reads from the database in `dir`, which nobody has open; null when there is none, or it can't be read. */
export function readClosed<T>(dir: string, read: (db: Database.Database) => T): T | null {
  const file = databaseFile(dir);
  if (!existsSync(file)) return null;
  let db: Database.Database | null = null;
  try {
    db = openReadOnly(file);
    return read(db);
  } catch (error) {
    if (sqliteCode(error) === null) throw error;
    return null;
  } finally {
    db?.close();
  }
}

const noBackup = 'This file is not a back-up of SCIM Pilot.';
const damaged = 'This file is damaged; nothing was changed.';

/** Whether the file begins as SQLite's do: looked at before SQLite is let near it. */
function looksLikeDatabase(file: string): boolean {
  const start = Buffer.alloc(16);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, start, 0, start.length, 0);
  } finally {
    closeSync(handle);
  }
  return start.toString('latin1') === 'SQLite format 3\0';
}

/** Why a file is no pilot that can be taken in; null when it is one. Reads all of it. */
function problemOf(db: Database.Database): string | null {
  const tables = new Set(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  if (!['settings', 'counters', 'users', 'groups', 'changes', 'calls'].every((name) => tables.has(name))) {
    return noBackup;
  }
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version < 1) return noBackup;
  if (version > migrations.length) {
    return 'This file was written by a newer SCIM Pilot: update this one, then try again.';
  }
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') return damaged;
  return null;
}

/** Named queries over another file than the one that is open. */
export const fileQueries = {
  'file.inspect': (_: Database.Database, { file }: { file: string }): { problem: string } | PilotFacts => {
    if (!looksLikeDatabase(file)) return { problem: noBackup };
    let db: Database.Database | null = null;
    try {
      db = openReadOnly(file);
      const problem = problemOf(db);
      return problem === null ? readFacts(db) : { problem };
    } catch (error) {
      if (sqliteCode(error) === null) throw error;
      return { problem: damaged };
    } finally {
      db?.close();
    }
  },
} as const;

/** Where the database is made that is to take the place of the one in `dir`. Nothing in it counts until then. */
const nextFolder = (dir: string) => join(dir, 'next');

/** An empty folder for the database to come. */
export function beginNext(dir: string): string {
  dropNext(dir);
  const next = nextFolder(dir);
  ensurePrivateFolder(next);
  return next;
}

/** Forgets a database that never took its place. */
export function dropNext(dir: string): void {
  rmSync(nextFolder(dir), { recursive: true, force: true });
}

/**
 * The next database takes the place of the one in `dir`; both must be closed. At any moment, a kill included, one of them is
 * there whole.
 */
export function putNextInPlace(dir: string): void {
  const file = databaseFile(dir);
  const next = databaseFile(nextFolder(dir));
  // A log that was left over belongs to the old database and would be read into the next.
  if (hasLog(file)) new Database(file).close();
  if (hasLog(file) || hasLog(next)) throw new Error('A database that is to be replaced is still open.');
  sync(next);
  putInPlace(next, file);
  dropNext(dir);
}

function hasLog(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Copies a file that nobody has open. */
export function copyClosed(from: string, to: string): void {
  ensurePrivateFile(to);
  copyFileSync(from, to);
}

/** While the pilot is served: a large file takes its time. */
async function syncBeside(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
