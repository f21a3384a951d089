import type Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Writer } from '../../../src-main/contract/index.ts';
import { createAzureLogs } from '../../../src-main/insight/index.ts';
import { createWriter, openDatabase } from '../../../src-main/storage/index.ts';
import { entry, graphRecord } from '../../support/azure-log.ts';
import { rememberingLog, temporaryFolder } from '../storage/support.ts';

/** A pilot must be able to close whatever an imported log is about; the disk and the query worker are stood in for. */

type Runner = Parameters<typeof createAzureLogs>[0]['runner'];

const log = rememberingLog();
let db: Database.Database;
let diskFull = false;
let appended = 0;
let logs: ReturnType<typeof createAzureLogs>;

/** A query worker that is busy until it is told to leave off. */
const busy: Runner = {
  run: (_name: string, _input: unknown, { signal }: { signal?: AbortSignal } = {}) =>
    new Promise<never>((_, reject) => {
      if (signal?.aborted) reject(signal.reason);
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

function open(): void {
  const real = createWriter(db, { log, appendDelayMs: 1 });
  const writer: Writer = {
    ...real,
    append(write, committed) {
      appended += 1;
      if (!diskFull) real.append(write, committed);
    },
  };
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  logs = createAzureLogs({
    db,
    writer,
    runner: busy,
    calls: { call: async () => null, summaries: async () => [] },
    clock,
    log,
    away: () => null,
  });
}

beforeEach(() => {
  diskFull = false;
  log.lines.length = 0;
  db = openDatabase(temporaryFolder());
  open();
});
afterEach(() => db.close());

const bytes = Buffer.from(JSON.stringify([graphRecord(entry({ id: 'one', action: 'create' }))]));

async function bring(): Promise<number> {
  const { id } = await logs.begin([{ name: 'log.json', bytes: bytes.length }]);
  await logs.write(id, 0, bytes);
  await logs.finish(id);
  return id;
}

test('a second import is refused while the first is being made', async () => {
  const files = [{ name: 'log.json', bytes: bytes.length }];
  const [first, second] = await Promise.allSettled([logs.begin(files), logs.begin(files)]);
  expect(first.status).toBe('fulfilled');
  expect(second).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('Another log') } });
  expect(logs.list().map(({ state }) => state)).toEqual(['reading']);
  await logs.close();
});

test('closes while one import is matched and another waits for its turn', async () => {
  const ids = [await bring(), await bring()];
  await expect.poll(() => logs.list().find(({ id }) => id === ids[0])?.state).toBe('matching');
  await logs.close();
  expect(logs.list().map(({ state }) => state)).toEqual(['unmatched', 'unmatched']);
  expect(log.lines).toEqual([]);
});

test('closes while the disk takes nothing of what was read', async () => {
  const { id } = await logs.begin([{ name: 'log.json', bytes: bytes.length }]);
  diskFull = true;
  const refused = expect(logs.write(id, 0, bytes)).rejects.toThrow('closing');
  await expect.poll(() => appended).toBeGreaterThan(0);
  await logs.close();
  await refused;
});

test('closes while a deleted import is tidied away, and nothing is written after it', async () => {
  const id = await bring();
  await logs.close();
  db.prepare('DELETE FROM azure_imports WHERE id = ?').run(id);
  open();
  await logs.close();
  const before = appended;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(appended).toBe(before);
  expect(log.lines).toEqual([]);
});
