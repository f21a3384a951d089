import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { startTestPilot, testToken } from '../support/pilot.ts';
import { callPublicly } from '../support/public-call.ts';

/** How long a pilot was away is told by what it remembers of its last run. */

const minute = 60_000;
const dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-away-'));
let now = Date.UTC(2026, 10, 2, 8);
const clock = { now: () => now, monotonic: () => performance.now() };
const open = () => startTestPilot({ dataDir, clock, publicOrigin: 'https://own.example' });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('a first start was not away; a stop of ten minutes is told, and when Azure came last', async () => {
  const first = await open();
  expect(first.api.status()).toMatchObject({ away: null, azureAt: null });
  now += minute;
  await first.request('GET', '/Users');
  expect(first.api.status().azureAt).toBeNull();
  const call = { port: first.port, host: 'own.example', method: 'GET', path: '/Users?count=1' };
  expect((await callPublicly({ ...call, token: 'not-the-token-of-this-pilot' })).status).toBe(401);
  expect(first.api.status().azureAt).toBeNull();
  expect((await callPublicly({ ...call, token: testToken })).status).toBe(200);
  await vi.waitFor(() => expect(first.api.status().azureAt).toBe(now));
  const stopped = now;
  await first.stop();

  now += 3 * minute;
  const soon = await open();
  expect(soon.api.status()).toMatchObject({ away: null, azureAt: stopped });
  await soon.stop();

  const since = now;
  now += 180 * minute;
  const late = await open();
  const away = { since, until: now, why: 'stopped' };
  expect(late.api.status()).toMatchObject({ away, azureAt: stopped });
  late.api.dismissAway();
  expect(late.api.status().away).toBeNull();
  await late.stop();
});

test('a machine that slept is told of when it wakes, to whoever watches', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const pilot = await open();
    const since = now;
    now += 45 * minute;
    const watched = new AbortController();
    const statuses = pilot.api.watch(null, watched.signal)[Symbol.asyncIterator]();
    await statuses.next();
    vi.advanceTimersByTime(minute);
    const { value } = await statuses.next();
    expect(value.event).toMatchObject({ type: 'status', status: { away: { since, until: now, why: 'asleep' } } });
    watched.abort();
    await pilot.stop();
  } finally {
    vi.useRealTimers();
  }
});
