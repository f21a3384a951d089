import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { FaultOrder } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

/** The fault lab answers practice calls wrongly on purpose, and nobody else's. */

const simulator = { 'user-agent': 'SCIM-Pilot-Simulator/test' };
const nobody = '/Users?filter=userName+eq+%22nobody%40fabrikvale.example%22';

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());
afterEach(() => pilot.api.practice.stopFaults());

const start = (order: Partial<FaultOrder>) =>
  pilot.api.practice.startFaults({ kind: 'server-error', calls: 'all', count: 1, ...order });
const practise = (method: string, path: string, body?: unknown) => pilot.request(method, path, body, simulator);
const create = (userName: string) => practise('POST', '/Users', { userName });
const lab = () => pilot.api.status().faultLab;

test('it is off at first, and ends by itself when its calls are taken', async () => {
  expect(lab()).toBeNull();
  start({ kind: 'throttled', calls: 'creates', count: 2 });
  expect(lab()).toMatchObject({ kind: 'throttled', calls: 'creates', count: 2, left: 2 });
  const refused = await create('one@fabrikvale.example');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('10');
  expect(refused.json).toMatchObject({ status: '429', detail: expect.stringContaining('Fault lab') });
  expect(lab()?.left).toBe(1);
  expect((await practise('GET', nobody)).status).toBe(200);
  expect((await create('one@fabrikvale.example')).status).toBe(429);
  expect(lab()).toBeNull();
  expect((await create('one@fabrikvale.example')).status).toBe(201);
});

test('calls that are not practice never meet it', async () => {
  start({ kind: 'unauthorized', count: 100 });
  expect((await pilot.request('GET', '/Users')).status).toBe(200);
  expect((await practise('GET', '/Users')).status).toBe(401);
  expect(lab()?.left).toBe(99);
});

test('404 meets queries without a hit alone', async () => {
  await create('found@fabrikvale.example');
  start({ kind: 'not-found', count: 5 });
  expect((await practise('GET', nobody)).status).toBe(404);
  expect((await practise('GET', nobody.replace('nobody', 'found'))).json).toMatchObject({ totalResults: 1 });
  expect((await practise('GET', '/Users?count=1')).status).toBe(200);
  expect(lab()?.left).toBe(4);
});

test('a server error stores nothing', async () => {
  start({ kind: 'server-error', calls: 'creates' });
  expect((await create('never@fabrikvale.example')).status).toBe(500);
  expect((await practise('GET', nobody.replace('nobody', 'never'))).json).toMatchObject({ totalResults: 0 });
});

test('a cut connection has no answer, stores nothing, and is in the feed', async () => {
  start({ kind: 'cut', calls: 'creates' });
  await expect(create('cut@fabrikvale.example')).rejects.toThrow();
  expect((await practise('GET', nobody.replace('nobody', 'cut'))).json).toMatchObject({ totalResults: 0 });
  await vi.waitFor(() => expect(pilot.api.status().callsStored).toBeGreaterThan(0));
  const { lastCall } = pilot.api.status();
  expect(lastCall?.practice).toBe(true);
});

test('a malformed answer breaks off; the change is made, and the record keeps what was sent', async () => {
  start({ kind: 'malformed', calls: 'creates' });
  const answer = await create('half@fabrikvale.example');
  expect(answer.status).toBe(201);
  expect(() => answer.json).toThrow();
  expect((await practise('GET', nobody.replace('nobody', 'half'))).json).toMatchObject({ totalResults: 1 });
});

test('a call that is held back is served when the pilot stops', async () => {
  const own = await startTestPilot();
  own.api.practice.startFaults({ kind: 'slow', calls: 'all', count: 1 });
  const slow = own.request('GET', '/Users', undefined, simulator);
  await vi.waitFor(() => expect(own.api.status().faultLab).toBeNull());
  const began = performance.now();
  await own.close();
  expect((await slow).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(4_500);
});

test('a slow answer comes whole, only later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    start({ kind: 'slow', calls: 'updates' });
    let answered = false;
    const slow = practise('PATCH', '/Users/nobody', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'title', value: 'Tide Analyst' }],
    }).then(({ status }) => {
      answered = true;
      return status;
    });
    await vi.waitFor(() => expect(lab()).toBeNull());
    expect(answered).toBe(false);
    vi.advanceTimersByTime(5_000);
    expect(await slow).toBe(404);
  } finally {
    vi.useRealTimers();
  }
});

test('it ends after ten minutes', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    start({ count: 10 });
    vi.advanceTimersByTime(599_000);
    expect(lab()).not.toBeNull();
    vi.advanceTimersByTime(2_000);
    expect(lab()).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
