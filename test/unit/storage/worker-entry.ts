import { threadId } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import { serveQueries } from '../../../src-main/storage/index.ts';

/** Scans of `crowd` that are under way, and the most there were at once. */
const crowd = { now: 0, most: 0 };

/** Queries for the tests of the query worker: well-behaved ones and the worst there are. */
export const testQueries = {
  thread: (_db: Database.Database, _input: null): number => threadId,
  sum: (_db: Database.Database, { a, b }: { a: number; b: number }) => a + b,
  count: (db: Database.Database, _input: null): number =>
    Number(db.prepare('SELECT count(*) FROM settings').pluck().get()),
  write: (db: Database.Database, _input: null) => void db.exec("INSERT INTO settings VALUES ('x', '1')"),
  *slowCount(db: Database.Database, { pages, pauseMs }: { pages: number; pauseMs: number }): Generator<void, number[]> {
    const counts: number[] = [];
    for (let page = 0; page < pages; page += 1) {
      counts.push(Number(db.prepare('SELECT count(*) FROM settings').pluck().get()));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
      yield;
    }
    return counts;
  },
  *endless(_db: Database.Database, _input: null): Generator<void, never> {
    for (;;) yield;
  },
  *crowd(_db: Database.Database, _input: null): Generator<void, number> {
    crowd.now += 1;
    crowd.most = Math.max(crowd.most, crowd.now);
    yield;
    crowd.now -= 1;
    return crowd.most;
  },
  deaf: (_db: Database.Database, _input: null): number => {
    for (;;);
  },
  crash: (_db: Database.Database, _input: null) => process.exit(3),
  fail: (_db: Database.Database, _input: null): number => {
    throw new Error('no such luck');
  },
} as const;

serveQueries(testQueries);
