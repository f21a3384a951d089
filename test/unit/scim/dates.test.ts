import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant, isoTime, millisecondsOf } from '../../../src-main/scim/dates.ts';

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

/** A dateTime in some zone, and what it names in attoseconds since 1970. */
const moment = fc
  .record({
    milliseconds: fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 11, 31) }),
    finer: fc.oneof(fc.constantFrom('', '0', '0000', '9999', '99990'), fc.stringMatching(/^\d{1,15}$/)),
    offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
  })
  .map(({ milliseconds, finer, offset }) => {
    const two = (n: number) => String(n).padStart(2, '0');
    const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
    const text = `${new Date(milliseconds).toISOString().slice(0, -1)}${finer}${zone}`;
    const at = BigInt(milliseconds - offset * 60_000) * 10n ** 15n + BigInt(finer.padEnd(15, '0'));
    return { text, at };
  });

test('instants stand in the order of time, however fine', () => {
  const pair = fc.oneof(
    fc.tuple(moment, moment),
    // Of one second, so that fractions decide.
    fc.tuple(moment, fc.stringMatching(/^\d{1,15}$/)).map(([one, more]) => {
      const text = one.text.replace(/\.\d+/, `.${more}`);
      const whole = one.at - (((one.at % 10n ** 18n) + 10n ** 18n) % 10n ** 18n);
      return [one, { text, at: whole + BigInt(more.padEnd(18, '0')) }] as const;
    }),
  );
  fc.assert(
    fc.property(pair, ([a, b]) => {
      const [one, other] = [instant(a.text) ?? '', instant(b.text) ?? ''];
      expect([one < other, one === other]).toEqual([a.at < b.at, a.at === b.at]);
      const [before, after] = [millisecondsOf(one), millisecondsOf(other)];
      expect(before).toBe(Math.floor(before) + (a.at % 10n ** 15n === 0n ? 0 : 0.5));
      if (Number.isInteger(after)) expect(before < after).toBe(a.at < b.at);
    }),
    { numRuns: 2000 },
  );
});

test.each(['2026-02-30', '2026-13-01', 'soon', '', '2026-03-01T25:00:00Z', '2026-03-01T08:00:00.Z'])(
  '%j is no dateTime',
  (text) => expect(instant(text)).toBeNull(),
);

test('without a time, a zone or seconds it is UTC', () => {
  const midnight = instant('2026-03-01T00:00:00.000Z');
  for (const text of ['2026-03-01', '2026-03-01T00:00', '2026-03-01T00:00:00', '2026-03-01t00:00:00.0z']) {
    expect(instant(text)).toBe(midnight);
  }
  expect(millisecondsOf(midnight ?? '')).toBe(Date.UTC(2026, 2, 1));
});

test('a fraction may be as long as a body: it costs no more than its length', () => {
  const long = `2026-03-01T08:00:00.${'0'.repeat(1_000_000)}1Z`;
  const started = performance.now();
  expect(instant(long)).toBe(`${instant('2026-03-01T08:00:00Z')}${'0'.repeat(999_997)}1`);
  expect(performance.now() - started).toBeLessThan(2_000);
});
