import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  coreGroup,
  coreUser,
  created,
  enterprise,
  entraGroup,
  entraUser,
  errorUrn,
  listUrn,
  patched,
} from './shapes.ts';

/** Attributes that no schema knows: kept as they were sent, but never taken for what they are not. */

const vendor = 'urn:ietf:params:scim:schemas:extension:Harbour:2.0:User';
let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

describe('RFC 7643 §3.1: schemas names the core schema of the type and extensions it can have, and no others', () => {
  const foreign = {
    '/Users': [
      coreGroup,
      coreGroup.toUpperCase(),
      errorUrn,
      listUrn,
      'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
    ],
    '/Groups': [coreUser, enterprise, enterprise.toUpperCase(), errorUrn],
  } as const;
  const minimal = { '/Users': () => entraUser(), '/Groups': () => entraGroup() };
  const cases = (['/Users', '/Groups'] as const).flatMap((path) => foreign[path].map((urn) => ({ path, urn })));

  test.each(cases)('$path with $urn', async ({ path, urn }) => {
    const before = await created(pilot, path, minimal[path]());
    const marked = await created(pilot, path, { ...minimal[path](), [urn]: { mark: 'x' } });
    expect(marked.schemas).toEqual(before.schemas);
    expect(marked[urn]).toEqual({ mark: 'x' });
    const after = await patched(pilot, `${path}/${before.id}`, { op: 'Add', path: `${urn}:mark`, value: 'x' });
    expect([after.schemas, after[urn]]).toEqual([before.schemas, { mark: 'x' }]);
  });

  test('a group with an extension of users that holds custom fields', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:Wharf:2.0:User';
    const { field } = await pilot.api.attributes.define({ label: 'Berth', type: 'String', attribute: `${urn}:berth` });
    const group = await created(pilot, '/Groups', entraGroup({ [urn]: { berth: 'x' } }));
    expect([group.schemas, group[urn]]).toEqual([[coreGroup], { berth: 'x' }]);
    const after = await patched(pilot, `/Groups/${group.id}`, { op: 'Replace', path: `${urn}:berth`, value: 'y' });
    expect([after.schemas, after[urn]]).toEqual([[coreGroup], { berth: 'y' }]);
    await pilot.api.attributes.retire(field.id);
  });

  test('so that a query for the groups among all records finds groups alone', async () => {
    await created(pilot, '/Users', entraUser({ [coreGroup]: { displayName: 'x' } }));
    const filter = `schemas eq "${coreGroup}"`;
    const users = await pilot.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect([users.status, users.json.totalResults]).toEqual([200, 0]);
    const all = await pilot.request('POST', '/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter,
    });
    const groups = await pilot.request('GET', '/Groups?count=0');
    expect(all.json.totalResults).toBe(groups.json.totalResults);
  });

  test('extensions of the type and of a vendor are named', async () => {
    const user = await created(pilot, '/Users', entraUser({ [vendor]: { badge: 1 }, 'urn:odd': { a: 1 } }));
    expect(user.schemas).toEqual([coreUser, enterprise, vendor, 'urn:odd']);
    const group = await created(pilot, '/Groups', entraGroup({ 'urn:odd:2.0:Group': { a: 1 } }));
    expect(group.schemas).toEqual([coreGroup, 'urn:odd:2.0:Group']);
  });
});
