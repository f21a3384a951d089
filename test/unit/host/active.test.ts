import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ActivePilot, openActive } from '../../../src-main/host/active.ts';
import type { Pilot } from '../../../src-main/pilot.ts';
import { silentLog } from '../../support/fake-window.ts';

/** What becomes of the one that is open when it can't be opened again: pilots of nothing but their opening and closing. */

const port = { number: 0, explicit: false };
let open: Set<string>;
let refuse: boolean;
/** Holds openings back until it is resolved. */
let gate: PromiseWithResolvers<void> | null;
let active: ActivePilot;

beforeEach(async () => {
  vi.useFakeTimers();
  open = new Set();
  refuse = false;
  gate = null;
  active = await openActive('first', port, {
    open: opened,
    onOpened() {},
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log: silentLog,
  });
});
afterEach(() => vi.useRealTimers());

async function opened(id: string): Promise<Pilot> {
  await gate?.promise;
  if (refuse) throw new Error('The disk is full');
  open.add(id);
  return { scim: { port: 7 }, close: async () => void open.delete(id) } as unknown as Pilot;
}

/** Nothing is open, and it is tried again every few seconds. */
async function lose(): Promise<void> {
  refuse = true;
  await expect(active.replace('second', port)).rejects.toThrow('full');
  expect(active.current).toBeNull();
}

test('what was open is opened again as soon as it can be', async () => {
  await lose();
  refuse = false;
  const waiting = active.now();
  await vi.advanceTimersByTimeAsync(5_000);
  expect((await waiting).id).toBe('first');
  expect(open).toEqual(new Set(['first']));
});

test('why none is open is told, since when, and that one is again', async () => {
  expect(active.trouble().now).toBeNull();
  const { change } = active.trouble();
  await lose();
  await change;
  const { now: trouble, change: over } = active.trouble();
  expect(trouble).toEqual({ id: 'first', words: expect.stringContaining('The disk is full'), since: Date.now() });
  const since = trouble?.since;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(active.trouble().now?.since).toBe(since);
  refuse = false;
  await vi.advanceTimersByTimeAsync(5_000);
  await over;
  expect(active.trouble().now).toBeNull();
});

test('another that is asked for in the middle of such a try waits for it: two are never open', async () => {
  await lose();
  refuse = false;
  gate = Promise.withResolvers();
  await vi.advanceTimersByTimeAsync(5_000);
  const replaced = active.replace('second', port);
  gate.resolve();
  await replaced;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(active.current?.id).toBe('second');
  expect(open).toEqual(new Set(['second']));
});

test('closing in the middle of such a try leaves nothing open', async () => {
  await lose();
  refuse = false;
  gate = Promise.withResolvers();
  await vi.advanceTimersByTimeAsync(5_000);
  const closed = active.close();
  gate.resolve();
  await closed;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(open).toEqual(new Set());
});

test('who waits for a pilot that can not be opened is told when all of it ends', async () => {
  await lose();
  const waiting = expect(active.now()).rejects.toThrow('closing');
  active.giveUp();
  await waiting;
  await active.close();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(open).toEqual(new Set());
});
