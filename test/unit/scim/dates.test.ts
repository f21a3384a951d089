import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from '../../../src-main/scim/dates.ts';

test('isoTime writes what toISOString writes', () => {
  const times = fc.integer({ min: Date.UTC(1901), max: Date.UTC(2999, 11, 31, 23, 59, 59, 999) });
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 5 }), (several) => {
      // The next ones in the same second, the next second, and the day after.
      const near = several.flatMap((time) => [time, time, time + 1, time + 999, time + 86_400_000]);
      for (const time of near) expect(isoTime(time)).toBe(new Date(time).toISOString());
    }),
    { numRuns: 500 },
  );
});
