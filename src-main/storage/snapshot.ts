import type Database from 'better-sqlite3';
import type { Snapshot } from '../contract/index.ts';

/**
 * Reads of `db` in one deferred transaction: each statement outside a transaction takes and gives back SQLite's locks by
 * system calls of its own, which cost more than the look-up. Never inside the writer, and only for reads.
 */
export function createSnapshot(db: Database.Database): Snapshot {
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  return (read) => {
    begin.run();
    try {
      return read();
    } finally {
      // An error of the disk may have ended it already.
      if (db.inTransaction) commit.run();
    }
  };
}
