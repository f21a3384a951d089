import type Database from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Writer } from '../../src-main/contract/index.ts';
import { createWriter, openDatabase, StorageUnavailable } from '../../src-main/storage/index.ts';
import { rememberingLog, temporaryFolder } from '../unit/storage/support.ts';

/** A full disk, played by SQLite's own limit on the file's pages: it answers SQLITE_FULL as a full disk does. */

let db: Database.Database;
let writer: Writer;
let log: ReturnType<typeof rememberingLog>;

beforeEach(() => {
  db = openDatabase(temporaryFolder(), ['CREATE TABLE log (text TEXT NOT NULL) STRICT;']);
  log = rememberingLog();
  writer = createWriter(db, { log, retryDelayMs: 30, maxWaitingJobs: 5 });
  return () => db.close();
});

const big = 'x'.repeat(200_000);
const write = (text: string) => db.prepare('INSERT INTO log (text) VALUES (?)').run(text);
const texts = () => db.prepare('SELECT text FROM log WHERE length(text) < 100 ORDER BY rowid').pluck().all();
const fill = () => db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true }))}`);
const free = () => db.pragma('max_page_count = 1000000');

describe('a full disk', () => {
  test('refuses the whole group, stores nothing of it, and takes the next once there is room', async () => {
    fill();
    let settled: unknown = 'not called';
    const small = writer.submit(
      () => write('small'),
      () => 'small',
    );
    const large = writer.submit(
      () => write(big),
      (outcome) => {
        settled = outcome;
      },
    );
    const results = await Promise.allSettled([small, large]);
    for (const result of results) {
      expect(result.status).toBe('rejected');
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(StorageUnavailable);
    }
    expect(settled).toBe('not called');
    expect(db.inTransaction).toBe(false);
    expect(texts()).toEqual([]);
    free();
    expect(
      await writer.submit(
        () => write('after'),
        () => 'after',
      ),
    ).toBe('after');
    expect(texts()).toEqual(['after']);
  });

  test('records of reads wait in memory and are stored by themselves later', async () => {
    fill();
    const stored: string[] = [];
    writer.append(
      () => void write(big),
      () => stored.push('big'),
    );
    writer.append(
      () => void write('small'),
      () => stored.push('small'),
    );
    await writer.drained();
    expect(stored).toEqual([]);
    free();
    await expect.poll(() => stored, { timeout: 2_000, interval: 10 }).toEqual(['big', 'small']);
    expect(texts()).toEqual(['small']);
    expect(log.lines.at(-1)).toContain('can be written again');
  });

  test('waiting records are bounded: the oldest go, and the log says once that they do, and in the end how many', async () => {
    fill();
    writer.append(() => void write(big));
    for (let i = 0; i < 7; i += 1) writer.append(() => void write(`record ${i}`));
    await writer.drained();
    free();
    await writer.drained();
    expect(texts()).toEqual(['record 2', 'record 3', 'record 4', 'record 5', 'record 6']);
    expect(log.lines.filter((line) => line.includes('oldest are dropped'))).toHaveLength(1);
    expect(log.lines).toContain('3 records of calls were dropped and are lost.');
  });

  test('a SQLite error that is not about the disk concerns its own unit only', async () => {
    const bad = writer.submit(
      () => db.prepare('INSERT INTO log (text) VALUES (NULL)').run(),
      (outcome) => outcome.ok,
    );
    const good = writer.submit(
      () => write('good'),
      () => true,
    );
    expect(await Promise.all([bad, good])).toEqual([false, true]);
    expect(texts()).toEqual(['good']);
  });
});
