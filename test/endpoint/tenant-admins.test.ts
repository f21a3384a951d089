import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { router } from '../../src-main/api/index.ts';
import type { CallSummary, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestAnswer, type TestPilot } from '../support/pilot.ts';
import {
  at,
  created,
  createdId,
  entraGroup,
  entraUser,
  expectError,
  filter,
  memberIds,
  patch,
  patched,
  textAt,
  unique,
} from './shapes.ts';

let pilot: TestPilot;
let api: ReturnType<typeof router.createCaller>;

beforeAll(async () => {
  pilot = await startTestPilot();
  api = router.createCaller({ host: pilot.host });
});
afterAll(() => pilot.close());
afterEach(() => api.tenantAdmins.set({ userNames: [] }));

/** The feed's row of the newest call, once it is stored. */
async function newest(stored = pilot.api.status().callsStored): Promise<CallSummary | undefined> {
  await expect.poll(() => pilot.api.status().callsStored).toBeGreaterThanOrEqual(stored);
  const { calls } = await pilot.api.feed.page({ before: null, limit: 1, query: '' });
  return calls[0];
}

async function asked(act: () => Promise<TestAnswer>): Promise<{ answer: TestAnswer; row: CallSummary | undefined }> {
  await new Promise((resolve) => setTimeout(resolve, 60));
  const before = pilot.api.status().callsStored;
  const answer = await act();
  return { answer, row: await newest(before + 1) };
}

test('a fresh folder has none', async () => {
  expect(await api.tenantAdmins.list()).toEqual([]);
});

test('a create or rename onto one is refused in any letter case, and the feed says why', async () => {
  const admin = `${unique('Root')}@fabrikvale.example`;
  await api.tenantAdmins.set({ userNames: [` ${admin} `, '', admin.toLowerCase()] });
  expect(await api.tenantAdmins.list()).toEqual([{ userName: admin.toLowerCase(), hidden: null }]);
  const id = await createdId(pilot, '/Users', entraUser());
  for (const act of [
    () => pilot.request('POST', '/Users', entraUser({ userName: admin.toUpperCase() })),
    () => pilot.request('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'userName', value: admin })),
    () => pilot.request('PUT', `/Users/${id}`, entraUser({ userName: admin })),
  ]) {
    const { answer, row } = await asked(act);
    expectError(answer, 409, 'uniqueness');
    expect(answer.json.detail).toContain('tenant admin accounts are excluded from provisioning');
    expect(row).toMatchObject({ outcome: 'failed', sentence: { verb: 'Refused: ServiceOps tenant admin' } });
  }
  const { answer, row } = await asked(() => filter(pilot, '/Users', `userName eq "${admin}"`));
  expect(answer.json.totalResults).toBe(0);
  expect(row?.sentence).toEqual({ verb: 'Looked for', object: admin, note: 'not found: a ServiceOps tenant admin' });
  // Other changes of other users go on.
  await patched(pilot, `/Users/${id}`, { op: 'Replace', path: 'title', value: 'Chef' });
});

test('a provisioned user who becomes one is hidden from SCIM, and back as before when taken off the list', async () => {
  const body = entraUser({ displayName: 'Wanda Root' });
  const user = await created(pilot, '/Users', body);
  const id = textAt(user, 'id');
  const other = await createdId(pilot, '/Users', entraUser());
  const group = await createdId(pilot, '/Groups', entraGroup({ members: [{ value: id }, { value: other }] }));
  const total = Number((await pilot.request('GET', '/Users?count=0')).json.totalResults);

  await api.tenantAdmins.set({ userNames: [textAt(body, 'userName')] });
  expect(await api.tenantAdmins.list()).toMatchObject([{ hidden: { id, name: 'Wanda Root' } }]);
  const { answer, row } = await asked(() => pilot.request('GET', `/Users/${id}`));
  expectError(answer, 404);
  expect(row?.sentence).toMatchObject({ verb: 'Refused: ServiceOps tenant admin', object: 'Wanda Root' });
  expectError(
    await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: 'active', value: false })),
    404,
  );
  expectError(await pilot.request('PUT', `/Users/${id}`, body), 404);
  expectError(await pilot.request('DELETE', `/Users/${id}`), 404);
  expectError(await pilot.request('POST', '/Users', body), 409, 'uniqueness');
  for (const question of [
    `userName eq "${body.userName}"`,
    `id eq "${id}"`,
    `externalId eq "${body.externalId}"`,
    `emails.value eq "${body.userName}"`,
    `displayName co "Wanda"`,
    `groups.value eq "${group}" and id eq "${id}"`,
  ]) {
    expect([question, (await filter(pilot, '/Users', question)).json.totalResults]).toEqual([question, 0]);
  }
  expect((await pilot.request('GET', '/Users?count=0')).json.totalResults).toBe(total - 1);
  expect(memberIds((await pilot.request('GET', `/Groups/${group}`)).json)).toEqual([other]);
  expect((await pilot.api.directory.user(id))?.history.map((entry) => entry.attributes[0]?.path)).toContain(
    'ServiceOps tenant admin',
  );

  await api.tenantAdmins.set({ userNames: [] });
  const back = (await pilot.request('GET', `/Users/${id}`)).json;
  expect(back).toMatchObject({ userName: body.userName, displayName: 'Wanda Root', active: true });
  expect(at(back, 'groups', 0, 'value')).toBe(group);
  expect(memberIds((await pilot.request('GET', `/Groups/${group}`)).json)).toEqual([id, other].sort());
  expect((await filter(pilot, '/Users', `emails.value eq "${body.userName}"`)).json.totalResults).toBe(1);
  expect((await pilot.request('GET', '/Users?count=0')).json.totalResults).toBe(total);
});

test('as a member one is left out, the others are added, and the feed says so', async () => {
  const body = entraUser({ displayName: 'Wanda Root' });
  const id = await createdId(pilot, '/Users', body);
  const other = await createdId(pilot, '/Users', entraUser());
  await api.tenantAdmins.set({ userNames: [textAt(body, 'userName')] });
  const { answer, row } = await asked(() =>
    pilot.request('POST', '/Groups', entraGroup({ members: [{ value: id }, { value: other }] })),
  );
  expect([answer.status, memberIds(answer.json)]).toEqual([201, [other]]);
  expect(row).toMatchObject({ outcome: 'odd', sentence: { note: 'skipped Wanda Root: ServiceOps tenant admin' } });

  const group = await createdId(pilot, '/Groups', entraGroup());
  const added = await asked(() =>
    pilot.request(
      'PATCH',
      `/Groups/${group}`,
      patch({ op: 'Add', path: 'members', value: [{ value: id }, { value: other }] }),
    ),
  );
  expect(added.answer.status).toBe(204);
  expect(added.row).toMatchObject({
    outcome: 'odd',
    sentence: { note: 'skipped Wanda Root: ServiceOps tenant admin' },
  });
  const only = await asked(() =>
    pilot.request('PATCH', `/Groups/${group}`, patch({ op: 'Add', path: 'members', value: [{ value: id }] })),
  );
  expect(only.answer.status).toBe(204);
  expect(only.row).toMatchObject({ outcome: 'odd', sentence: { note: 'skipped Wanda Root: ServiceOps tenant admin' } });
  await patched(pilot, `/Groups/${group}`, {
    op: 'replace',
    path: 'members',
    value: [{ value: id }, { value: other }],
  });
  expect(memberIds((await pilot.request('GET', `/Groups/${group}`)).json)).toEqual([other]);
  // An id nobody knows is refused as ever.
  const unknown = patch({ op: 'Add', path: 'members', value: [{ value: id }, { value: 'nobody' }] });
  expectError(await pilot.request('PATCH', `/Groups/${group}`, unknown), 400, 'invalidValue');
});

test('in a bulk request one is refused or left out as in single calls, and the feed says so', async () => {
  const body = entraUser({ displayName: 'Wanda Root' });
  const id = await createdId(pilot, '/Users', body);
  const userName = textAt(body, 'userName');
  await api.tenantAdmins.set({ userNames: [userName] });
  const bulk = (...Operations: JsonObject[]) =>
    asked(() =>
      pilot.request('POST', '/Bulk', { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations }),
    );
  const post = (path: string, data: JsonObject) => ({ method: 'POST', path, bulkId: unique('b'), data });

  const refused = await bulk(post('/Users', entraUser()), post('/Users', body));
  expect(refused.answer.json.Operations).toMatchObject([{ status: '201' }, { status: '409' }]);
  expect(refused.row).toMatchObject({
    outcome: 'failed',
    sentence: { note: `1 of 2 operations failed. Refused: ServiceOps tenant admin ${userName}` },
  });
  const skipped = await bulk(post('/Groups', entraGroup({ members: [{ value: id }] })));
  expect(skipped.row).toMatchObject({
    outcome: 'odd',
    sentence: { note: '1 change, skipped Wanda Root: ServiceOps tenant admin' },
  });
  const other = await bulk(post('/Users', entraUser()));
  expect(other.row).toMatchObject({ outcome: 'ok', sentence: { note: '1 change' } });
});

test('archived users come back archived; groups that are gone are not joined again; all of it survives a restart', async () => {
  const first = await startTestPilot();
  const body = entraUser({ active: false });
  const id = await createdId(first, '/Users', body);
  const gone = await createdId(first, '/Groups', entraGroup({ members: [{ value: id }] }));
  const stays = await createdId(first, '/Groups', entraGroup({ members: [{ value: id }] }));
  await first.api.tenantAdmins.set([textAt(body, 'userName')]);
  expect((await first.request('DELETE', `/Groups/${gone}`)).status).toBe(204);
  await first.stop();
  const second = await startTestPilot({ dataDir: first.dataDir });
  expectError(await second.request('GET', `/Users/${id}`), 404);
  expectError(await second.request('POST', '/Users', body), 409, 'uniqueness');
  await second.api.tenantAdmins.set([]);
  const back = (await second.request('GET', `/Users/${id}`)).json;
  expect(back.active).toBe(false);
  expect(back.groups).toMatchObject([{ value: stays }]);
  expect(second.api.status().directory).toMatchObject({ users: 1, archived: 1, groups: 1, memberships: 1, deleted: 1 });
  await second.stop();
  await first.close();
});

test('a list too long is refused in words', async () => {
  const userNames = Array.from({ length: 501 }, (_, n) => `root${n}`);
  await expect(api.tenantAdmins.set({ userNames })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(api.tenantAdmins.set({ userNames: ['x'.repeat(301)] })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await api.tenantAdmins.list()).toEqual([]);
});
