import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownProblem } from '../../../src-main/contract/catalogue/tunnel.ts';
import { type Checks, createChecks } from '../../../src-main/tunnel/checks.ts';

/** Whether the address is said to lead here, over hours of a held clock. */

const minute = 60_000;
let leadsHere: boolean;
let asked: number;
let checks: Checks;

beforeEach(() => {
  vi.useFakeTimers();
  leadsHere = true;
  asked = 0;
  checks = createChecks({
    clock: { now: () => Date.now(), monotonic: () => Date.now() },
    onResult() {},
    reach: {
      answerTo: () => null,
      async check() {
        asked += 1;
        return { ok: leadsHere, at: Date.now(), problem: leadsHere ? null : ownProblem('reach-refused') };
      },
    },
  });
  checks.begin('https://pilot.example', () => 10 * minute);
});
afterEach(() => {
  checks.end();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('it is checked at once, then now and then, and a call in between counts as a check', async () => {
  await pass(0);
  expect(checks.latest()).toMatchObject({ ok: true });
  await pass(9 * minute);
  checks.proven();
  await pass(9 * minute);
  expect(asked).toBe(1);
  await pass(11 * minute);
  expect(asked).toBe(2);
});

test('an address that stops to lead here is said to, whatever came before', async () => {
  await pass(0);
  checks.proven();
  leadsHere = false;
  await pass(21 * minute);
  expect(checks.latest()).toMatchObject({ ok: false, problem: { code: 'reach-refused' } });
});

test('a call that comes while our own checks fail is believed more than they are, until none comes any more', async () => {
  leadsHere = false;
  await pass(11 * minute);
  expect(checks.latest()?.ok).toBe(false);
  await pass(minute);
  checks.proven();
  const at = Date.now();
  await pass(60 * minute);
  // The checks go on, and fail on.
  expect(asked).toBeGreaterThan(3);
  expect(checks.latest()).toEqual({ ok: true, at, problem: null });
  await pass(31 * minute);
  expect(checks.latest()?.ok).toBe(false);
});

test('nothing is known any more once the session has ended', async () => {
  leadsHere = false;
  await pass(0);
  checks.proven();
  checks.end();
  expect(checks.latest()).toBeNull();
  checks.begin('https://other.example', () => minute);
  await pass(0);
  expect(checks.latest()?.ok).toBe(false);
});
