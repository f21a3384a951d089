import Database from 'better-sqlite3';

/** Opens a second, read-only connection to the database `file`, which must exist and be open in this process (WAL). */
export function openReadOnly(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 2_000 });
  db.pragma('temp_store = MEMORY');
  return db;
}
