import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReplayPlace, ReplayRequest, ReplayResult } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { callPublicly } from '../support/public-call.ts';

/** Captured calls played again by the endpoint's own code: on a copy nothing of it stays, on the live directory it is a call. */

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patch = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

let pilot: TestPilot;

beforeAll(async () => {
  pilot = await startTestPilot({ publicOrigin: 'https://pilot.fabrikvale.example' });
});
afterAll(() => pilot?.close());

/** How many calls this file made so far: each is stored a moment after its answer. */
let asked = 0;
function send(method: string, path: string, body?: unknown, headers?: Record<string, string | null>) {
  asked++;
  return pilot.request(method, path, body, headers);
}
/** The code of the newest call, once every call made so far is stored. */
async function newest() {
  await expect.poll(() => pilot.api.status().callsStored, { interval: 5 }).toBe(asked);
  const { calls } = await pilot.api.feed.page({ before: null, limit: 1, query: '' });
  return calls[0]?.code ?? '';
}
/** Makes a call, with no other under way, and gives its code and answer. */
async function call(...request: Parameters<typeof send>) {
  await newest();
  const answer = await send(...request);
  return { code: await newest(), ...answer };
}
async function replay(code: string, place: ReplayPlace = 'copy', edited: ReplayRequest | null = null) {
  const result = await pilot.api.replay.run(code, edited, place, new AbortController().signal);
  if (result === null) throw new Error(`No call ${code}`);
  if (result.answer.code !== null) asked++;
  return result;
}
async function edited(code: string, change: Partial<ReplayRequest>, place: ReplayPlace = 'copy') {
  const draft = await pilot.api.replay.draft(code);
  if (draft === null) throw new Error(`No call ${code}`);
  return replay(code, place, { ...draft.request, ...change });
}
const idOf = (text: string) => (JSON.parse(text) as { id: string }).id;
const bodyOf = ({ answer }: ReplayResult) => JSON.parse(answer.body?.text ?? 'null') as Record<string, unknown>;
const create = (userName: string, more: object = {}) =>
  call('POST', '/Users', { schemas: [user], userName, displayName: userName.split('@')[0], ...more });
/** Everything that a call could leave behind. */
const traces = async () => ({
  status: { ...pilot.api.status().directory, calls: pilot.api.status().callsStored },
  unmapped: (await pilot.api.attributes.overview()).unmapped,
  drifted: await pilot.api.directory.drifted(),
});

describe('on a copy', () => {
  test('a create that went well is refused now, for the record is there, and says what it has become since', async () => {
    const made = await create('ada@x.example');
    const same = await replay(made.code);
    expect(same).toMatchObject({
      answer: { status: 409, scimType: 'uniqueness', code: null },
      rules: [],
      record: null,
    });
    expect(same.difference.status).toEqual({ before: 201, now: 409 });
    const { code } = await call('PATCH', `/Users/${idOf(made.text)}`, {
      schemas: [patch],
      Operations: [{ op: 'replace', path: 'title', value: 'Countess' }],
    });
    expect((await replay(made.code)).record).toMatchObject({ changes: 1, last: { by: 'azure', callCode: code } });
  });

  test('says how often its record was changed since, also where that was more often than a detail shows', async () => {
    const made = await create('often@x.example');
    const Operations = (n: number) => [{ op: 'replace', path: 'title', value: `T${n}` }];
    const patches = Array.from({ length: 230 }, (_, n) =>
      send('PATCH', `/Users/${idOf(made.text)}`, { schemas: [patch], Operations: Operations(n) }),
    );
    await Promise.all(patches);
    expect((await replay(made.code)).record).toMatchObject({ changes: 230, more: false, last: { by: 'azure' } });
  });

  test('nothing of a write stays: no record, no change, no call, and what memory holds of it is forgotten', async () => {
    const made = await create('bo@x.example');
    const before = await traces();
    const result = await edited(made.code, {
      body: JSON.stringify({ schemas: [user], userName: 'copy@x.example', 'urn:x:2.0:User': { neverSeen: 'x' } }),
    });
    expect(result.answer).toMatchObject({ status: 201, changes: [{ kind: 'created', name: 'copy@x.example' }] });
    expect(await traces()).toEqual(before);
    // The attribute is told as new when it really comes.
    await create('real@x.example', { 'urn:x:2.0:User': { neverSeen: 'x' } });
    expect((await pilot.api.attributes.overview()).unmapped.map(({ path }) => path)).toContain(
      'urn:x:2.0:User:neverSeen',
    );
    expect((await send('GET', `/Users/${bodyOf(result).id}`)).status).toBe(404);
  });

  test('a PATCH and a DELETE show their change and leave the record as it is', async () => {
    const made = await create('cy@x.example');
    const path = `/Users/${idOf(made.text)}`;
    const gone = await edited(made.code, { method: 'DELETE', target: `/scim/v2${path}`, body: null });
    expect(gone.answer).toMatchObject({ status: 204, body: null, changes: [{ kind: 'deleted', name: 'cy' }] });
    const operations = [{ op: 'replace', path: 'active', value: 'False' }];
    const off = await edited(made.code, {
      method: 'PATCH',
      target: `/scim/v2${path}`,
      body: JSON.stringify({ schemas: [patch], Operations: operations }),
    });
    expect(off.answer.changes).toMatchObject([{ kind: 'archived' }]);
    expect((await send('GET', path)).json).toMatchObject({ active: true });
    expect((await pilot.api.directory.user(idOf(made.text)))?.history).toHaveLength(1);
  });

  test('calls that come at the same time are stored as ever', async () => {
    const made = await create('dee@x.example');
    const path = `/Users/${idOf(made.text)}`;
    const results = await Promise.all([
      ...Array.from({ length: 20 }, (_, n) => send('POST', '/Users', { schemas: [user], userName: `p${n}@x` })),
      edited(made.code, { method: 'DELETE', target: `/scim/v2${path}`, body: null }),
      edited(made.code, { method: 'DELETE', target: `/scim/v2${path}`, body: null }),
    ]);
    expect(results.map((one) => ('answer' in one ? one.answer.status : one.status))).toEqual([
      ...Array<number>(20).fill(201),
      204,
      204,
    ]);
    expect((await send('GET', path)).status).toBe(200);
  });

  test('a read gives the answer of then, with the same address and code, where nothing changed', async () => {
    const host = 'pilot.fabrikvale.example';
    const { port, token } = pilot;
    await newest();
    asked++;
    await callPublicly({ port, host, token, method: 'GET', path: '/Users?filter=userName%20eq%20%22ada@x.example%22' });
    const code = await newest();
    const result = await replay(code);
    expect(result.difference).toEqual({ status: null, attributes: [], compared: true });
    expect(result.answer.body?.text).toBe(result.original.responseBody?.text);
    const missing = await call('GET', '/Users/nobody');
    expect((await replay(missing.code)).answer.detail).toContain(`[call ${missing.code}]`);
  });

  test('a filter that no index serves is answered by the query worker', async () => {
    const { code } = await call('GET', '/Users?filter=title%20co%20%22ount%22');
    const { answer, difference } = await replay(code);
    expect(answer.status).toBe(200);
    expect(difference).toEqual({ status: null, attributes: [], compared: true });
  });

  test('a refused token is no part of it, and what is no SCIM is refused as ever', async () => {
    const refused = await call('GET', '/Users', undefined, { authorization: 'Bearer wrong-token-wrong-token' });
    expect(refused.status).toBe(401);
    expect((await replay(refused.code)).answer.status).toBe(200);
    expect((await edited(refused.code, { target: '/Users' })).answer.status).toBe(404);
    expect((await edited(refused.code, { method: 'PURGE' })).answer.status).toBe(405);
    expect((await edited(refused.code, { method: 'POST', body: '{' })).answer).toMatchObject({
      status: 400,
      scimType: 'invalidSyntax',
    });
    expect((await edited(refused.code, { method: 'POST', body: 'x'.repeat(1_100_000) })).answer.status).toBe(413);
  });

  test('a big group is written and answered in one transaction, of which the beginning is shown', async () => {
    const first = await create('m0@x.example');
    const ids = [idOf(first.text)];
    for (let at = 1; at <= 1_100; at += 100) {
      const made = await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          send('POST', '/Users', { schemas: [user], userName: `m${at + n}@x.example` }),
        ),
      );
      ids.push(...made.map(({ json }) => String(json.id)));
    }
    const members = ids.map((value) => ({ value }));
    const result = await edited(first.code, {
      target: '/scim/v2/Groups',
      body: JSON.stringify({ schemas: [group], displayName: 'Everyone', members }),
    });
    expect(result.answer).toMatchObject({ status: 201, changes: [{ kind: 'created' }] });
    expect((bodyOf(result).members as unknown[]).length).toBe(ids.length);
    expect(pilot.api.status().directory.groups).toBe(0);
  });

  test('a bulk request is tried whole: what refers to one another, what fails by itself, and nothing of it stays', async () => {
    const post = (userName: string, bulkId: string) => ({
      method: 'POST',
      path: '/Users',
      bulkId,
      data: { schemas: [user], userName },
    });
    const members = [{ value: 'bulkId:a' }];
    const { code } = await call('POST', '/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        {
          method: 'POST',
          path: '/Groups',
          bulkId: 'g',
          data: { schemas: [group], displayName: 'Bulk group', members },
        },
        post('bulk@x.example', 'a'),
      ],
    });
    const before = await traces();
    const taken = await replay(code);
    expect((bodyOf(taken).Operations as { status: string }[]).map(({ status }) => status).sort()).toEqual([
      '409',
      '409',
    ]);
    const draft = await pilot.api.replay.draft(code);
    const other = (draft?.request.body ?? '').replace('Bulk group', 'Another').replace('bulk@', 'other@');
    const tried = await edited(code, {
      body: other.replace('"Operations":[', `"Operations":[${JSON.stringify(post('bulk@x.example', 'b'))},`),
    });
    expect(tried.answer.status).toBe(200);
    const statuses = (bodyOf(tried).Operations as { bulkId: string; status: string }[]).map((one) => [
      one.bulkId,
      one.status,
    ]);
    expect(Object.fromEntries(statuses)).toEqual({ a: '201', b: '409', g: '201' });
    expect(tried.answer.changes).toMatchObject([{ membersAdded: [{ name: 'other@x.example' }] }, { kind: 'created' }]);
    expect(await traces()).toEqual(before);
    expect((await replay(code, 'live')).answer.status).toBe(200);
  });
});

describe('what can not be played as it is', () => {
  test('a body that was cut, was not read, or had a secret in it', async () => {
    const cut = await create('long@x.example', { title: 'x'.repeat(300_000) });
    expect((await pilot.api.replay.draft(cut.code))?.problem).toContain('Only the beginning of its body was kept');
    await expect(replay(cut.code)).rejects.toThrow('Only the beginning');
    const tooLarge = await call('POST', '/Users', { schemas: [user], userName: 'x', title: 'x'.repeat(1_100_000) });
    expect((await pilot.api.replay.draft(tooLarge.code))?.problem).toContain('was not kept');
    const secret = await create('pass@x.example', { password: 'Winter2026!' });
    await expect(replay(secret.code)).rejects.toThrow('A secret in it was not kept');
    const body = JSON.stringify({ schemas: [user], userName: 'pass2@x.example' });
    expect((await edited(secret.code, { body })).answer.status).toBe(201);
  });

  test('the token and what proxies add are left out, and what is no request is refused in words', async () => {
    const { code } = await call('GET', '/Users', undefined, { 'x-forwarded-for': '192.0.2.1', accept: 'a/b' });
    const draft = await pilot.api.replay.draft(code);
    const names = draft?.request.headers.map(([name]) => name.toLowerCase());
    expect(names).toContain('accept');
    for (const name of ['authorization', 'host', 'x-forwarded-for']) expect(names).not.toContain(name);
    await expect(edited(code, { method: 'NO SUCH' })).rejects.toThrow('is no method of HTTP');
    await expect(edited(code, { target: '/scim/v2/Users?filter=a b' })).rejects.toThrow('hold no spaces');
    await expect(edited(code, { headers: [['x', 'a\r\ny: b']] })).rejects.toThrow('a character that no header may');
    expect(await pilot.api.replay.draft('ZZZZZ')).toBeNull();
  });
});

describe('rules of then and today', () => {
  test('tells which were changed since the call was answered', async () => {
    const made = await create('rule@x.example', { title: 'Duke' });
    const path = `/scim/v2/Users/${idOf(made.text)}`;
    await pilot.api.profile.set([{ resourceType: 'User', path: 'title', required: true, maxLength: 3, allowed: null }]);
    const result = await edited(made.code, { method: 'PUT', target: path });
    expect(result.rules).toMatchObject([{ rule: 'profile', at: expect.any(Number) }]);
    await pilot.api.profile.set([]);
    await pilot.api.tenantAdmins.set(['root@x.example']);
    await pilot.api.attributes.define({ label: 'Cost', type: 'String', attribute: null });
    const all = (await replay(made.code)).rules.map(({ rule }) => rule);
    expect(all.toSorted()).toEqual(['custom fields', 'profile', 'tenant admins']);
    expect((await replay((await create('later@x.example')).code)).rules).toEqual([]);
  });

  test('a tenant admin is refused on a copy as well', async () => {
    const made = await create('admin@x.example');
    await pilot.api.tenantAdmins.set(['admin@x.example']);
    expect((await replay(made.code)).answer).toMatchObject({
      status: 409,
      detail: expect.stringContaining('tenant admin'),
    });
    await pilot.api.tenantAdmins.set([]);
  });
});

test('on the live directory it is a call of practice, stored and changing things', async () => {
  const made = await create('live@x.example');
  const path = `/scim/v2/Users/${idOf(made.text)}`;
  const result = await edited(made.code, { method: 'DELETE', target: path, body: null }, 'live');
  expect(result.answer).toMatchObject({ status: 204, changes: [{ kind: 'deleted' }] });
  const code = result.answer.code ?? '';
  expect(code).not.toBe(made.code);
  await expect.poll(newest).toBe(code);
  const stored = await pilot.api.feed.call(code);
  expect(stored).toMatchObject({ practice: true, via: 'local', method: 'DELETE', changeKind: 'deleted' });
  const agent = stored?.requestHeaders.find(([name]) => name === 'user-agent')?.[1];
  expect(agent).toMatch(new RegExp(`^SCIM-Pilot-Replay/.* \\(call ${made.code}\\)$`));
  expect((await send('GET', `/Users/${idOf(made.text)}`)).status).toBe(404);
  const history = (await pilot.api.directory.user(idOf(made.text)))?.history ?? [];
  expect(history[0]).toMatchObject({ by: 'practice', callCode: code });
  expect(pilot.logged).toEqual([]);
});
