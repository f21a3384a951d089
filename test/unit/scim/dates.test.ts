import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from '../../../src-main/scim/dates.ts';

test('isoTime writes what toISOString writes', () => {
  const times = fc.integer({ min: Date.UTC(1970), max: Date.UTC(2999, 11, 31, 23, 59, 59, 999) });
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 5 }), (several) => {
      for (const time of several) expect(isoTime(time)).toBe(new Date(time).toISOString());
    }),
    { numRuns: 500 },
  );
});
