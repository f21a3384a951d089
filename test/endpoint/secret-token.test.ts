import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startTestPilot, type TestPilot, type TestPilotOptions } from '../support/pilot.ts';
import { expectError } from './shapes.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let now = Date.now();
const clock = { now: () => now, monotonic: () => now };
let pilots: TestPilot[] = [];
afterEach(async () => {
  for (const pilot of pilots.reverse()) await pilot.close();
  pilots = [];
});

async function start(options: TestPilotOptions = {}): Promise<TestPilot> {
  const pilot = await startTestPilot({ token: null, publicOrigin: 'https://pilot.example', clock, ...options });
  pilots.push(pilot);
  return pilot;
}

const nobody = '7c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10';
const groupProbe = `/Groups?excludedAttributes=members&filter=displayName+eq+%22${nobody}%22`;

const revealed = async (pilot: TestPilot) => (await pilot.api.token.reveal()) ?? '';

/** A call's status; `far`: by the public address, as Azure's come. */
function call(
  pilot: TestPilot,
  token: string,
  far: 'far' | 'near' = 'far',
  headers: Record<string, string> = {},
  path = '/Users?count=0',
) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const host = far === 'far' ? 'pilot.example' : `127.0.0.1:${pilot.port}`;
    const sent = { host, authorization: `Bearer ${token}`, ...headers };
    httpRequest({ host: '127.0.0.1', port: pilot.port, path: `/scim/v2${path}`, headers: sent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });
}

const statusOf = async (...args: Parameters<typeof call>) => (await call(...args)).status;

describe('rotation', () => {
  test('both tokens are accepted until Azure has used the new one; then the old is refused, and told apart', async () => {
    const pilot = await start();
    const old = pilot.token;
    expect(await statusOf(pilot, old)).toBe(200);
    expect(pilot.api.status().token.azureUses).toEqual({ ending: old.slice(-4), newest: true });
    await pilot.api.token.rotate();
    const fresh = await revealed(pilot);
    expect(fresh).toMatch(/^scimpilot_[\w-]{43}$/);
    expect(fresh).not.toBe(old);
    expect(pilot.api.status().token).toMatchObject({
      ending: fresh.slice(-4),
      overlap: [{ ending: old.slice(-4), until: now + hour }],
      azureUses: { ending: old.slice(-4), newest: false },
    });
    expect(await statusOf(pilot, old)).toBe(200);
    // Neither a try from this machine nor a practice run is Azure.
    expect(await statusOf(pilot, fresh, 'near')).toBe(200);
    expect(await statusOf(pilot, fresh, 'far', { 'user-agent': 'SCIM-Pilot-Simulator/1.0' })).toBe(200);
    expect(await statusOf(pilot, old)).toBe(200);
    expect(await statusOf(pilot, fresh)).toBe(200);
    expect(pilot.api.status().token).toMatchObject({
      overlap: [],
      azureUses: { ending: fresh.slice(-4), newest: true },
    });
    const refused = await call(pilot, old);
    expect([refused.status, refused.body]).toEqual([401, expect.stringContaining('was replaced by a newer one')]);
    expect(pilot.api.status().token.refused).toMatchObject([
      { kind: 'replaced', ending: old.slice(-4), calls: 1, via: 'public' },
    ]);
    expect(await statusOf(pilot, fresh)).toBe(200);
  });

  test('a connection test with the new token does not end the old one: it may not be saved in Azure yet', async () => {
    const pilot = await start();
    const old = pilot.token;
    await statusOf(pilot, old);
    await pilot.api.token.rotate();
    const fresh = await revealed(pilot);
    expect(pilot.api.status().token.azureTested).toBe(false);
    // As Azure tests: users and groups by a GUID that is nobody's, and what the endpoint is able to.
    for (const path of [
      `/Users?filter=userName+eq+%22${nobody}%22`,
      groupProbe,
      '/ServiceProviderConfig',
      '/Schemas',
    ]) {
      expect(await statusOf(pilot, fresh, 'far', {}, path)).toBe(200);
    }
    expect(pilot.api.status().token).toMatchObject({
      overlap: [{ ending: old.slice(-4) }],
      azureTested: true,
      azureUses: { ending: old.slice(-4), newest: false },
    });
    await pilot.stop();
    const again = await start({ dataDir: pilot.dataDir });
    expect(again.api.status().token.azureTested).toBe(true);
    expect(await statusOf(again, old)).toBe(200);
    // A look for somebody who is not here yet is work.
    expect(await statusOf(again, fresh, 'far', {}, '/Users?filter=userName+eq+%22ada@example.com%22')).toBe(200);
    expect(again.api.status().token).toMatchObject({ overlap: [], azureTested: false, azureUses: { newest: true } });
    expect(await statusOf(again, old)).toBe(401);
    await again.stop();
  });

  test('the old one is accepted for an hour at most', async () => {
    const pilot = await start();
    await pilot.api.token.rotate();
    now += hour - 1;
    expect(await statusOf(pilot, pilot.token)).toBe(200);
    now += 1;
    expect(await statusOf(pilot, pilot.token)).toBe(401);
    expect(pilot.api.status().token.overlap).toEqual([]);
    expect(await statusOf(pilot, await revealed(pilot))).toBe(200);
  });

  test('a second rotation within the hour does not shut out the token that Azure uses', async () => {
    const pilot = await start();
    const first = pilot.token;
    await pilot.api.token.rotate();
    const second = await revealed(pilot);
    await pilot.api.token.rotate();
    expect([await statusOf(pilot, first), await statusOf(pilot, second)]).toEqual([200, 200]);
    expect(await statusOf(pilot, await revealed(pilot))).toBe(200);
    expect([await statusOf(pilot, first), await statusOf(pilot, second)]).toEqual([401, 401]);
  });

  test('rotations at the same time each make a token, and only the last is the newest', async () => {
    const pilot = await start();
    await Promise.all([pilot.api.token.rotate(), pilot.api.token.rotate(), pilot.api.token.rotate()]);
    const { overlap, ending } = pilot.api.status().token;
    expect(overlap).toHaveLength(3);
    expect((await revealed(pilot)).endsWith(ending)).toBe(true);
    expect(await statusOf(pilot, await revealed(pilot))).toBe(200);
  });

  test('all of it outlasts a restart', async () => {
    const pilot = await start();
    const old = pilot.token;
    await pilot.api.token.rotate();
    const fresh = await revealed(pilot);
    expect(await statusOf(pilot, old)).toBe(200);
    await pilot.stop();
    const again = await start({ dataDir: pilot.dataDir });
    expect(again.token).toBe(fresh);
    expect(again.api.status().token.azureUses).toEqual({ ending: old.slice(-4), newest: false });
    expect([await statusOf(again, old), await statusOf(again, fresh), await statusOf(again, old)]).toEqual([
      200, 200, 401,
    ]);
    await again.stop();
    const third = await start({ dataDir: pilot.dataDir });
    expect([await statusOf(third, old), await statusOf(third, fresh)]).toEqual([401, 200]);
    await third.stop();
  });
});

describe('revocation and expiry', () => {
  test('revoking refuses every token so far at once', async () => {
    const pilot = await start();
    const first = pilot.token;
    await pilot.api.token.rotate();
    const second = await revealed(pilot);
    await pilot.api.token.revoke();
    for (const token of [first, second]) {
      const refused = await call(pilot, token);
      expect([refused.status, refused.body]).toEqual([401, expect.stringContaining('was revoked')]);
    }
    expect(await statusOf(pilot, await revealed(pilot))).toBe(200);
  });

  test('an expiry refuses from then on, in words, and each later token lives as long', async () => {
    const pilot = await start();
    await pilot.api.token.setExpiry(30);
    expect(pilot.api.status().token).toMatchObject({ validDays: 30, expiresAt: now + 30 * day });
    now += 30 * day - 1;
    expect(await statusOf(pilot, pilot.token)).toBe(200);
    now += 1;
    const refused = await call(pilot, pilot.token);
    expect([refused.status, refused.body]).toEqual([401, expect.stringContaining('has expired')]);
    await pilot.api.token.rotate();
    expect(await statusOf(pilot, pilot.token)).toBe(401);
    expect(await statusOf(pilot, await revealed(pilot))).toBe(200);
    expect(pilot.api.status().token.expiresAt).toBe(now + 30 * day);
    await pilot.api.token.setExpiry(null);
    now += 400 * day;
    expect(await statusOf(pilot, await revealed(pilot))).toBe(200);
  });

  test('an overlap does not outlast an expiry', async () => {
    const pilot = await start();
    await pilot.api.token.setExpiry(1);
    now += day - minute;
    await pilot.api.token.rotate();
    expect(await statusOf(pilot, pilot.token)).toBe(200);
    now += minute;
    expect((await call(pilot, pilot.token)).body).toContain('has expired');
  });

  test('a token fixed for the run is not ours to change', async () => {
    const pilot = await start({ token: 'fixed-for-this-run-0123456789' });
    for (const act of [
      () => pilot.api.token.rotate(),
      () => pilot.api.token.revoke(),
      () => pilot.api.token.setExpiry(9),
    ])
      await expect(act()).rejects.toThrow('SCIM_PILOT_TOKEN');
    expect(await statusOf(pilot, pilot.token)).toBe(200);
  });

  test('no two pilots have the same token', async () => {
    const [one, other] = [await start(), await start()];
    expect(one.token).not.toBe(other.token);
    expect(await statusOf(other, one.token)).toBe(401);
  });
});

describe('wrong tokens', () => {
  test('are counted in the status by what they are, for an hour', async () => {
    const pilot = await start();
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const jwt = `${part({ alg: 'RS256' })}.${part({ iss: 'https://sts.windows.net/0b9d2c52/' })}.c2ln`;
    for (const token of ['some-other-token-endsx7Q', 'some-other-token-endsx7Q', jwt]) await call(pilot, token);
    expect(pilot.api.status().token.refused).toEqual([
      { kind: 'entra', ending: null, calls: 1, lastAt: now, via: 'public' },
      { kind: 'other', ending: 'x7Q', calls: 2, lastAt: now, via: 'public' },
    ]);
    now += hour + 1;
    expect(pilot.api.status().token.refused).toEqual([]);
  });

  test('are still told of after a restart, from the calls that are stored', async () => {
    const first = await start();
    await call(first, 'wrong-but-right-soon');
    now += minute;
    for (let i = 0; i < 2; i++) await call(first, 'some-other-token-endsx7Q', 'far', { 'x-number': String(i) });
    await call(first, 'some-other-token-endsx7Q', 'far', { 'user-agent': 'SCIM-Pilot-Simulator/1.0' });
    await call(first, '', 'far');
    now += minute;
    await call(first, 'short');
    await call(first, 'wrong-but-right-soon', 'near');
    await first.api.token.revoke();
    now += minute;
    await call(first, first.token);
    const told = first.api.status().token.refused;
    expect(told.map(({ kind, calls }) => [kind, calls])).toEqual([
      ['revoked', 1],
      ['other', 1],
      ['other', 1],
      ['other', 2],
      ['other', 1],
    ]);
    await first.stop();
    const again = await start({ dataDir: first.dataDir });
    const order = (list: typeof told) => list.toSorted((a, b) => a.lastAt - b.lastAt || (a.via < b.via ? -1 : 1));
    expect(order(again.api.status().token.refused)).toEqual(order(told));
    await again.stop();
    // The token of this run may be the one that was refused.
    const mended = await start({ dataDir: first.dataDir, token: 'wrong-but-right-soon' });
    expect(order(mended.api.status().token.refused)).toEqual(order(told.filter(({ ending }) => ending !== 'oon')));
    await mended.stop();
    now += hour + 1;
    const later = await start({ dataDir: first.dataDir });
    expect(later.api.status().token.refused).toEqual([]);
  });

  test('however many different ones come, the status stays small', async () => {
    const pilot = await start();
    await Promise.all(Array.from({ length: 40 }, (_, i) => call(pilot, `another-token-number-${100 + i}`)));
    expect(pilot.api.status().token.refused).toHaveLength(20);
  });

  test('each one in a row waits longer; the right token from the same source is answered at once', async () => {
    const pilot = await start();
    const timed = async (token: string) => {
      const began = performance.now();
      const status = await statusOf(pilot, token);
      return { status, ms: performance.now() - began };
    };
    for (let i = 0; i < 9; i++) await call(pilot, `guess-number-000${i}`);
    const wrong = timed('guess-number-0010');
    expect((await Promise.race([wrong, timed(pilot.token)])).status).toBe(200);
    expect(await wrong).toMatchObject({ status: 401 });
    expect((await wrong).ms).toBeGreaterThanOrEqual(390);
  });

  test('what is held back is answered when the pilot stops, and is in the feed at once', async () => {
    const pilot = await start();
    for (let i = 0; i < 10; i++) await call(pilot, `guess-number-000${i}`);
    const before = pilot.api.status().callsStored;
    // The next one would be held for 800 ms: for so long here that nothing but the stop can let it out.
    const wait = globalThis.setTimeout;
    const longHold = (run: () => void, ms?: number) => wait(run, ms === 800 ? 600_000 : ms);
    const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation(longHold as typeof setTimeout);
    const held = call(pilot, 'guess-number-0099');
    await expect.poll(() => pilot.api.status().callsStored).toBe(before + 1);
    expect(spy.mock.calls.some(([, ms]) => ms === 800)).toBe(true);
    await pilot.stop();
    expect((await held).status).toBe(401);
    spy.mockRestore();
  });

  test('a call refused for an old token says so in the feed', async () => {
    const pilot = await start();
    await pilot.api.token.revoke();
    await call(pilot, pilot.token);
    await expect
      .poll(() => pilot.api.status().lastCall?.sentence)
      .toEqual({
        verb: 'Refused: an old Secret Token',
        object: null,
        note: `revoked; ends …${pilot.token.slice(-4)}`,
      });
  });

  test('a token without its scheme is told what is wrong', async () => {
    const pilot = await start();
    expectError(await pilot.request('GET', '/Users', undefined, { authorization: pilot.token }), 401);
  });
});

test.skipIf(process.platform === 'win32')('every file is its owner’s alone, also while the pilot runs', async () => {
  const before = process.umask(0);
  try {
    const pilot = await start();
    await pilot.request('GET', '/Users');
    await pilot.api.token.rotate();
    const entries = readdirSync(pilot.dataDir, { withFileTypes: true, recursive: true });
    expect(entries.some((entry) => entry.name === 'pilot.db-wal')).toBe(true);
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const mode = (statSync(path).mode & 0o777).toString(8);
      expect([path, mode]).toEqual([path, entry.isDirectory() ? '700' : '600']);
    }
  } finally {
    process.umask(before);
  }
});

test('old, new and foreign tokens are in no file, wherever a call carries them', async () => {
  const pilot = await start();
  const stranger = `scimpilot_${'q'.repeat(43)}`;
  const tokens = [pilot.token, stranger];
  await pilot.api.token.rotate();
  tokens.push(await revealed(pilot));
  await pilot.api.token.revoke();
  const fresh = await revealed(pilot);
  tokens.push(fresh);
  for (const token of tokens) {
    await call(pilot, token);
    // In places where nobody expects one, with the right token as the key.
    const headers = { authorization: `Bearer ${fresh}`, 'x-echo': token };
    await pilot.request('GET', `/Users/${token}?next=${token}`, undefined, headers);
    await pilot.request('POST', '/Users', `{"userName": "${token}", broken`, headers);
  }
  await expect.poll(() => pilot.api.status().callsStored).toBe(3 * tokens.length);
  const files = readdirSync(pilot.dataDir, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  for (const entry of files) {
    const bytes = readFileSync(join(entry.parentPath, entry.name)).toString('latin1');
    for (const token of tokens) expect([entry.name, bytes.includes(token)]).toEqual([entry.name, false]);
  }
  expect(tokens.some((token) => pilot.logged.join('\n').includes(token))).toBe(false);
});
