import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CallDetail } from '../../src-main/contract/index.ts';
import { exportFormats } from '../../src-renderer/exports/formats.ts';
import { createRedaction } from '../../src-renderer/exports/redact.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** Whoever reaches the endpoint can have a body kept that nests as deep as it is long: a redacted export must come through. */

const levels = 5_000;
const deep = `{"userName":"deep@fabrikvale.example","x":${'['.repeat(levels)}${']'.repeat(levels)}}`;

let pilot: TestPilot;
let calls: CallDetail[];

beforeAll(async () => {
  pilot = await startTestPilot();
  const foreign = { authorization: 'Bearer of-another-system' };
  expect((await pilot.request('POST', '/Users', deep)).status).toBe(400);
  expect((await pilot.request('POST', '/Users', deep, foreign)).status).toBe(401);
  await vi.waitUntil(() => pilot.api.status().callsStored === 2, { interval: 5 });
  const { calls: rows } = await pilot.api.feed.page({ before: null, limit: 10, query: '' });
  calls = await pilot.api.export.calls(rows.map(({ code }) => code));
}, 90_000);
afterAll(() => pilot?.close());

test('such bodies are kept whole and told as what they are', () => {
  expect(calls.map(({ status, requestBody }) => [status, requestBody])).toEqual(
    [401, 400].map((status) => [status, { text: deep, bytes: deep.length, cut: false }]),
  );
  expect(calls[1]?.explanations.map(({ code }) => code)).toContain('SP-BODY-TOO-DEEP');
});

test.each(exportFormats)('a redacted export as $name leaves them out, and says so', ({ entry }) => {
  const redaction = createRedaction();
  for (const call of calls) redaction.learn(call);
  for (const call of calls) {
    const text = entry(redaction.redact(call));
    expect(text).toContain(`[left out: ${deep.length} bytes that are no whole JSON]`);
    expect(text).not.toContain('fabrikvale');
  }
  expect(redaction.tally()).toMatchObject({ calls: 2, bodies: 2 });
});

test('passwords in one are hidden, by key and by path, and what nests too deep to be looked through', async () => {
  const operation = '{"op":"replace","path":"password","value":"pa55-by-path"}';
  const body = `{"password":["pa55-a","pa55-b"],"Operations":[${operation}],"x":${'['.repeat(levels)}"pa55-deep"${']'.repeat(levels)}}`;
  expect((await pilot.request('POST', '/Users', body)).status).toBe(400);
  await vi.waitUntil(() => pilot.api.status().callsStored === 3, { interval: 5 });
  const [newest] = (await pilot.api.feed.page({ before: null, limit: 1, query: '' })).calls;
  const stored = (await pilot.api.feed.call(newest?.code ?? ''))?.requestBody?.text;
  expect(stored).toContain('"password":"[redacted]"');
  expect(stored).toContain('"path":"password","value":"[redacted]"');
  expect(stored).not.toContain('pa55');
});
