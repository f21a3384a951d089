import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createQueryWorker,
  databaseFile,
  findQueryWorker,
  openDatabase,
  QueryFailed,
  QueryTooSlow,
  type QueryWorker,
  writeSetting,
} from '../../../src-main/storage/index.ts';
import { temporaryFolder } from './support.ts';
import type { testQueries } from './worker-entry.ts';

let db: Database.Database;
let queries: QueryWorker<typeof testQueries>;

beforeEach(() => {
  const dir = temporaryFolder();
  db = openDatabase(dir);
  queries = createQueryWorker({
    database: databaseFile(dir),
    worker: new URL('./worker-entry.ts', import.meta.url),
    graceMs: 1_000,
    idleMs: 200,
  });
  return async () => {
    await queries.close();
    db.close();
  };
});

describe('the query worker', () => {
  test('answers each question with its own answer', async () => {
    const answers = await Promise.all([1, 2, 3].map((a) => queries.run('sum', { a, b: 10 })));
    expect(answers).toEqual([11, 12, 13]);
  });

  test('sees what was committed a moment ago, and can not write', async () => {
    expect(await queries.run('count', null)).toBe(0);
    writeSetting(db, 'one', 1);
    expect(await queries.run('count', null)).toBe(1);
    await expect(queries.run('write', null)).rejects.toThrow(/readonly/);
  });

  test('a scan sees one state from its first page to its last, and lets short queries in between', async () => {
    writeSetting(db, 'one', 1);
    let scanning = true;
    const scan = queries.run('slowCount', { pages: 10, pauseMs: 10 }).finally(() => {
      scanning = false;
    });
    // Messages that come together are answered together, before the scan's first page: the second is sent apart.
    await queries.run('sum', { a: 1, b: 1 });
    await sleep(20);
    await queries.run('sum', { a: 2, b: 1 });
    writeSetting(db, 'two', 2);
    expect(await queries.run('count', null)).toBe(2);
    expect(scanning).toBe(true);
    expect(await scan).toEqual(Array(10).fill(1));
  });

  test('a failing query says why and leaves the worker serving', async () => {
    await expect(queries.run('fail', null)).rejects.toThrow(QueryFailed);
    await expect(queries.run('fail', null)).rejects.toThrow(/no such luck/);
    expect(await queries.run('sum', { a: 1, b: 1 })).toBe(2);
  });

  test('an aborted scan ends at once with the reason of the signal', async () => {
    const abort = new AbortController();
    const scan = queries.run('endless', null, { signal: abort.signal });
    await queries.run('sum', { a: 1, b: 1 });
    abort.abort(new Error('window closed'));
    await expect(scan).rejects.toThrow('window closed');
    await expect(queries.run('count', null, { signal: abort.signal })).rejects.toThrow('window closed');
    expect(await queries.run('sum', { a: 2, b: 2 })).toBe(4);
  });

  test('a scan that takes too long is ended, others go on', async () => {
    const slow = queries.run('endless', null, { timeoutMs: 50 });
    const other = queries.run('slowCount', { pages: 20, pauseMs: 5 });
    await expect(slow).rejects.toThrow(QueryTooSlow);
    expect(await other).toHaveLength(20);
  });

  test('of many scans at once only a few run, each on a connection of its own; the others wait for their turn', async () => {
    const most = await Promise.all(Array.from({ length: 50 }, () => queries.run('crowd', null)));
    expect(Math.max(...most)).toBe(4);
  });

  test('a scan that waits for its turn can be given up, and one that ends makes room', async () => {
    const [first, last] = [new AbortController(), new AbortController()];
    const running = Array.from({ length: 4 }, () => queries.run('endless', null, { signal: first.signal }));
    const waiting = queries.run('endless', null, { signal: last.signal });
    const next = queries.run('crowd', null);
    await queries.run('sum', { a: 1, b: 1 });
    last.abort(new Error('given up'));
    await expect(waiting).rejects.toThrow('given up');
    first.abort(new Error('enough'));
    expect((await Promise.allSettled(running)).map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    expect(await next).toBe(1);
  });

  test('a query that listens to nobody is ended with its thread; the next starts a new one', async () => {
    await expect(queries.run('deaf', null, { timeoutMs: 50 })).rejects.toThrow(QueryTooSlow);
    await expect
      .poll(() => queries.run('sum', { a: 1, b: 2 }).catch(() => null), { timeout: 5_000, interval: 50 })
      .toBe(3);
  });

  test('a crash refuses what was running; the next query starts a new thread', async () => {
    const crash = queries.run('crash', null);
    const beside = queries.run('endless', null);
    await expect(crash).rejects.toThrow(QueryFailed);
    await expect(beside).rejects.toThrow(QueryFailed);
    expect(await queries.run('sum', { a: 4, b: 4 })).toBe(8);
  });

  test('a thread that scanned ends when nobody asks; one that is busy, or has scanned nothing, does not', async () => {
    const first = await queries.run('thread', null);
    await sleep(300);
    expect(await queries.run('thread', null)).toBe(first);
    const busy = queries.run('slowCount', { pages: 20, pauseMs: 20 });
    await sleep(300);
    expect(await queries.run('thread', null)).toBe(first);
    expect(await busy).toHaveLength(20);
    await expect.poll(() => queries.run('thread', null), { interval: 400, timeout: 5_000 }).not.toBe(first);
  });

  test('closing refuses what runs and what comes', async () => {
    const running = queries.run('endless', null);
    const refused = expect(running).rejects.toThrow(QueryFailed);
    await queries.close();
    await refused;
    await expect(queries.run('sum', { a: 1, b: 1 })).rejects.toThrow(QueryFailed);
  });

  test('a thread that still loads is not ended by force: in the middle of loading SQLite that ends the process', async () => {
    const worker = new URL('./slow-entry.ts', import.meta.url);
    const slow = createQueryWorker<typeof testQueries>({ database: db.name, worker, graceMs: 50 });
    await expect(slow.run('count', null, { signal: AbortSignal.timeout(1) })).rejects.toThrow('timeout');
    await slow.close();
    expect(existsSync(`${db.name}-loaded`)).toBe(true);
  });

  test("the pilot's own worker entry is found in the source tree", () => {
    expect(findQueryWorker().pathname).toMatch(/src-main\/storage\/query-worker\.ts$/);
  });
});
