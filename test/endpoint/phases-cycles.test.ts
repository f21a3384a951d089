import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  createdId,
  enterprise,
  entraGroup,
  entraUser,
  expectError,
  filter,
  listUrn,
  memberIds,
  patch,
  patched,
  textAt,
  unique,
} from './shapes.ts';

/** The phases of entra.md that are made of many calls, and what Entra makes of our answers. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

/** A match query and what Entra does after it: a POST without a hit, a PATCH of what differs with one. Gives the id. */
async function matchAndWrite(body: JsonObject, ...differences: JsonObject[]): Promise<string> {
  const found = await filter(pilot, '/Users', `userName eq "${textAt(body, 'userName')}"`);
  expect([found.status, found.json.schemas]).toEqual([200, [listUrn]]);
  if (found.json.totalResults === 0) return createdId(pilot, '/Users', body);
  expect(found.json.totalResults).toBe(1);
  const id = textAt(found.json, 'Resources', 0, 'id');
  await patched(pilot, `/Users/${id}`, ...differences);
  return id;
}

test('entra.md §1.2 initial cycle: users matched or created, then groups, then memberships and managers', async () => {
  const [boss, report] = [entraUser(), entraUser()];
  // One of them was here before.
  const here = await createdId(pilot, '/Users', entraUser({ userName: textAt(report, 'userName'), title: 'Old' }));
  const bossId = await matchAndWrite(boss);
  const reportId = await matchAndWrite(report, { op: 'Replace', path: 'title', value: 'Tide Analyst' });
  expect(reportId).toBe(here);

  const group = entraGroup();
  const query = `displayName eq "${textAt(group, 'displayName')}"`;
  expect((await filter(pilot, '/Groups', query, '&excludedAttributes=members')).json.totalResults).toBe(0);
  const path = `/Groups/${await createdId(pilot, '/Groups', group)}`;
  const value = [bossId, reportId].map((id) => ({ $ref: null, value: id }));
  expect(memberIds(await patched(pilot, path, { op: 'Add', path: 'members', value }))).toEqual(
    [bossId, reportId].sort(),
  );
  const led = await patched(pilot, `/Users/${reportId}`, { op: 'Add', path: `${enterprise}:manager`, value: bossId });
  expect([led.title, at(led, enterprise, 'manager', 'value')]).toEqual(['Tide Analyst', bossId]);
});

test('entra.md §1.2b incremental cycle: read by id, match again, a refused POST, then the PATCH', async () => {
  const body = entraUser();
  const id = await createdId(pilot, '/Users', body);
  expect((await pilot.request('GET', `/Users/${id}`)).status).toBe(200);
  const found = await filter(pilot, '/Users', `externalId eq "${textAt(body, 'externalId')}"`);
  expect(at(found.json, 'Resources', 0, 'id')).toBe(id);
  expectError(await pilot.request('POST', '/Users', body), 409, 'uniqueness');
  const user = await patched(pilot, `/Users/${id}`, { op: 'Replace', path: 'displayName', value: 'Orla Kerr' });
  expect(user.displayName).toBe('Orla Kerr');
});

describe('entra.md §1.18 what Entra makes of an answer', () => {
  test('nothing it asks about healthy records is answered by 404, 3xx or 5xx', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const group = await createdId(pilot, '/Groups', entraGroup());
    const guid = crypto.randomUUID();
    for (const path of [
      `/Users?filter=userName+eq+%22${guid}%22`,
      `//Users?filter=userName+eq+%22${guid}%22`,
      `/Users/?filter=userName+eq+%22${guid}%22`,
      `/Groups?excludedAttributes=members&filter=displayName+eq+%22${guid}%22`,
      `/Users/${id}`,
      `/Groups/${group}?excludedAttributes=members`,
      '/Schemas',
      '/ResourceTypes',
      '/ServiceProviderConfig',
      '',
    ]) {
      expect([path, (await pilot.request('GET', path)).status]).toEqual([path, 200]);
    }
  });

  test('a failed object is refused with a status of its own, an error body, and a reason', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const nobody = unique('nobody');
    const rename = patch({ op: 'Replace', path: 'title', value: 'x' });
    expectError(await pilot.request('POST', '/Users', body), 409, 'uniqueness');
    expectError(await pilot.request('GET', `/Users/${nobody}`), 404);
    expectError(await pilot.request('PATCH', `/Users/${nobody}`, rename), 404);
    expectError(await pilot.request('DELETE', `/Users/${nobody}`), 404);
    expectError(await pilot.request('POST', '/Users', {}), 400, 'invalidValue');
    const wrong = patch({ op: 'Replace', path: 'active', value: 'perhaps' });
    expectError(await pilot.request('PATCH', `/Users/${id}`, wrong), 400, 'invalidValue');
    expectError(await pilot.request('GET', '/Users', undefined, { authorization: null }), 401);
  });

  test('externalId is not unique: two hits are told as two', async () => {
    const externalId = unique('shared');
    for (let one = 0; one < 2; one += 1) await createdId(pilot, '/Users', entraUser({ externalId }));
    expect((await filter(pilot, '/Users', `externalId eq "${externalId}"`)).json.totalResults).toBe(2);
  });
});
