import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StartError } from '../../src-main/contract/catalogue/errors.ts';
import type { CallSummary, PilotEvent } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot, testToken } from '../support/pilot.ts';
import { at, createdId, entraGroup, entraUser, expectError, memberIds, patch, textAt, unique } from './shapes.ts';

describe('calls at the same time', () => {
  let pilot: TestPilot;
  beforeAll(async () => {
    pilot = await startTestPilot();
  });
  afterAll(() => pilot.close());

  test('two creates of one userName: one 201, one 409', async () => {
    for (let round = 0; round < 10; round++) {
      const body = entraUser();
      const answers = await Promise.all([pilot.request('POST', '/Users', body), pilot.request('POST', '/Users', body)]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    }
  });

  test('members added by many calls at once are all there', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => createdId(pilot, '/Users', entraUser())));
    const path = `/Groups/${await createdId(pilot, '/Groups', entraGroup())}`;
    const answers = await Promise.all(
      ids.map((value) => pilot.request('PATCH', path, patch({ op: 'Add', path: 'members', value: [{ value }] }))),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([204]));
    expect(memberIds((await pilot.request('GET', path)).json)).toEqual(ids.sort());
    expect(at((await pilot.request('GET', path)).json, 'meta', 'version')).toBe('W/"21"');
  });
});

/** A create whose body is held back after its first byte until `finish`, which gives the status. */
function startCall(pilot: TestPilot, body: string): { begun: Promise<void>; finish(): Promise<number> } {
  const request = httpRequest({
    host: '127.0.0.1',
    port: pilot.port,
    method: 'POST',
    path: '/scim/v2/Users',
    headers: {
      authorization: `Bearer ${pilot.token}`,
      'content-type': 'application/scim+json',
      'content-length': Buffer.byteLength(body),
    },
  });
  const answered = new Promise<number>((resolve, reject) => {
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0));
    request.on('error', reject);
  });
  // Looked at in `finish`; a failure before that is no unhandled one.
  answered.catch(() => undefined);
  return {
    begun: new Promise((resolve) => request.write(body.slice(0, 1), () => resolve())),
    finish() {
      request.end(body.slice(1));
      return answered;
    },
  };
}

describe('restart', () => {
  test('users, groups, members, calls, counts and codes survive it', async () => {
    const first = await startTestPilot({ token: null });
    const userBody = entraUser();
    const user = await createdId(first, '/Users', userBody);
    const group = await createdId(first, '/Groups', entraGroup({ members: [{ value: user }] }));
    expectError(await first.request('POST', '/Users', userBody), 409, 'uniqueness');
    await first.stop();
    await first.stop();

    const second = await startTestPilot({ dataDir: first.dataDir, token: null });
    expect((await second.request('GET', `/Users/${user}`)).json).toMatchObject({ userName: userBody.userName });
    expect(memberIds((await second.request('GET', `/Groups/${group}`)).json)).toEqual([user]);
    await expect.poll(() => second.api.status().callsStored).toBe(5);
    expect(second.api.status()).toMatchObject({
      directory: { users: 1, groups: 1, memberships: 1, archived: 0, deleted: 0 },
      failedLastHour: 1,
    });
    const { calls } = await second.api.feed.page({ before: null, limit: 10, query: '' });
    expect(new Set(calls.map((call) => call.code)).size).toBe(5);
    const [failed] = (await second.api.feed.page({ before: null, limit: 10, query: 'failed' })).calls;
    expect(failed?.sentence).toEqual({ verb: 'Could not create', object: 'Orla Brandt', note: 'userName is taken' });
    await second.stop();
    await first.close();
  });

  test('closing finishes the calls that run', async () => {
    const pilot = await startTestPilot();
    const calls = Array.from({ length: 5 }, () => startCall(pilot, JSON.stringify(entraUser())));
    await Promise.all(calls.map((call) => call.begun));
    // Another call is answered after theirs have begun: the pilot is waiting for the rest of their bodies.
    await pilot.request('GET', '/Users?count=0');
    const closed = pilot.stop();
    const statuses = await Promise.all(calls.map((call) => call.finish()));
    expect(statuses).toEqual([201, 201, 201, 201, 201]);
    await closed;
    const again = await startTestPilot({ dataDir: pilot.dataDir });
    expect(again.api.status()).toMatchObject({ directory: { users: 5 }, callsStored: 6 });
    await again.stop();
    await pilot.close();
  });

  test('a connection that never finishes its request does not hold up closing for long', async () => {
    const pilot = await startTestPilot();
    const hanging = startCall(pilot, JSON.stringify(entraUser()));
    await hanging.begun;
    await pilot.request('GET', '/Users?count=0');
    const started = performance.now();
    await pilot.close();
    expect(performance.now() - started).toBeLessThan(8_000);
    await expect(hanging.finish()).rejects.toThrow();
  });
});

describe('starting', () => {
  async function occupy(): Promise<{ server: Server; port: number }> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
  }

  test('a taken default port moves to a free one and says so; an explicit one ends the start', async () => {
    const { server, port } = await occupy();
    try {
      const moved = await startTestPilot({ port: { number: port, explicit: false } });
      expect(moved.pilot.scim.movedFrom).toBe(port);
      expect(moved.port).not.toBe(port);
      expect((await moved.request('GET', '/Users')).status).toBe(200);
      await moved.stop();
      const refused = startTestPilot({ port: { number: port, explicit: true }, dataDir: moved.dataDir });
      await expect(refused).rejects.toThrow(StartError);
      await expect(refused).rejects.toMatchObject({ code: 'port-taken' });
      // The failed start has let go of the folder.
      const again = await startTestPilot({ dataDir: moved.dataDir });
      expect(again.pilot.scim.movedFrom).toBeNull();
      await again.stop();
      await moved.close();
    } finally {
      server.close();
    }
  });

  test('a public address that is none is refused before anything is opened', async () => {
    for (const publicOrigin of [
      'http://pilot.example',
      'ftp://pilot.example',
      'https://pilot.example/scim',
      'pilot',
      '',
    ]) {
      const dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-test-'));
      await expect(startTestPilot({ publicOrigin, dataDir })).rejects.toMatchObject({ code: 'flag' });
      rmSync(dataDir, { recursive: true });
    }
  });

  test('two pilots can not share a folder', async () => {
    const pilot = await startTestPilot();
    await expect(startTestPilot({ dataDir: pilot.dataDir })).rejects.toMatchObject({ code: 'data-in-use' });
    await pilot.close();
  });
});

describe('what the window is told', () => {
  let pilot: TestPilot;
  beforeAll(async () => {
    pilot = await startTestPilot({ token: testToken });
  });
  afterAll(() => pilot.close());

  /** Collects events until `enough`, then ends the watch. */
  async function collect(
    lastId: number | null,
    enough: (events: PilotEvent[]) => boolean,
    act?: () => Promise<unknown>,
  ) {
    const stop = new AbortController();
    const events: PilotEvent[] = [];
    let id = -1;
    let acted: Promise<unknown> | null = null;
    for await (const next of pilot.api.watch(lastId, stop.signal)) {
      events.push(next.event);
      id = next.id;
      acted ??= act?.() ?? null;
      if (enough(events)) stop.abort();
    }
    await acted;
    return { events, id };
  }

  const callsIn = (events: PilotEvent[]): CallSummary[] =>
    events.flatMap((event) => (event.type === 'calls' ? event.calls : []));

  test('begins with a status; a call follows its answer', async () => {
    const { events } = await collect(
      null,
      (seen) => callsIn(seen).length > 0,
      () => pilot.request('GET', '/Users?count=0'),
    );
    expect(events[0]?.type).toBe('status');
    expect(callsIn(events)[0]).toMatchObject({ method: 'GET', status: 200, sentence: { verb: 'Listed users' } });
  });

  test('resuming from an id misses nothing and repeats nothing', async () => {
    const { id } = await collect(null, () => true);
    await Promise.all(Array.from({ length: 30 }, () => pilot.request('POST', '/Users', entraUser())));
    const first = await collect(id, (seen) => callsIn(seen).length > 0);
    await Promise.all(Array.from({ length: 30 }, () => pilot.request('GET', `/Users/${unique('x')}`)));
    const missed = () => pilot.api.status().lastCall?.position ?? 0;
    await expect.poll(() => pilot.api.status().callsStored).toBeGreaterThanOrEqual(id + 60);
    const second = await collect(first.id, (seen) => (callsIn(seen).at(-1)?.position ?? 0) >= missed());
    const positions = [...callsIn(first.events), ...callsIn(second.events)].map((call) => call.position);
    expect(positions).toEqual(Array.from({ length: 60 }, (_, index) => id + 1 + index));
  });

  test('what is on the feed is what was answered, by code', async () => {
    const { events } = await collect(
      null,
      (seen) => callsIn(seen).length > 0,
      () => pilot.request('GET', '/Users/nobody'),
    );
    const code = callsIn(events)[0]?.code ?? '';
    const detail = await pilot.api.feed.call(code.toLowerCase());
    expect(detail).toMatchObject({ code, status: 404 });
    expect(JSON.parse(detail?.responseBody?.text ?? '{}').detail).toBe(detail?.detail);
    expect(await pilot.api.feed.call('ZZZZZ')).toBeNull();
  });

  test('the directory shows it: tables, details, counts', async () => {
    const id = await createdId(pilot, '/Users', entraUser({ displayName: unique('Aleksander') }));
    const name = textAt((await pilot.request('GET', `/Users/${id}`)).json, 'displayName');
    const page = await pilot.api.directory.users({ search: name, state: 'current', after: null, limit: 10 });
    expect(page.rows.map((row) => row.id)).toEqual([id]);
    expect((await pilot.api.directory.user(id))?.history[0]).toMatchObject({ kind: 'created', by: 'azure' });
    expect(await pilot.api.directory.user('nobody')).toBeNull();
  });

  test('the overview counts and lists', async () => {
    // Reads are stored a moment after their answer.
    await expect
      .poll(async () => {
        const { minutes } = await pilot.api.overview();
        return minutes.reduce((sum, minute) => sum + minute.calls, 0) - pilot.api.status().callsStored;
      })
      .toBe(0);
    const overview = await pilot.api.overview();
    expect(overview.today.created).toBeGreaterThanOrEqual(31);
    expect(overview.today.failed).toBeGreaterThanOrEqual(31);
    expect(overview.failures.length).toBe(5);
    expect(overview.answerTime?.p95).toBeGreaterThanOrEqual(overview.answerTime?.p50 ?? 0);
  });
});
