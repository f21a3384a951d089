import Database from 'better-sqlite3';

/** Opens a second, read-only connection to the database `file`, which must exist and be open in this process (WAL). */
export function openReadOnly(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2_000 });
  db.pragma('temp_store = MEMORY');
  // better-sqlite3's own default is 16 MB a connection, and there may be twenty. A scan reads each page once, and what is read
  // often lies in the system's file cache.
  db.pragma('cache_size = -2000');
  return db;
}
