import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallDetail, CallSummary } from '../../src-main/contract/index.ts';
import { noBodyOf } from '../../src-renderer/screens/feed/detail/story.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { createdId, entraGroup, entraUser, patch, textAt, unique } from './shapes.ts';

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot({ publicOrigin: 'https://pilot.example' });
});
afterAll(() => pilot.close());

/** The newest stored calls once `count` more than `before` are there, newest first. */
async function newest(count: number, before: number): Promise<CallSummary[]> {
  await expect.poll(() => pilot.api.status().callsStored).toBeGreaterThanOrEqual(before + count);
  const { calls } = await pilot.api.feed.page({ before: null, limit: count, query: '' });
  return calls;
}

/** The record of the one call that `make` makes. */
async function recordOf(make: () => Promise<unknown>): Promise<CallDetail> {
  const before = pilot.api.status().callsStored;
  await make();
  const [call] = await newest(1, before);
  const detail = call === undefined ? null : await pilot.api.feed.call(call.code);
  if (detail === null) throw new Error('The call is not stored.');
  return detail;
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('what is kept of a call', () => {
  test('method, path, query, headers, both bodies, status, duration and the change', async () => {
    const body = entraUser();
    const call = await recordOf(() => pilot.request('POST', '/Users?aadOptscim062020', body, { 'x-trace': 'Abc-1' }));
    expect(call).toMatchObject({
      method: 'POST',
      path: '/scim/v2/Users',
      query: 'aadOptscim062020',
      status: 201,
      outcome: 'ok',
      stage: 'directory',
      via: 'local',
      source: '127.0.0.1',
      practice: false,
      resourceType: 'User',
      changeKind: 'created',
      detail: null,
    });
    expect(call.durationMs).toBeGreaterThan(0);
    expect(Math.abs(call.at - Date.now())).toBeLessThan(10_000);
    expect(call.requestHeaders.map(([name, value]) => [name.toLowerCase(), value])).toContainEqual([
      'x-trace',
      'Abc-1',
    ]);
    expect(JSON.parse(call.requestBody?.text ?? '')).toEqual(body);
    expect(call.requestBody).toMatchObject({ bytes: Buffer.byteLength(JSON.stringify(body)), cut: false });
    expect(JSON.parse(call.responseBody?.text ?? '')).toMatchObject({ id: call.resourceId, userName: body.userName });
    expect(call.responseHeaders).toContainEqual(['content-type', 'application/scim+json']);
    expect(call.changes).toMatchObject([{ kind: 'created', id: call.resourceId, name: 'Orla Brandt' }]);
    expect(call.sentence).toMatchObject({ verb: 'Created', object: 'Orla Brandt' });
  });

  test('ServiceProviderConfig is recorded as it was sent: changePassword names an ability, no secret', async () => {
    const call = await recordOf(() => pilot.request('GET', '/ServiceProviderConfig'));
    expect(JSON.parse(call.responseBody?.text ?? '')).toMatchObject({ changePassword: { supported: false } });
  });

  test('before and after of an update; nothing for one that changes nothing', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const change = patch({ op: 'Replace', path: 'title', value: 'Harbour Master' });
    const call = await recordOf(() => pilot.request('PATCH', `/Users/${id}`, change));
    expect(call.changes[0]?.attributes).toEqual([{ path: 'title', before: 'Tide Analyst', after: 'Harbour Master' }]);
    const again = await recordOf(() => pilot.request('PATCH', `/Users/${id}`, change));
    expect(again).toMatchObject({ changes: [], outcome: 'odd', status: 200, resourceId: id });
  });

  test('members by name', async () => {
    const user = await createdId(pilot, '/Users', entraUser({ displayName: 'Niamh Ruane' }));
    const group = await createdId(pilot, '/Groups', entraGroup());
    const call = await recordOf(() =>
      pilot.request('PATCH', `/Groups/${group}`, patch({ op: 'Add', path: 'members', value: [{ value: user }] })),
    );
    expect(call).toMatchObject({ status: 204, responseBody: null, resourceId: group });
    expect(call.changes[0]?.membersAdded).toEqual([{ id: user, name: 'Niamh Ruane' }]);
  });

  test('a refused call keeps its body, its reason and the code that the answer quotes', async () => {
    const call = await recordOf(async () => {
      const answer = await pilot.request('POST', '/Users', { junk: 1 });
      expect(answer.status).toBe(400);
    });
    expect(call).toMatchObject({ status: 400, scimType: 'invalidValue', outcome: 'failed', stage: 'scim' });
    expect(call.detail).toContain(`[call ${call.code}]`);
    expect(call.requestBody?.text).toBe('{"junk":1}');
    expect(call.changes).toEqual([]);
  });

  test('a call with another token is kept, with how the token ends', async () => {
    const call = await recordOf(() =>
      pilot.request('POST', '/Users', entraUser(), { authorization: 'Bearer an-older-token-that-endsx7Q' }),
    );
    expect(call).toMatchObject({ status: 401, stage: 'endpoint', outcome: 'failed' });
    expect(call.sentence).toEqual({ verb: 'Refused: another token', object: null, note: 'ends …x7Q' });
    expect(JSON.stringify(call)).not.toContain('an-older-token');
    expect(call.requestBody?.text).toContain('Orla Brandt');
  });

  test('calls refused for their host, origin, path, size or media type are kept too', async () => {
    for (const [status, make] of [
      [403, () => pilot.request('GET', '/Users', undefined, { origin: 'https://evil.example' })],
      [404, () => pilot.request('GET', '/Printers')],
      [405, () => pilot.request('PUT', '/Users', {})],
      [413, () => pilot.request('POST', '/Users', 'x'.repeat(1_100_000))],
      [415, () => pilot.request('POST', '/Users', '<xml/>', { 'content-type': 'application/xml' })],
    ] as const) {
      expect((await recordOf(make)).status).toBe(status);
    }
  });

  test('of a body over 1 MB nothing is kept, and 413 tells that from a call without one', async () => {
    const call = await recordOf(() => pilot.request('POST', '/Users', 'x'.repeat(1_100_000)));
    expect(call).toMatchObject({ status: 413, requestBody: null, why: ['SP-BODY-TOO-LARGE'] });
    expect(noBodyOf(call)).toBe('The body was too large and was not kept.');
  });

  test('a long body is cut, and says so', async () => {
    const call = await recordOf(() => pilot.request('POST', '/Users', entraUser({ nickName: 'é'.repeat(200_000) })));
    expect(call.requestBody?.cut).toBe(true);
    expect(Buffer.byteLength(call.requestBody?.text ?? '')).toBeLessThanOrEqual(256 * 1024);
    expect(call.requestBody?.bytes).toBeGreaterThan(400_000);
    expect(call.requestBody?.text).not.toContain('�');
    // The answer shows a stored record: it is kept as that and made again whole.
    expect(call.responseBody).toMatchObject({ cut: false });
    expect(call.responseBody?.text).toContain('é'.repeat(200_000));
  });

  test('a token that a body spells in escapes is in no change that is kept, and in no answer that is made again', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const spelled = [...pilot.token].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    const body = JSON.stringify(patch({ op: 'Replace', path: 'title', value: 'TOKEN' })).replace('TOKEN', spelled);
    const call = await recordOf(() => pilot.request('PATCH', `/Users/${id}`, body));
    expect(call.changes[0]?.attributes.map((one) => one.path)).toEqual(['title']);
    expect(JSON.stringify(call.changes)).not.toContain(pilot.token);
    expect(call.responseBody?.text).toContain('"title":"[redacted]"');
    const read = await recordOf(() => pilot.request('GET', `/Users/${id}`));
    expect(read.responseBody?.text).toContain('"title":"[redacted]"');
  });

  test('strangers can store only little', async () => {
    const call = await recordOf(() =>
      pilot.request('POST', '/Users', entraUser({ nickName: 'x'.repeat(100_000) }), { authorization: null }),
    );
    expect(call.requestBody).toMatchObject({ cut: true });
    expect(call.requestBody?.text.length).toBeLessThanOrEqual(16 * 1024);
  });

  test('a doubled Bearer is odd; a practice run is marked by its User-Agent', async () => {
    const doubled = await recordOf(() =>
      pilot.request('GET', '/Users?count=0', undefined, { authorization: `Bearer bearer ${pilot.token}` }),
    );
    expect(doubled).toMatchObject({ status: 200, outcome: 'odd' });
    const practice = await recordOf(() =>
      pilot.request('GET', '/Users?count=0', undefined, { 'user-agent': 'SCIM-Pilot-Simulator/1.0' }),
    );
    expect(practice.practice).toBe(true);
  });

  test('each call has a code of its own', async () => {
    const before = pilot.api.status().callsStored;
    await Promise.all(Array.from({ length: 50 }, () => pilot.request('GET', '/Users?count=0')));
    const codes = (await newest(50, before)).map((call) => call.code);
    expect(new Set(codes).size).toBe(50);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}$/);
  });
});

describe('nothing secret is stored', () => {
  test('the token, cookies, keys and passwords are in no file of the pilot', async () => {
    const secret = await startTestPilot({ token: 'canary_7f3e9a1c5b2d8e4f6a0c/+=~' });
    const { token } = secret;
    const canaries = [
      'cookie-canary-11',
      'apikey-canary-22',
      'proxy-canary-33',
      'password-canary-44',
      'wrong-token-canary-55',
      'access-canary-66',
      'gateway-canary-77',
    ];
    const [cookie = '', apiKey = '', proxy = '', password = '', wrong = '', access = '', gateway = ''] = canaries;
    const headers = {
      cookie: `a=${cookie}`,
      'x-api-key': apiKey,
      'proxy-authorization': `Basic ${proxy}`,
      'x-forwarded-access-token': gateway,
      'ocp-apim-subscription-key': gateway,
      'x-echo': token,
    };
    const id = await createdId(secret, '/Users', entraUser({ password, userName: unique('canary') }));
    await secret.request(
      'GET',
      `/Users/${id}?access_token=${access}&x=${encodeURIComponent(token)}`,
      undefined,
      headers,
    );
    await secret.request('GET', `/Users/${encodeURIComponent(token)}`, undefined, headers);
    await secret.request('GET', `/Users?filter=${encodeURIComponent(`userName eq "${token}"`)}`, undefined, headers);
    await secret.request('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'password', value: password }));
    await secret.request('PATCH', `/Users/${id}`, patch({ op: 'Replace', value: { password } }));
    await secret.request('POST', '/Users', `{"password":"${password}", broken`);
    await secret.request('POST', '/Users', `{"junk":"${token}", broken`);
    await secret.request('POST', '/Users', { userName: 7, displayName: token });
    for (const authorization of [`Bearer ${wrong}`, `Basic ${wrong}`, wrong, `Bearer Bearer ${wrong}`]) {
      await secret.request('GET', `/Users?echo=${wrong}`, undefined, { authorization, 'x-echo': wrong });
    }
    await secret.request('GET', '/Users', undefined, { authorization: `Bearer Bearer ${token}` });
    const stored = await secret.api.feed.page({ before: null, limit: 500, query: '' });
    for (const { code } of stored.calls) expect(JSON.stringify(await secret.api.feed.call(code))).not.toContain(token);
    await secret.stop();
    const files = filesBelow(secret.dataDir);
    expect(files.some((file) => file.endsWith('pilot.db'))).toBe(true);
    const spellings = [token, encodeURIComponent(token), ...canaries];
    for (const file of files) {
      const bytes = readFileSync(file).toString('latin1');
      for (const canary of spellings) expect([file, canary, bytes.includes(canary)]).toEqual([file, canary, false]);
    }
    expect(secret.logged.join('\n')).not.toContain(token);
    await secret.close();
  });

  test('a stored token is sealed, and only its hash is needed for checking', async () => {
    const first = await startTestPilot({ token: null });
    const { token } = first;
    expect(token).toMatch(/^scimpilot_[\w-]{43}$/);
    expect((await first.request('GET', '/Users')).status).toBe(200);
    await first.stop();
    for (const file of filesBelow(first.dataDir)) expect(readFileSync(file).toString('latin1')).not.toContain(token);
    const again = await startTestPilot({ token: null, dataDir: first.dataDir });
    expect(again.token).toBe(token);
    expect(again.api.status()).toMatchObject({ token: { ending: token.slice(-4), fixedForRun: false } });
    await again.stop();
    const fixed = await startTestPilot({ token: 'just-for-this-run-0123456789', dataDir: first.dataDir });
    expect((await fixed.request('GET', '/Users')).status).toBe(200);
    expect((await fixed.request('GET', '/Users', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
    await fixed.stop();
    await first.close();
  });

  test('the answer to a call shows what the caller sent, redaction is for the record only', async () => {
    const displayName = unique('shown');
    const answer = await pilot.request('POST', '/Users', entraUser({ displayName }));
    expect(textAt(answer.json, 'displayName')).toBe(displayName);
    expect(answer.text).not.toContain('[redacted]');
  });
});
