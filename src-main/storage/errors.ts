import Database from 'better-sqlite3';

/**
 * The directory can't be written at present (disk full, I/O error): nothing of the refused work is stored. A passing state:
 * the same work may succeed later, so the endpoint answers 503.
 */
export class StorageUnavailable extends Error {
  constructor(cause: unknown) {
    super('The pilot could not write to its data folder.', { cause });
    this.name = 'StorageUnavailable';
  }
}

/** SQLite's result codes (extended ones by prefix) that speak of the disk or the file, not of the statement. */
const storageCodes =
  /^SQLITE_(FULL|IOERR|NOMEM|CORRUPT|NOTADB|READONLY|CANTOPEN|BUSY|LOCKED|PERM|PROTOCOL|INTERRUPT)(_|$)/;

/** The code of an SQLite error, e.g. `SQLITE_FULL`; null for any other error. */
export function sqliteCode(error: unknown): string | null {
  return error instanceof Database.SqliteError ? error.code : null;
}

/** True when `error` means that the file could not be written or read, whatever the statement was. */
export function isStorageError(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && storageCodes.test(code);
}

/** The code of a file system error, e.g. `EACCES`; null for any other error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** True when `error`, of the file system or of SQLite, means that no space is left. */
export function isDiskFull(error: unknown): boolean {
  return systemCode(error) === 'ENOSPC' || sqliteCode(error)?.startsWith('SQLITE_FULL') === true;
}
