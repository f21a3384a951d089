import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createGuessCounts,
  createGuesses,
  forgottenAfterMs,
  longestDelayMs,
  mostHeld,
  mostSources,
} from '../../../src-main/endpoint/guesses.ts';

describe('how long a source waits', () => {
  test('the first wrong tokens are answered at once, then it doubles up to a limit', () => {
    const counts = createGuessCounts({ monotonic: () => 0 });
    const delays = Array.from({ length: 16 }, () => counts.failed('a'));
    expect(delays.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(delays.slice(5, 12)).toEqual([25, 50, 100, 200, 400, 800, 1_600]);
    expect(delays.slice(12)).toEqual([longestDelayMs, longestDelayMs, longestDelayMs, longestDelayMs]);
  });

  test('follows a model whatever comes in whatever order: per source, growing, forgotten after quiet, never beyond the limit', () => {
    const step = fc.record({
      source: fc.integer({ min: 0, max: 5 }),
      wait: fc.integer({ min: 0, max: forgottenAfterMs * 2 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let now = 0;
        const counts = createGuessCounts({ monotonic: () => now });
        const model = new Map<number, { failures: number; at: number; delay: number }>();
        for (const { source, wait } of steps) {
          now += wait;
          const before = model.get(source);
          const fresh = before === undefined || now - before.at > forgottenAfterMs;
          const failures = fresh ? 1 : before.failures + 1;
          const delay = counts.failed(`source ${source}`);
          if (failures <= 5) expect(delay).toBe(0);
          else expect(delay).toBe(Math.min(longestDelayMs, Math.max(25, (before?.delay ?? 0) * 2)));
          model.set(source, { failures, at: now, delay });
        }
        expect(counts.size).toBe(model.size);
      }),
    );
  });

  test('remembers only so many sources, and the one that failed last among them', () => {
    const counts = createGuessCounts({ monotonic: () => 0 });
    for (let i = 0; i < 6; i++) counts.failed('steady');
    for (let i = 0; i < 3 * mostSources; i++) {
      counts.failed(`passing ${i}`);
      if (i % 100 === 0) counts.failed('steady');
      expect(counts.size).toBeLessThanOrEqual(mostSources);
    }
    expect(counts.failed('steady')).toBe(longestDelayMs);
    expect(counts.failed('passing 0')).toBe(0);
  });
});

describe('holding an answer back', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('each answer goes out once, when its time has come', () => {
    const guesses = createGuesses({ monotonic: () => 0 });
    const answered: number[] = [];
    for (let i = 0; i < 7; i++) guesses.hold('a', () => answered.push(i));
    expect(answered).toEqual([0, 1, 2, 3, 4]);
    guesses.hold('b', () => answered.push(99));
    expect(answered.at(-1)).toBe(99);
    vi.advanceTimersByTime(24);
    expect(answered).not.toContain(5);
    vi.advanceTimersByTime(longestDelayMs);
    expect(answered).toEqual([0, 1, 2, 3, 4, 99, 5, 6]);
    guesses.close();
    expect(answered).toHaveLength(8);
  });

  test('a flood is not held in memory', () => {
    const guesses = createGuesses({ monotonic: () => 0 });
    const answer = vi.fn();
    for (let i = 0; i < 1_005; i++) guesses.hold('a', answer);
    expect(answer).toHaveBeenCalledTimes(1_005 - mostHeld);
    guesses.close();
    expect(answer).toHaveBeenCalledTimes(1_005);
  });

  test('closing lets out what is held and holds nothing more', () => {
    const guesses = createGuesses({ monotonic: () => 0 });
    const answer = vi.fn();
    for (let i = 0; i < 10; i++) guesses.hold('a', answer);
    expect(answer).toHaveBeenCalledTimes(5);
    guesses.close();
    expect(answer).toHaveBeenCalledTimes(10);
    guesses.hold('a', answer);
    expect(answer).toHaveBeenCalledTimes(11);
    expect(vi.getTimerCount()).toBe(0);
  });
});
