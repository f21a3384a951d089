import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CallStore, createCallStore } from '../../../src-main/calls/index.ts';
import type { CallSummary, CapturedCall, PilotEvent, PilotStatus, Writer } from '../../../src-main/contract/index.ts';
import { createWriter, openDatabase } from '../../../src-main/storage/index.ts';
import { createSteppedQueries } from './stepped-queries.ts';

let dir: string;
let db: Database.Database;
let writer: Writer;
let now: number;
let store: CallStore;
const clock = { now: () => now, monotonic: () => performance.now() };

/** What happens between two steps of a scan. */
let between: () => Promise<void>;

const runner = createSteppedQueries(
  () => db,
  () => between(),
);

function open(keep?: number): CallStore {
  return createCallStore({
    db,
    writer,
    runner,
    clock,
    log: { info() {}, warn() {}, error() {} },
    describe: (call) => ({
      sentence: { verb: 'Read', object: call.resourceName, note: null },
      outcome: call.status >= 400 ? 'failed' : call.query === 'odd' ? 'odd' : 'ok',
      probe: call.query === 'probe',
      plain: call.resourceName === 'plain',
      why: call.status >= 400 ? ['SP-REFUSED'] : [],
    }),
    clean: (body) => body,
    describePlain: (call) => ({ verb: 'Read', object: call.resourceName, note: null }),
    describeLookUp: (_, value) => ({ verb: 'Looked for', object: value, note: 'not found' }),
    explain: () => [],
    ...(keep === undefined ? {} : { keep }),
  });
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scim-pilot-calls-'));
  db = openDatabase(dir);
  writer = createWriter(db, { log: { info() {}, warn() {}, error() {} }, appendDelayMs: 1 });
  now = 1_800_000_000_000;
  between = async () => {};
  store = open();
});
afterEach(async () => {
  store.close();
  await writer.drained();
  db.close();
  rmSync(dir, { recursive: true });
});

function callOf(over: Partial<CapturedCall> = {}): CapturedCall {
  const { seq, code } = store.nextId();
  return {
    seq,
    code,
    at: now,
    durationMs: 1.5,
    method: 'GET',
    path: '/scim/v2/Users/1',
    query: '',
    requestHeaders: [['Host', 'x']],
    requestBody: null,
    status: 200,
    responseHeaders: [],
    responseBody: { text: '{}', bytes: 2, cut: false },
    source: '127.0.0.1',
    via: 'local',
    practice: false,
    stage: 'directory',
    scimType: null,
    detail: null,
    resourceType: 'User',
    resourceId: '1',
    resourceName: 'Ada',
    totalResults: null,
    changes: [],
    shows: null,
    ...over,
  };
}

/** Stores and publishes as the endpoint does for a read. */
function take(...calls: CapturedCall[]): Promise<void> {
  for (const call of calls) {
    let publish = () => {};
    writer.append(
      () => {
        publish = store.insert(call);
      },
      () => publish(),
    );
  }
  return writer.drained();
}

const many = (count: number, over: Partial<CapturedCall> = {}) => Array.from({ length: count }, () => callOf(over));
const everything = { before: null, limit: 100, query: '' };
const status = () => ({ callsStored: store.readings.stored }) as PilotStatus;

describe('pages', () => {
  test('newest first, by cursor, to the end', async () => {
    await take(...many(25));
    const first = await store.page({ ...everything, limit: 10 });
    const second = await store.page({ ...everything, limit: 10, before: first.next });
    const third = await store.page({ ...everything, limit: 10, before: second.next });
    const positions = [first, second, third].flatMap((page) => page.calls.map((call) => call.position));
    expect(positions).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
    expect([first.stored, third.next]).toEqual([25, null]);
  });

  test('only failures; without probes', async () => {
    await take(callOf(), callOf({ status: 404 }), callOf({ query: 'probe' }), callOf({ status: 500 }));
    const statuses = async (question: object) =>
      (await store.page({ ...everything, ...question })).calls.map((call) => call.status);
    expect(await statuses({ query: 'failed' })).toEqual([500, 404]);
    expect(await statuses({ query: 'not(probe)' })).toEqual([500, 404, 200]);
  });

  test('a call by its code, as typed', async () => {
    const call = callOf({ requestBody: { text: '{"a":1}', bytes: 9, cut: true }, detail: 'why' });
    await take(call, callOf());
    expect(await store.call(call.code.toLowerCase())).toMatchObject({
      code: call.code,
      requestBody: { text: '{"a":1}', bytes: 9, cut: true },
      responseBody: { text: '{}', bytes: 2, cut: false },
      requestHeaders: [['Host', 'x']],
      detail: 'why',
    });
    expect(await store.call('00000')).toBeNull();
  });

  test('minutes: a bucket each, empty ones absent', async () => {
    const at = Math.floor(now / 60_000) * 60_000;
    await take(callOf({ at }), callOf({ at: at + 59_999, status: 400 }), callOf({ at: at + 120_000, practice: true }));
    expect(await store.minutes(at)).toEqual([
      { at, calls: 2, failed: 1, practice: 0 },
      { at: at + 120_000, calls: 1, failed: 0, practice: 1 },
    ]);
    expect(await store.minutes(at + 60_000)).toHaveLength(1);
  });
});

describe('counts', () => {
  const odd = { query: 'odd' };
  const failed = { status: 400 };
  const practice = { practice: true };
  const change = (kind: 'created' | 'updated' | 'deleted') => ({
    changes: [
      {
        resourceType: 'User' as const,
        id: '1',
        name: 'Ada',
        kind,
        attributes: [{ path: 'title', after: 'x' }],
        membersAdded: [],
        membersRemoved: [],
      },
    ],
  });

  test('of what is stored, of what comes while it is counted, and of what comes later', async () => {
    await take(...many(5_500, failed), callOf(odd));
    let more = 1;
    between = async () => {
      if (more-- > 0) await take(callOf(failed), callOf(practice));
    };
    expect(await store.tally()).toEqual({ position: 5_503, failed: 5_501, odd: 1, practice: 1 });
    await take(callOf({ ...failed, ...practice }));
    expect(await store.tally()).toEqual({ position: 5_504, failed: 5_502, odd: 1, practice: 2 });
  });

  test('go down with the calls that go, and are the same when counted anew', async () => {
    store.close();
    store = open(10);
    await take(...many(30, failed), ...many(4, odd), ...many(3, practice));
    expect(await store.tally()).toMatchObject({ failed: 30, odd: 4, practice: 3 });
    await expect.poll(() => store.readings.stored, { timeout: 5_000 }).toBe(10);
    const counted = await store.tally();
    expect(counted).toMatchObject({ failed: 3, odd: 4, practice: 3 });
    store.close();
    store = open(10);
    expect(await store.tally()).toEqual(counted);
  });

  test('of the last day, also across a restart', async () => {
    const day = 86_400_000;
    await take(
      callOf({ ...change('created'), at: now - 2 * day }),
      callOf({ ...failed, at: now - 2 * day }),
      callOf({ ...change('created'), at: now - day / 2 }),
      callOf({ ...change('updated'), method: 'PATCH' }),
      callOf({ ...failed, ...practice, resourceName: 'Practised' }),
    );
    const counts = { created: 1, updated: 1, archived: 0, failed: 1 };
    for (const again of [false, true]) {
      if (again) {
        store.close();
        store = open();
      }
      const { today, failures } = await store.today(now - day);
      expect(today).toEqual(counts);
      expect(failures.map(({ position }) => position)).toEqual([5]);
      const needs = await store.needs(now - day);
      expect(needs.map(({ code, calls, practice: only, newest }) => [code, calls, only, newest.position])).toEqual([
        ['SP-REFUSED', 1, true, 5],
      ]);
    }
    await take(callOf(failed), callOf({ ...change('deleted'), method: 'DELETE' }));
    expect((await store.today(now - day)).today).toEqual({ ...counts, archived: 1, failed: 2 });
    const [need] = await store.needs(now - day);
    expect(need).toMatchObject({ calls: 1, practice: false, newest: { position: 6 } });
    now += day / 2 + 60_000;
    expect((await store.today(now - day)).today.created).toBe(0);
    expect((await store.tally()).failed).toBe(3);
  });
});

test('what the guide asks again and again is put together of what is settled and what came since', async () => {
  const since = now - 1_000;
  const azures = { via: 'public' as const };
  const created = (resourceType: 'User' | 'Group') =>
    callOf({
      ...azures,
      at: now,
      resourceType,
      changes: [
        { resourceType, id: '1', name: 'Ada', kind: 'created', attributes: [], membersAdded: [], membersRemoved: [] },
      ],
    });
  await take(
    callOf({ ...azures, query: 'probe', totalResults: 0 }),
    created('User'),
    callOf({ ...azures, status: 400 }),
  );
  const first = await store.guideFacts(since);
  expect(first).toMatchObject({ created: 1, groups: 0, failed: 1, updated: 0 });
  const { userProbe, firstWrite } = first;
  for (let more = 2; more <= 4; more++) {
    now += 600_000;
    await take(created('Group'), created('User'), callOf());
    const facts = await store.guideFacts(since);
    expect(facts).toMatchObject({ created: 2 * more - 1, groups: more - 1, failed: 1, userProbe, firstWrite });
    expect(facts.newest?.at).toBe(now);
    expect(facts.lastWrite?.at).toBe(now);
  }
  // Another question begins anew.
  expect(await store.guideFacts(now - 1)).toMatchObject({ created: 2, groups: 1, failed: 0, userProbe: null });
});

test('a call that could not be stored spoils none of its kind that comes later', async () => {
  const fields = { method: 'PUT', path: '/scim/v2/Users' };
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  await take(callOf({ ...fields, changes: [circular, circular] as never }));
  await take(callOf());
  const later = callOf(fields);
  await take(later);
  const { calls } = await store.page(everything);
  expect(calls.map((call) => [call.code, call.method])).toEqual([
    [later.code, 'PUT'],
    [expect.any(String), 'GET'],
  ]);
  expect(await store.call(later.code)).toMatchObject({ method: 'PUT', requestHeaders: [['Host', 'x']] });
});

describe('readings', () => {
  test('are the same after a restart', async () => {
    await take(...many(3), callOf({ status: 409, durationMs: 9 }), callOf({ practice: true, durationMs: 4 }));
    const read = ({ readings }: CallStore) => ({
      stored: readings.stored,
      last: readings.lastCall,
      failed: readings.failedLastHour(now),
      ticks: readings.ticks(now),
      median: readings.answerTime(0.5, 100),
      slow: readings.answerTime(0.95, 1_000),
    });
    const before = read(store);
    expect(before).toMatchObject({ stored: 5, failed: 1, median: 1.5, slow: 9 });
    expect(before.ticks.map((tick) => tick.failed)).toEqual([false, false, false, true, false]);
    store.close();
    store = open();
    expect(read(store)).toEqual(before);
  });

  test('ticks end after a minute, failures count for an hour', async () => {
    await take(callOf({ status: 400 }));
    now += 61_000;
    expect(store.readings.ticks(now)).toEqual([]);
    expect(store.readings.failedLastHour(now)).toBe(1);
    now += 3_600_000;
    expect(store.readings.failedLastHour(now)).toBe(0);
  });

  test('a burst leaves a bounded number of ticks', async () => {
    await take(...many(2_000));
    expect(store.readings.ticks(now)).toHaveLength(300);
  });
});

describe('identities', () => {
  test('are never given twice, whether the pilot was closed or killed', async () => {
    const seen = new Set<string>();
    const draw = (count: number) => {
      for (let i = 0; i < count; i++) seen.add(store.nextId().code);
    };
    draw(100);
    store.close();
    store = open();
    draw(100);
    // Killed: nothing was handed back.
    store = open();
    draw(100);
    expect(seen.size).toBe(300);
  });

  test('a closed pilot wastes no numbers', () => {
    const { seq } = store.nextId();
    store.close();
    store = open();
    expect(store.nextId().seq).toBe(seq + 1);
  });

  test('a new block is on disk before the old one is used up', async () => {
    let last = 0;
    for (let i = 0; i < 10_000; i++) last = store.nextId().seq;
    await writer.drained();
    await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < 10_000; i++) last = store.nextId().seq;
    store = open();
    expect(store.nextId().seq).toBeGreaterThan(last);
  });
});

describe('retention', () => {
  test('keeps the newest calls and goes on in small steps', async () => {
    store.close();
    store = open(100);
    await take(...many(1_300));
    await expect.poll(() => store.readings.stored, { timeout: 5_000 }).toBe(100);
    const { calls } = await store.page({ ...everything, limit: 500 });
    expect([calls.length, calls[0]?.position, calls.at(-1)?.position]).toEqual([100, 1_300, 1_201]);
  });

  test('thousands go in steps, and calls that come meanwhile are stored between them', async () => {
    await take(...many(9_000));
    await store.retention.set({ calls: 1_000, days: null, bytes: null });
    const drops: number[] = [];
    const gone = () => drops.reduce((sum, drop) => sum + drop, 0);
    for (let before = store.readings.stored; gone() < 8_000; ) {
      await take(callOf());
      const stored = store.readings.stored - 1;
      if (stored < before) drops.push(before - stored);
      before = store.readings.stored;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(drops.length).toBeGreaterThan(3);
    expect(Math.max(...drops)).toBeLessThanOrEqual(2_000);
    expect((await store.page({ ...everything, limit: 1 })).calls[0]?.position).toBeGreaterThan(9_000);
  });

  const day = 86_400_000;
  const keptPositions = async () =>
    (await store.page({ ...everything, limit: 500 })).calls.map((call) => call.position);

  test('by age: what is older than so many days goes, the newest call never', async () => {
    await take(...many(3, { at: now - 9 * day }), ...many(2, { at: now - 6 * day }), callOf());
    await store.retention.set({ calls: 100, days: 7, bytes: null });
    await expect.poll(() => store.readings.stored, { timeout: 5_000 }).toBe(3);
    expect(await keptPositions()).toEqual([6, 5, 4]);
    now += 30 * day;
    await store.retention.set({ calls: 100, days: 1, bytes: null });
    await expect.poll(() => store.readings.stored, { timeout: 5_000 }).toBe(1);
    await take(callOf());
    expect(await keptPositions()).toEqual([7, 6]);
  });

  test('by size: large bodies go until the database is small enough, the newest thousand calls stay', async () => {
    const text = 'x'.repeat(20_000);
    await take(...many(1_300, { requestBody: { text, bytes: text.length, cut: false } }));
    await store.retention.set({ calls: 10_000, days: null, bytes: 22_000_000 });
    await expect.poll(() => store.readings.stored, { timeout: 5_000 }).toBeLessThan(1_100);
    expect(store.readings.stored).toBeGreaterThanOrEqual(1_000);
    await store.retention.set({ calls: 10_000, days: null, bytes: 1_000_000 });
    await expect.poll(() => store.readings.stored, { timeout: 5_000 }).toBe(1_000);
    expect((await store.page({ ...everything, limit: 1 })).calls[0]?.position).toBe(1_300);
  });

  test('what was set holds after a restart', async () => {
    const set = { calls: 2_000, days: 30, bytes: 100_000_000 };
    await store.retention.set(set);
    store.close();
    store = open();
    expect(store.retention.read()).toEqual(set);
  });
});

describe('watching', () => {
  /** Watches until `enough`; gives what came. */
  async function watch(
    lastId: number | null,
    enough: (events: PilotEvent[]) => boolean,
    afterFirst?: () => unknown,
  ): Promise<{ events: PilotEvent[]; ids: number[] }> {
    const stop = new AbortController();
    const events: PilotEvent[] = [];
    const ids: number[] = [];
    for await (const { id, event } of store.watch(lastId, stop.signal, status)) {
      events.push(event);
      ids.push(id);
      if (events.length === 1) void afterFirst?.();
      if (enough(events)) stop.abort();
    }
    return { events, ids };
  }
  const callsIn = (events: PilotEvent[]): CallSummary[] =>
    events.flatMap((event) => (event.type === 'calls' ? event.calls : []));
  const positionsIn = (events: PilotEvent[]) => callsIn(events).map((call) => call.position);
  const upTo = (position: number) => (events: PilotEvent[]) => positionsIn(events).at(-1) === position;
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  test('from now on: a status, then what comes', async () => {
    await take(...many(5));
    const { events, ids } = await watch(null, upTo(8), () => take(...many(3)));
    expect(events[0]?.type).toBe('status');
    expect(positionsIn(events)).toEqual([6, 7, 8]);
    expect(ids.at(-1)).toBe(8);
  });

  test('resumed: what was missed from the store, then live, without a gap or a repeat', async () => {
    await take(...many(1_200));
    store.close();
    store = open();
    await take(...many(10));
    const { events } = await watch(200, upTo(1_240), () => take(...many(30)));
    expect(positionsIn(events)).toEqual(range(201, 1_240));
  });

  test('away for more than 2,000 calls: one reset, then from now on', async () => {
    await take(...many(2_500));
    const { events, ids } = await watch(100, upTo(2_501), () => take(callOf()));
    expect(events[0]).toEqual({ type: 'reset' });
    expect(ids[0]).toBe(2_500);
    expect(positionsIn(events)).toEqual([2_501]);
  });

  test('an id from another database: a reset', async () => {
    await take(...many(5));
    const { events, ids } = await watch(999, () => true);
    expect([events, ids]).toEqual([[{ type: 'reset' }], [5]]);
  });

  test('a burst of 1,900 calls is a handful of events', async () => {
    const { events } = await watch(null, upTo(1_900), () => take(...many(1_900)));
    expect(positionsIn(events)).toEqual(range(1, 1_900));
    expect(events.length).toBeLessThan(15);
  });

  test('a slow watcher keeps nothing in memory: it reads on from the store, or starts anew', async () => {
    const stop = new AbortController();
    const watching = store.watch(null, stop.signal, status);
    expect((await watching.next()).value?.event.type).toBe('status');
    await take(...many(1_500));
    const slow: number[] = [];
    while (slow.at(-1) !== 1_500) {
      const { value } = await watching.next();
      if (value !== undefined) slow.push(...positionsIn([value.event]));
    }
    expect(slow).toEqual(range(1, 1_500));
    await take(...many(6_000));
    const types: string[] = [];
    while (!types.includes('reset')) types.push((await watching.next()).value?.event.type ?? 'end');
    expect(types).not.toContain('end');
    stop.abort();
    // Ending it from outside needs no event.
    while (!(await watching.next()).done);
  });

  test('an idle watcher ends at once when it is aborted', async () => {
    const stop = new AbortController();
    const watching = store.watch(null, stop.signal, status);
    await watching.next();
    const next = watching.next();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  test('at most ten statuses a second', async () => {
    let calls = 0;
    const started = performance.now();
    const { events } = await watch(null, upTo(40), async () => {
      while (calls < 40) {
        calls += 1;
        await take(callOf());
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    const seconds = (performance.now() - started) / 1_000;
    const statuses = events.filter((event) => event.type === 'status').length;
    expect(statuses).toBeGreaterThan(1);
    expect(statuses).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
  });
});

test('a group that is rolled back publishes nothing and can be stored again', async () => {
  const call = callOf();
  await expect(
    writer.submit(
      () => null,
      () => {
        store.insert(call);
        throw new Error('settle failed');
      },
    ),
  ).rejects.toThrow('settle failed');
  expect(store.readings.stored).toBe(0);
  await take(call);
  expect(store.readings).toMatchObject({ stored: 1, lastPosition: 1 });
});
