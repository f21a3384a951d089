import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallDetail, JsonObject } from '../../src-main/contract/index.ts';
import { fillCompany } from '../support/company.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, unique } from './shapes.ts';

/** More than the sockets between us can hold, so that a reader who pauses stops the writer. */
const size = 30_000;

let pilot: TestPilot;
let everyone: string;
let users: string[];
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-big-'));
  ({ group: everyone, users } = fillCompany(dataDir, size));
  pilot = await startTestPilot({ dataDir });
}, 60_000);
afterAll(async () => {
  await pilot.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** An answer whose body is read by the test. */
function open(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${pilot.token}` };
    get(pilot.url + path, { headers, agent: false }, resolve).on('error', reject);
  });
}

async function rest(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function membersOf(text: string): string[] {
  const { members } = JSON.parse(text) as { members: { value: string }[] };
  return members.map(({ value }) => value);
}

const patchMembers = (id: string, op: string, ...ids: string[]) =>
  pilot.request('PATCH', `/Groups/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op, path: 'members', value: ids.map((value) => ({ value })) }],
  });

/** The newest stored call with this method, status and group or path, once there is one that `fits`. */
async function stored(
  method: string,
  status: number,
  path: string,
  fits: (call: CallDetail) => boolean = () => true,
): Promise<CallDetail> {
  let found: CallDetail | null = null;
  await expect
    .poll(async () => {
      const { calls } = await pilot.api.feed.page({ before: null, limit: 20, query: '' });
      const call = calls.find((one) => one.method === method && one.status === status && one.path.endsWith(path));
      const detail = call === undefined ? null : await pilot.api.feed.call(call.code);
      found = detail !== null && fits(detail) ? detail : null;
      return found;
    })
    .not.toBeNull();
  if (found === null) throw new Error('The call is not stored.');
  return found;
}

/** Whether somebody still reads an older state: then the write-ahead log can not be emptied. */
function stateIsHeld(): boolean {
  const [folder = ''] = readdirSync(join(dataDir, 'pilots'));
  const db = new Database(join(dataDir, 'pilots', folder, 'pilot.db'), { timeout: 0 });
  try {
    const [{ busy }] = db.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    return busy === 1;
  } finally {
    db.close();
  }
}

describe('a big group', () => {
  test('is answered in chunks, whole, with its ETag', async () => {
    const answer = await pilot.request('GET', `/Groups/${everyone}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/scim+json');
    expect(answer.headers.get('content-length')).toBeNull();
    expect(answer.json.meta).toMatchObject({ resourceType: 'Group', version: answer.headers.get('etag') });
    expect(membersOf(answer.text)).toEqual(users);
    const small = await pilot.request('GET', `/Groups/${everyone}?excludedAttributes=members`);
    expect(small.headers.get('content-length')).not.toBeNull();
    expect({ ...answer.json, members: undefined }).toEqual(small.json);
  });

  test('shows parts of members', async () => {
    const { json, headers } = await pilot.request('GET', `/Groups/${everyone}?attributes=members.value`);
    expect(headers.get('content-length')).toBeNull();
    expect(json).toEqual({ schemas: json.schemas, id: everyone, members: users.map((value) => ({ value })) });
    const named = await pilot.request('GET', `/Groups/${everyone}?attributes=members.display`);
    expect(at(named.json, 'members', 7)).toEqual({ display: 'User 7' });
  });

  test('HEAD and If-None-Match send no body', async () => {
    const head = await pilot.request('HEAD', `/Groups/${everyone}`);
    expect([head.status, head.text]).toEqual([200, '']);
    const etag = head.headers.get('etag');
    expect(etag).toMatch(/^W\//);
    const known = await pilot.request('GET', `/Groups/${everyone}`, undefined, { 'if-none-match': etag });
    expect([known.status, known.text]).toEqual([304, '']);
  });

  test('stands in lists and searches with others', async () => {
    const other = await pilot.request('POST', '/Groups', {
      displayName: unique('small'),
      members: [{ value: users[7] }],
    });
    const empty = await pilot.request('POST', '/Groups', { displayName: unique('empty') });
    const list = await pilot.request('GET', '/Groups');
    expect(list.headers.get('content-length')).toBeNull();
    const resources = list.json.Resources as JsonObject[];
    expect(list.json).toMatchObject({ totalResults: resources.length, itemsPerPage: resources.length });
    const byId = new Map(resources.map((resource) => [resource.id, resource]));
    expect(byId.get(other.json.id ?? '')).toEqual(other.json);
    expect(byId.get(empty.json.id ?? '')).toEqual(empty.json);
    expect(byId.get(everyone)).toEqual((await pilot.request('GET', `/Groups/${everyone}`)).json);
    const found = await pilot.request('POST', '/Groups/.search', {
      filter: `displayName eq "Everyone" and not (externalId pr)`,
    });
    expect(found.json.Resources).toEqual([byId.get(everyone)]);
  });

  test('is the answer of a write that shows it', async () => {
    const body = { displayName: unique('made'), members: users.slice(0, 1_500).map((value) => ({ value })) };
    const answer = await pilot.request('POST', '/Groups', body);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-length')).toBeNull();
    const id = String(answer.json.id);
    expect(membersOf(answer.text)).toEqual(users.slice(0, 1_500));
    const bytes = Buffer.byteLength(answer.text);
    const call = await stored('POST', 201, '/Groups', ({ responseBody }) => responseBody?.bytes === bytes);
    expect(call).toMatchObject({ changeKind: 'created', resourceId: id });
    expect(answer.text).toBe(call.responseBody?.text);
    const put = await pilot.request('PUT', `/Groups/${id}`, { ...body, members: body.members.slice(0, 1_200) });
    expect([put.status, put.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect(membersOf(put.text)).toEqual(users.slice(0, 1_200));
    const patched = await pilot.request('PATCH', `/Groups/${id}?attributes=members`, {
      Operations: [{ op: 'remove', path: 'members', value: [{ value: users[0] }] }],
    });
    expect([patched.status, patched.headers.get('etag')]).toEqual([200, 'W/"3"']);
    expect(membersOf(patched.text)).toEqual(users.slice(1, 1_200));
    await pilot.request('DELETE', `/Groups/${id}`);
  });

  test('is one state, whatever changes while it is read; writes do not wait', async () => {
    const { headers } = await pilot.request('HEAD', `/Groups/${everyone}`);
    const answer = await open(`/Groups/${everyone}`);
    answer.pause();
    const last = users.at(-1) ?? '';
    // Answered although the reader has not gone on.
    expect((await patchMembers(everyone, 'Remove', last)).status).toBe(204);
    expect((await pilot.request('GET', `/Users/${last}`)).json.groups).toBeUndefined();
    const text = await rest(answer);
    expect(membersOf(text)).toEqual(users);
    expect(answer.headers.etag).toBe(headers.get('etag'));
    const after = await pilot.request('GET', `/Groups/${everyone}`);
    expect(membersOf(after.text)).toEqual(users.slice(0, -1));
    expect(after.headers.get('etag')).not.toBe(answer.headers.etag);
    await patchMembers(everyone, 'Add', last);
  });

  test('several are read at once, more than may be at once wait', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => open(`/Groups/${everyone}`).then(rest)));
    expect(new Set(answers).size).toBe(1);
    expect(membersOf(answers[0] ?? '')).toEqual(users);
    expect(stateIsHeld()).toBe(false);
  });

  test('a caller who hangs up lets go of the state at once, and is recorded', async () => {
    const answer = await open(`/Groups/${everyone}`);
    answer.pause();
    await patchMembers(everyone, 'Remove', users[3] ?? '');
    expect(stateIsHeld()).toBe(true);
    answer.destroy();
    await expect.poll(stateIsHeld).toBe(false);
    await patchMembers(everyone, 'Add', users[3] ?? '');
    const call = await stored('GET', 499, `/Groups/${everyone}`);
    expect(call).toMatchObject({ outcome: 'failed', resourceId: everyone });
    expect(call.detail).toContain('hung up');
    expect(call.responseBody?.text.startsWith('{"schemas"')).toBe(true);
  });

  test('its record keeps the beginning and tells the whole size', async () => {
    const path = `/Groups/${everyone}?count=${unique('mark')}`;
    const { text } = await pilot.request('GET', path);
    const call = await stored('GET', 200, everyone, ({ query }) => path.endsWith(query) && query !== '');
    expect(call).toMatchObject({ outcome: 'ok', resourceId: everyone });
    expect(call.responseBody).toMatchObject({ bytes: Buffer.byteLength(text), cut: true });
    expect(call.responseBody?.text.length).toBeGreaterThan(200_000);
    expect(text.startsWith(call.responseBody?.text ?? '?')).toBe(true);
    expect(call.responseHeaders).toContainEqual(['transfer-encoding', 'chunked']);
    expect(call.responseHeaders.map(([name]) => name)).not.toContain('content-length');
  });

  test('leaves no trace in memory', async () => {
    const read = async (times: number) => {
      for (let i = 0; i < times; i += 1) {
        const answer = await open(`/Groups/${everyone}`);
        answer.resume();
        await new Promise((resolve) => answer.once('end', resolve));
      }
    };
    await read(3);
    const before = process.memoryUsage().rss;
    await read(20);
    // Twenty answers are 100 MB.
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  }, 90_000);
});
