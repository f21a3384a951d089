/** The store of captured calls alone, without a pilot around it. */
import { type CallMeaning, type callQueries, createCallStore } from '../../src-main/calls/index.ts';
import type { CapturedCall } from '../../src-main/contract/index.ts';
import {
  createQueryWorker,
  createWriter,
  databaseFile,
  findQueryWorker,
  openDatabase,
  type QueryWorker,
} from '../../src-main/storage/index.ts';

const log = { info() {}, warn: console.error, error: console.error };
const clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** The query worker on the database in `folder`. */
export function startWorker(folder: string): QueryWorker<typeof callQueries> {
  return createQueryWorker<typeof callQueries>({ database: databaseFile(folder), worker: findQueryWorker() });
}

/** Opens the store in `folder`, which may be empty; `keep`: calls it keeps. */
export function openCalls(
  folder: string,
  { keep, describe }: { keep: number; describe(call: CapturedCall): CallMeaning },
) {
  const db = openDatabase(folder);
  const writer = createWriter(db, { log });
  const worker = startWorker(folder);
  const named = (call: Pick<CapturedCall, 'resourceName'>) => ({ verb: 'Read', object: call.resourceName, note: null });
  const store = createCallStore({
    db,
    writer,
    runner: worker,
    clock,
    log,
    describe,
    describePlain: named,
    describeLookUp: named,
    explain: () => [],
    clean: (body) => body,
    keep,
  });
  return {
    db,
    writer,
    worker,
    store,
    async close() {
      store.close();
      await worker.close();
      await writer.drained();
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.close();
    },
  };
}
