/**
 * Retention while calls come: how long the writer, and so every call, is held while 100,000 of many stored calls are removed
 * because fewer are to be kept. The calls are those that the queries are asked over.
 */
import { dirname } from 'node:path';
import type { CallStore } from '../../src-main/calls/index.ts';
import type { CapturedCall, Writer } from '../../src-main/contract/index.ts';
import { openCalls } from './call-store.ts';
import { copyPilot, keptFolder, pilotFile, type RunFolder } from './folders.ts';
import { callSources } from './queries.ts';

/** Calls that are removed. */
const removed = 100_000;
/** A call comes every so many milliseconds meanwhile. */
const everyMs = 10;

export interface RetentionRow {
  row: 'retention';
  calls: number;
  removed: number;
  seconds: number;
  /** Milliseconds: the longest that the thread which serves SCIM was held, and that a call waited to be stored. */
  held: number;
  stored: number;
}

/** Null where there are too few calls to remove so many. */
export async function measureRetention(count: number, run: RunFolder): Promise<RetentionRow | null> {
  if (count < 2 * removed) return null;
  const kept = await keptFolder(`calls-${count}`, callSources, run, () =>
    Promise.reject(new Error('The queries are measured first: they make the calls.')),
  );
  const { store, writer, close } = openCalls(dirname(pilotFile(copyPilot(kept, run, 'retention'))), {
    keep: 10 * count,
    describe: () => ({
      sentence: { verb: 'Read', object: null, note: null },
      outcome: 'ok',
      probe: false,
      plain: true,
      why: [],
    }),
  });
  try {
    // Its counts are kept beside: what is removed is taken out of them.
    await store.tally();
    return await whileRemoving(store, writer);
  } finally {
    await close();
  }
}

async function whileRemoving(store: CallStore, writer: Writer): Promise<RetentionRow> {
  const before = store.readings.stored;
  let held = 0;
  let stored = 0;
  let last = performance.now();
  const tick = setInterval(() => {
    const now = performance.now();
    held = Math.max(held, now - last);
    last = now;
  }, 1);
  const call = setInterval(() => {
    const at = performance.now();
    let publish = () => {};
    const captured = callOf(store.nextId());
    writer.append(
      () => {
        publish = store.insert(captured);
      },
      () => {
        publish();
        stored = Math.max(stored, performance.now() - at);
      },
    );
  }, everyMs);
  const started = performance.now();
  await store.retention.set({ calls: before - removed, days: null, bytes: null });
  // Those that came since the last step are still to be made up for.
  while (store.readings.stored > before - removed + 200) await new Promise((resolve) => setTimeout(resolve, 20));
  const seconds = (performance.now() - started) / 1_000;
  clearInterval(tick);
  clearInterval(call);
  await writer.drained();
  return { row: 'retention', calls: before, removed, seconds, held, stored };
}

export function printRetention(result: RetentionRow | null): void {
  if (result === null) return;
  const { calls } = result;
  const seconds = Math.round(result.seconds * 10) / 10;
  const [held, stored] = [Math.round(result.held), Math.round(result.stored)];
  console.log(JSON.stringify({ ...result, seconds, held, stored }));
  console.table([
    {
      retention: `${removed.toLocaleString('en')} of ${calls.toLocaleString('en')} calls removed`,
      seconds,
      'thread held at most ms': held,
      'a call waited at most ms': stored,
    },
  ]);
}

function callOf({ seq, code }: { seq: number; code: string }): CapturedCall {
  return {
    seq,
    code,
    at: Date.now(),
    durationMs: 1,
    method: 'GET',
    path: `/scim/v2/Users/${code}`,
    query: '',
    requestHeaders: [['host', 'bench.example']],
    requestBody: null,
    status: 404,
    responseHeaders: [],
    responseBody: null,
    shows: null,
    source: '20.190.128.7',
    via: 'public',
    practice: false,
    stage: 'directory',
    scimType: null,
    detail: null,
    resourceType: 'User',
    resourceId: code,
    resourceName: null,
    totalResults: null,
    changes: [],
  };
}
