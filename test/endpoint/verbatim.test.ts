import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Json } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, created, createdId, enterprise, patched, textAt, unique } from './shapes.ts';

/** Quirk 32 of docs/entra.md: what is stored is what was sent, or Entra sends it again each cycle. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const texts = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((one) => one.isWellFormed() && !one.includes('\0')),
  fc.constantFrom(
    ...['2026-03-01T09:00:00.0000000+01:00', '2026-03-01', '+353 (0)91 555-0100;ext=7', 'tel:+1-201-555-0123', '007'],
    ...[
      'e\u0301',
      '\u00e9',
      '\u212a',
      '👩‍👩‍👧',
      '\u202eעברית',
      '\u{10ffff}',
      ' both ',
      'a\r\n\tb',
      '1.0',
      '1e3',
      '\u2028',
      '\\u0041',
    ],
  ),
  fc.nat(9).map((n) => 'Zoë𝒳 '.repeat(1_000 * (n + 1))),
);
const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (one === 0 ? 0 : one)),
  fc.maxSafeInteger().map((one) => (one === 0 ? 0 : one)),
  fc.constantFrom(2 ** 53, 1e21, 1e-7, 0.1),
);

test('text, numbers and lists come back as sent, over POST, PATCH and PUT', async () => {
  await fc.assert(
    fc.asyncProperty(texts, texts, numbers, async (text, other, number) => {
      const body = (one: string, phone: string): { [key: string]: Json } => ({
        userName: unique('verbatim'),
        displayName: one,
        phoneNumbers: [{ type: 'work', value: phone }],
        [enterprise]: { department: one },
        'urn:example:verbatim:2.0:User': { number, text: phone, list: [number, phone, { deep: one }] },
      });
      const sent = body(text, other);
      const id = textAt(await created(pilot, '/Users', sent), 'id');
      const path = `/Users/${id}`;
      expect((await pilot.request('GET', path)).json).toMatchObject(sent);
      const after = await patched(
        pilot,
        path,
        { op: 'Replace', path: 'displayName', value: other },
        { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: text },
        { op: 'add', value: { [`${enterprise}:department`]: other, shoeSize: number } },
      );
      expect([after.displayName, at(after, 'phoneNumbers', 0, 'value')]).toEqual([other, text]);
      expect([at(after, enterprise, 'department'), after.shoeSize]).toEqual([other, number]);
      const put = body(other, text);
      expect((await pilot.request('PUT', path, put)).status).toBe(200);
      expect((await pilot.request('GET', path)).json).toMatchObject(put);
    }),
    { numRuns: 25 },
  );
});

test('numbers count by their value: 1.0 and 1e3 come back as 1 and 1000, as IEEE doubles', async () => {
  const id = await createdId(pilot, '/Users', { userName: unique('verbatim') });
  const operation = '{"op":"add","value":{"a":1.0,"b":1e3,"c":9007199254740993,"d":"9007199254740993"}}';
  const answer = await pilot.request('PATCH', `/Users/${id}`, `{"Operations":[${operation}]}`);
  expect(answer.status).toBe(200);
  expect(answer.text).toContain('"a":1,"b":1000,"c":9007199254740992,"d":"9007199254740993"');
});
