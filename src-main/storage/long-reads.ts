import type Database from 'better-sqlite3';
import { openReadOnly } from './read-only.ts';

/**
 * A read that goes on over many turns of the event loop, on one unchanging state of the store. While it lasts the write-ahead
 * log can't be taken over wholly into the database, so whoever opens one must end it in bounded time.
 */
export interface LongRead {
  db: Database.Database;
  /** Gives the connection back; `db` must not be used after it. Safe to call twice. */
  end(): void;
}

/** Opens long reads, each on a read-only connection of its own; the writer is never blocked. */
export interface LongReads {
  /** The state is the one of the last COMMIT. The caller bounds how many are open at once. */
  open(): LongRead;
  /** Closes the connections; reads still open end here. */
  close(): void;
}

/** Connections kept open for the next reads: opening one reads the whole schema. */
const spareConnections = 4;

export function createLongReads(file: string): LongReads {
  const spare: Database.Database[] = [];
  const busy = new Set<Database.Database>();

  function end(db: Database.Database): void {
    if (!busy.delete(db)) return;
    // An error of the disk may have ended the transaction already.
    if (db.inTransaction) db.exec('COMMIT');
    if (spare.length < spareConnections) spare.push(db);
    else db.close();
  }

  return {
    open() {
      const db = spare.pop() ?? openReadOnly(file);
      busy.add(db);
      try {
        db.exec('BEGIN');
        // BEGIN alone fixes no state: the first read does.
        db.pragma('schema_version');
      } catch (error) {
        end(db);
        throw error;
      }
      return { db, end: () => end(db) };
    },
    close() {
      for (const db of busy) end(db);
      for (const db of spare.splice(0)) db.close();
    },
  };
}
