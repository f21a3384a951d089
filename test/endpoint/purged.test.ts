import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { at, createdId, entraGroup, entraUser, expectError, filter, patch, patched } from './shapes.ts';

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const rename = patch({ op: 'Replace', path: 'displayName', value: 'New' });

test.each(['User', 'Group'] as const)(
  'every call for the id of a purged %s says that and when it was purged',
  async (type) => {
    const collection = type === 'User' ? '/Users' : '/Groups';
    const id = await createdId(pilot, collection, type === 'User' ? entraUser() : entraGroup());
    await pilot.api.directory.purge(type, id);
    const path = `${collection}/${id}`;
    const calls = [
      await pilot.request('GET', path),
      await pilot.request('PATCH', path, rename),
      await pilot.request('PUT', path, type === 'User' ? entraUser() : entraGroup()),
      await pilot.request('DELETE', path),
    ];
    for (const answer of calls) {
      expectError(answer, 404);
      expect(answer.json.detail).toMatch(
        /was purged here on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\. Azure still knows its id/,
      );
      expect(answer.json.detail).toContain('full reset');
    }
    expect(at((await filter(pilot, collection, `id eq "${id}"`)).json, 'totalResults')).toBe(0);
    const page = await pilot.api.feed.page({ before: null, limit: 5, query: 'failed' });
    expect(page.calls.map(({ sentence }) => sentence.note)).toContain('purged here; its id is still in use');
  },
);

test('an id that was never given is still just unknown', async () => {
  const answer = await pilot.request('GET', '/Users/nobody');
  expectError(answer, 404);
  expect(answer.json.detail).toMatch(/There is no user with the id "nobody"\.$/);
});

test('the Overview counts the records that Azure still knows by id', async () => {
  const before = (await pilot.api.overview()).purgedKnown;
  const kept = await createdId(pilot, '/Users', entraUser());
  const deleted = await createdId(pilot, '/Users', entraUser());
  await pilot.request('DELETE', `/Users/${deleted}`);
  const practised = await pilot.request('POST', '/Users', entraUser(), { 'user-agent': 'SCIM-Pilot-Simulator/1' });
  for (const id of [kept, deleted, String(practised.json.id)]) await pilot.api.directory.purge('User', id);
  expect((await pilot.api.overview()).purgedKnown).toBe(before + 1);
});

test('a restored user answers under the old id, with its groups', async () => {
  const id = await createdId(pilot, '/Users', entraUser());
  const group = await createdId(pilot, '/Groups', entraGroup());
  await patched(pilot, `/Groups/${group}`, { op: 'Add', path: 'members', value: [{ value: id }] });
  await pilot.request('DELETE', `/Users/${id}`);
  expectError(await pilot.request('GET', `/Users/${id}`), 404);
  await pilot.api.directory.restore('User', id);
  const { status, json } = await pilot.request('GET', `/Users/${id}`);
  expect(status).toBe(200);
  expect(at(json, 'groups', 0, 'value')).toBe(group);
});

test('a hand edit is what SCIM answers, moves the version, and tells the window', async () => {
  const id = await createdId(pilot, '/Users', entraUser());
  const before = await pilot.request('GET', `/Users/${id}`);
  const stop = new AbortController();
  let told = 0;
  for await (const { event } of pilot.api.watch(null, stop.signal)) {
    if (event.type !== 'status') continue;
    told = event.status.directory.archived;
    if (told > 0) stop.abort();
    else await pilot.api.directory.editUser(id, [{ path: 'active', value: 'false' }]);
  }
  expect(told).toBe(1);
  const after = await pilot.request('GET', `/Users/${id}`);
  expect(after.json.active).toBe(false);
  expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  const stale = await pilot.request('PATCH', `/Users/${id}`, rename, { 'if-match': before.headers.get('etag') });
  expectError(stale, 412);
});
