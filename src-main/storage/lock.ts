import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { StartError } from '../contract/catalogue/errors.ts';
import { sqliteCode } from './errors.ts';
import { ensurePrivateFile, ensurePrivateFolder, notWritable } from './files.ts';

/** A folder held by this process. */
export interface FolderLock {
  /** Lets go; safe to call twice. */
  release(): void;
}

/**
 * Keeps every other process out of `dir`: an exclusive transaction stays open on `lock.db`. The operating system drops the
 * lock when the process ends in whatever way, so there is no stale pid file to clean up. `StartError` 'data-in-use' when
 * another process holds it.
 */
export function lockFolder(dir: string): FolderLock {
  ensurePrivateFolder(dir);
  const file = join(dir, 'lock.db');
  const db = openLockFile(file);
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) {
      throw new StartError(
        'data-in-use',
        `Another SCIM Pilot uses the data folder ${dir}.`,
        'Quit the other one first, or name another folder with --data.',
        { cause: error },
      );
    }
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(sqliteCode(error) ?? '')) throw damaged(file, error);
    throw notWritable(file, error);
  }
  return { release: () => db.close() };
}

function openLockFile(file: string): Database.Database {
  try {
    if (existsSync(file)) {
      // By name: closing a file that SQLite of this process has open would drop its lock.
      if (process.platform !== 'win32') chmodSync(file, 0o600);
    } else ensurePrivateFile(file);
    return new Database(file, { timeout: 0 });
  } catch (error) {
    throw notWritable(file, error);
  }
}

function damaged(file: string, cause: unknown): StartError {
  return new StartError(
    'data-damaged',
    `The lock file ${file} is damaged; nothing has been changed or deleted.`,
    'Delete that file: it holds no data and is made anew.',
    { cause },
  );
}
