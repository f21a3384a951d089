/**
 * Queries of the feed over many stored calls, in the query worker as the window asks them: how long until the first answer is
 * there, and until its page is full or the end of the store is reached. Each is asked with texts that nobody asked for before.
 */
import type { callQueries } from '../../src-main/calls/index.ts';
import type { CapturedCall } from '../../src-main/contract/index.ts';
import type { QueryOutput, QueryWorker } from '../../src-main/storage/index.ts';
import { openCalls, startWorker } from './call-store.ts';
import { idOf, user } from './company.ts';
import { keptFolder, type RunFolder } from './folders.ts';

const pageSize = 100;
const scim = '/scim/v2';

type FoundCalls = QueryOutput<(typeof callQueries)['calls.find']>;

export interface QueryRow {
  row: string;
  calls: number;
  /** Calls on the page. */
  found: number;
  /** Milliseconds, the worst of all times it was asked. */
  first: number;
  page: number;
}

/** What is asked; `n` differs each time. */
const rows: Record<string, (n: number) => string> = {
  everything: (n) => `not(code:0000${n})`,
  failed: (n) => `failed not(code:0000${n})`,
  'status that never was': (n) => `status:${507 + n}`,
  'status of one in 100,000': (n) => `status:412 not(code:0000${n})`,
  'slow, one in 100,000': (n) => `ms>${900 + n}`,
  'one user by name': (n) => `user:"${nameOf(123_456 + n)}"`,
  'a word most bodies hold': (n) => `body:"Analyst" not(code:0000${n})`,
  'a text of one body': (n) => `body:"${user(34_567 + n).userName}"`,
  'a text of no body': (n) => `body:"nobody${n}@example"`,
  'two texts, both common, never together': (n) => `body:"Analyst" method:GET not(code:0000${n})`,
  'either of two': (n) => `or(status:412 user:"${nameOf(222_222 + n)}")`,
  'the last hour without look-ups': (n) => `since:1h not(method:GET) not(code:0000${n})`,
  'two letters, of which no body has them': (n) => `body:"ź${n}"`,
};
const times = 3;

const nameOf = (n: number) => String(user(n).displayName);

/** What decides which calls there are. */
export const callSources = ['queries.ts', 'call-store.ts', 'company.ts'];

/** Measures all rows over `count` calls; filling and indexing them takes minutes the first time. */
export async function measureQueries(count: number, run: RunFolder): Promise<QueryRow[]> {
  const folder = await keptFolder(`calls-${count}`, callSources, run, (made) => fill(made, count));
  const worker = startWorker(folder);
  try {
    const results: QueryRow[] = [];
    // The first question starts the thread and opens the files.
    await worker.run('calls.find', { query: '', before: null, limit: 1, now: Date.now() });
    for (const [row, text] of Object.entries(rows)) {
      const asked = { row, calls: count, found: 0, first: 0, page: 0 };
      for (let n = 0; n < times; n++) {
        const { found, first, page } = await ask(worker, text(n));
        asked.found = found;
        asked.first = Math.max(asked.first, first);
        asked.page = Math.max(asked.page, page);
      }
      results.push(asked);
      console.log(JSON.stringify({ ...asked, first: Math.round(asked.first), page: Math.round(asked.page) }));
    }
    return results;
  } finally {
    await worker.close();
  }
}

async function ask(worker: QueryWorker<typeof callQueries>, query: string) {
  const started = performance.now();
  let first = 0;
  let found = 0;
  let before: number | null = null;
  do {
    const step: FoundCalls = await worker.run('calls.find', {
      query,
      before,
      limit: pageSize - found,
      now: Date.now(),
    });
    if (first === 0) first = performance.now() - started;
    found += step.found.length;
    before = step.next;
  } while (before !== null && found < pageSize);
  return { found, first, page: performance.now() - started };
}

export function printQueries(results: readonly QueryRow[]): void {
  console.table(
    results.map(({ row, calls, found, first, page }) => ({
      query: row,
      calls: calls.toLocaleString('en'),
      found,
      'first answer ms': Math.round(first),
      'page or end ms': Math.round(page),
    })),
  );
}

/** Calls as a pilot stores them, and their index. */
async function fill(folder: string, count: number): Promise<void> {
  const { db, writer, worker, store, close } = openCalls(folder, {
    keep: 2 * count,
    describe: (call) => ({
      sentence: { verb: 'Updated', object: call.resourceName, note: 'title' },
      outcome: call.status >= 400 ? 'failed' : 'ok',
      probe: false,
      plain: call.method === 'GET',
      why: call.status === 409 ? ['SP-USERNAME-TAKEN'] : [],
    }),
  });
  // Scrap until it is whole.
  db.pragma('synchronous = OFF');
  const startedAt = Date.now();
  for (let n = 0; n < count; n++) {
    const call = callOf(store.nextId(), n, startedAt - (count - n) * 100);
    writer.append(() => store.insert(call));
    if (n % 10_000 === 9_999) {
      await writer.drained();
      process.stderr.write(`\rcalls: ${n + 1} of ${count}`);
    }
  }
  await writer.drained();
  for (let more = true; more; ) {
    const step = await worker.run('calls.index', { forMs: 200, changed: [] });
    more = step.more;
    process.stderr.write(`\rindexed: ${step.indexed} of ${count} `);
  }
  process.stderr.write('\n');
  await close();
}

/** Every other one looks for a user, the next one writes it. */
function callOf({ seq, code }: { seq: number; code: string }, n: number, at: number): CapturedCall {
  const about = Math.floor(n / 2);
  const person = user(about);
  const look = n % 2 === 0;
  const rare = n % 100_000 === 4_321;
  const failed = !look && n % 50 === 1;
  return {
    seq,
    code,
    at,
    durationMs: rare ? 1_000 : 2,
    method: look ? 'GET' : 'POST',
    path: `${scim}/Users`,
    query: look ? `filter=${encodeURIComponent(`userName eq "${person.userName}"`)}` : '',
    requestHeaders: [['host', 'bench.example']],
    requestBody: look ? null : text(JSON.stringify(person)),
    status: rare ? 412 : failed ? 409 : look ? 200 : 201,
    responseHeaders: [],
    responseBody: failed || rare ? text(`{"detail":"[call ${code}] userName is taken","scimType":"uniqueness"}`) : null,
    shows: null,
    source: '20.190.128.7',
    via: 'public',
    practice: false,
    stage: 'directory',
    scimType: failed ? 'uniqueness' : null,
    detail: null,
    resourceType: 'User',
    resourceId: look ? null : idOf(about),
    resourceName: look ? null : nameOf(about),
    totalResults: look ? 0 : null,
    changes: [],
  };
}

function text(of: string) {
  return { text: of, bytes: Buffer.byteLength(of), cut: false };
}
