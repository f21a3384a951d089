import type Database from 'better-sqlite3';
import type { Snapshot } from '../contract/index.ts';

/**
 * Reads of `db` share one deferred transaction a turn of the event loop: each statement outside a transaction takes and gives
 * back SQLite's locks by system calls of its own, which cost more than the look-up. A group of the writer that begins within
 * the turn ends the transaction first. Only for reads.
 */
export function createSnapshot(db: Database.Database): Snapshot {
  const begin = db.prepare('BEGIN');
  const commit = db.prepare('COMMIT');
  const end = () => {
    // The writer, or an error of the disk, may have ended it already.
    if (db.open && db.inTransaction) commit.run();
  };
  return (read) => {
    if (!db.inTransaction) {
      begin.run();
      setImmediate(end);
    }
    return read();
  };
}
