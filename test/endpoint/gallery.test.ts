import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  created,
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
} from './shapes.ts';

/** The tests of Microsoft's gallery validation by name (entra.md §4.4): what reaches the endpoint of each. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const manager = `${enterprise}:manager`;
const managerOf = (user: JsonObject) => at(user, enterprise, 'manager', 'value');
const newUser = () => createdId(pilot, '/Users', entraUser());
const newGroup = (over: JsonObject = {}) => createdId(pilot, '/Groups', entraGroup(over));
const setActive = (path: string, value: boolean | string) =>
  patched(pilot, path, { op: 'Replace', path: 'active', value });

/** What provisioning on demand does for one object: probe, match, create. Gives the id. */
async function onDemand(path: '/Users' | '/Groups', attribute: string, body: JsonObject): Promise<string> {
  const more = path === '/Groups' ? '&excludedAttributes=members' : '';
  expect((await filter(pilot, path, `${attribute} eq "${crypto.randomUUID()}"`, more)).json.totalResults).toBe(0);
  expect((await filter(pilot, path, `${attribute} eq "${textAt(body, attribute)}"`, more)).json.totalResults).toBe(0);
  const id = await createdId(pilot, path, body);
  const again = await filter(pilot, path, `${attribute} eq "${textAt(body, attribute)}"`, more);
  expect([again.json.totalResults, at(again.json, 'Resources', 0, 'id')]).toEqual([1, id]);
  return id;
}

describe('users (entra.md §4.4)', () => {
  test('§4.4 Create_User', async () => {
    const body = entraUser();
    const user = await created(pilot, '/Users', body);
    expect(user).toMatchObject({ userName: textAt(body, 'userName'), active: true, id: expect.any(String) });
  });

  test('§4.4 Update_User', async () => {
    const user = await patched(
      pilot,
      `/Users/${await newUser()}`,
      { op: 'Replace', path: 'displayName', value: 'Orla Kerr' },
      { op: 'Replace', path: 'name.familyName', value: 'Kerr' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Estuaries' },
    );
    expect([user.displayName, at(user, 'name', 'familyName'), at(user, enterprise, 'department')]).toEqual([
      'Orla Kerr',
      'Kerr',
      'Estuaries',
    ]);
  });

  test('§4.4 Disable_User', async () => {
    expect((await setActive(`/Users/${await newUser()}`, 'False')).active).toBe(false);
  });

  test('§4.4 Restore_User', async () => {
    const path = `/Users/${await newUser()}`;
    await setActive(path, 'False');
    expect((await setActive(path, 'True')).active).toBe(true);
  });

  test('§4.4 Delete_User', async () => {
    const path = `/Users/${await newUser()}`;
    await setActive(path, 'False');
    expect((await pilot.request('DELETE', path)).status).toBe(204);
    expectError(await pilot.request('GET', path), 404);
  });

  test('§4.4 User_Update_Manager: set, changed, removed', async () => {
    const path = `/Users/${await newUser()}`;
    const [first, second] = [await newUser(), await newUser()];
    expect(managerOf(await patched(pilot, path, { op: 'Add', path: manager, value: first }))).toBe(first);
    expect(managerOf(await patched(pilot, path, { op: 'Replace', path: manager, value: second }))).toBe(second);
    expect(await patched(pilot, path, { op: 'Remove', path: manager })).not.toHaveProperty([enterprise, 'manager']);
  });

  test('§4.4 POD_User', async () => {
    const id = await onDemand('/Users', 'userName', entraUser());
    expect((await pilot.request('GET', `/Users/${id}`)).status).toBe(200);
  });
});

describe('groups (entra.md §4.4)', () => {
  test('§4.4 Create_Group', async () => {
    const body = entraGroup();
    expect((await created(pilot, '/Groups', body)).displayName).toBe(body.displayName);
  });

  test('§4.4 Update_Group', async () => {
    const displayName = `${textAt(entraGroup(), 'displayName')} West`;
    const path = `/Groups/${await newGroup()}`;
    expect((await patched(pilot, path, { op: 'Replace', path: 'displayName', value: displayName })).displayName).toBe(
      displayName,
    );
  });

  test('§4.4 Delete_Group, Restore_Group: gone once unassigned, made anew under the same name', async () => {
    const body = entraGroup();
    const id = await createdId(pilot, '/Groups', body);
    expect((await pilot.request('DELETE', `/Groups/${id}`)).status).toBe(204);
    expectError(await pilot.request('GET', `/Groups/${id}`), 404);
    expect(await createdId(pilot, '/Groups', body)).not.toBe(id);
  });

  test('§4.4 Group_Update_Add_Member, Group_Update_Remove_Member: several in one PATCH', async () => {
    const ids = await Promise.all([newUser(), newUser(), newUser()]);
    const path = `/Groups/${await newGroup()}`;
    const members = ids.map((value) => ({ $ref: null, value }));
    expect(memberIds(await patched(pilot, path, { op: 'Add', path: 'members', value: members }))).toEqual(ids.sort());
    const left = await patched(pilot, path, { op: 'Remove', path: 'members', value: members.slice(1) });
    expect(memberIds(left)).toEqual([members[0]?.value]);
  });

  test('§4.4 POD_Group: with five members', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, newUser));
    const path = `/Groups/${await onDemand('/Groups', 'displayName', entraGroup())}`;
    const value = ids.map((id) => ({ $ref: null, value: id }));
    expect(memberIds(await patched(pilot, path, { op: 'Add', path: 'members', value }))).toEqual(ids.sort());
  });
});

describe('direct SCIM (entra.md §4.4)', () => {
  test('§4.4 Schema_Discoverability: every attribute of the default mappings, users and groups', async () => {
    const { json } = await pilot.request('GET', '/Schemas');
    const names = new Set<string>();
    const walk = (prefix: string, attributes: Json | undefined) => {
      for (const one of Array.isArray(attributes) ? attributes : []) {
        const name = `${prefix}${textAt(one, 'name')}`.toLowerCase();
        names.add(name);
        walk(`${name}.`, at(one, 'subAttributes'));
      }
    };
    for (const schema of Array.isArray(json.Resources) ? json.Resources : []) {
      const id = textAt(schema, 'id');
      walk(id.includes(':extension:') ? `${id}:` : `${id.split(':').at(-1)}.`, at(schema, 'attributes'));
    }
    const ofUser = ['userName', 'active', 'displayName', 'title', 'preferredLanguage', 'externalId', 'name.givenName'];
    ofUser.push('name.familyName', 'name.formatted', 'emails.value', 'emails.type', 'roles.value', 'roles.primary');
    for (const part of ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country', 'type']) {
      ofUser.push(`addresses.${part}`);
    }
    ofUser.push('phoneNumbers.value', 'phoneNumbers.type');
    const wanted = [
      ...ofUser.map((name) => `User.${name}`),
      ...['employeeNumber', 'department', 'manager'].map((name) => `${enterprise}:${name}`),
      ...['displayName', 'externalId', 'members', 'members.value'].map((name) => `Group.${name}`),
    ];
    expect(wanted.filter((name) => !names.has(name.toLowerCase()))).toEqual([]);
  });

  test.each(['', null])('§4.4 SCIM_Null_Update: %j leaves nothing', async (value) => {
    const path = `/Users/${await newUser()}`;
    const names = ['title', 'displayName', 'preferredLanguage', 'name.givenName', 'emails[type eq "work"].value'];
    names.push(
      `${enterprise}:department`,
      'addresses[type eq "work"].locality',
      'phoneNumbers[type eq "mobile"].value',
    );
    for (const name of names) {
      const answer = await pilot.request('PATCH', path, patch({ op: 'Replace', path: name, value }));
      expect([name, answer.status]).toEqual([name, 200]);
    }
    const { json, text } = await pilot.request('GET', path);
    for (const name of ['title', 'displayName', 'preferredLanguage']) expect(json).not.toHaveProperty(name);
    for (const gone of ['givenName', 'Hydrology', 'Galway', '555 0101', ':""', 'null'])
      expect(text).not.toContain(gone);
  });

  test('§4.4 SCIM_User_Create, SCIM_Group_Create: 201, an id, the same name', async () => {
    const [user, group] = [entraUser(), entraGroup()];
    const made = await created(pilot, '/Users', user);
    expect([made.userName, textAt(made, 'id')]).toEqual([user.userName, expect.stringMatching(/./)]);
    const grouped = await created(pilot, '/Groups', group);
    expect([grouped.displayName, textAt(grouped, 'id')]).toEqual([group.displayName, expect.stringMatching(/./)]);
  });

  test('§4.4 SCIM_User_Update, SCIM_Group_Update: every single-valued attribute, read back equal', async () => {
    const values = {
      displayName: 'New',
      title: 'Lead',
      preferredLanguage: 'de-DE',
      nickName: 'O',
      userType: 'Contractor',
      locale: 'de-DE',
      timezone: 'Europe/Berlin',
      profileUrl: 'https://fabrikvale.example/orla',
      externalId: 'other.id',
    };
    const operations = Object.entries(values).map(([path, value]) => ({ op: 'Replace', path, value }));
    expect(await patched(pilot, `/Users/${await newUser()}`, ...operations)).toMatchObject(values);
    const group = { displayName: `${textAt(entraGroup(), 'displayName')} North`, externalId: 'other.group' };
    const path = `/Groups/${await newGroup()}`;
    expect(
      await patched(
        pilot,
        path,
        ...Object.entries(group).map(([name, value]) => ({ op: 'Replace', path: name, value })),
      ),
    ).toMatchObject(group);
  });

  test.each([
    ['§4.4 SCIM_User_Pagination', '/Users', newUser],
    ['§4.4 SCIM_Group_Pagination', '/Groups', newGroup],
  ] as const)('%s: pages of five, each startIndex as asked', async (_name, path, make) => {
    await Promise.all(Array.from({ length: 11 }, () => make()));
    const seen = new Set<unknown>();
    let total = Number.MAX_SAFE_INTEGER;
    for (let startIndex = 1; startIndex <= total; startIndex += 5) {
      const { json } = await pilot.request('GET', `${path}?startIndex=${startIndex}&count=5`);
      expect([json.schemas, json.startIndex]).toEqual([[listUrn], startIndex]);
      total = Number(json.totalResults);
      for (const one of Array.isArray(json.Resources) ? json.Resources : []) seen.add(at(one, 'id'));
    }
    expect(total).toBeGreaterThanOrEqual(11);
    expect(seen.size).toBe(total);
  });

  test('§4.4 SCIM_Update_Manager: Add, Replace, Replace with empty', async () => {
    const path = `/Users/${await newUser()}`;
    const [first, second] = [await newUser(), await newUser()];
    expect(managerOf(await patched(pilot, path, { op: 'Add', path: manager, value: { value: first } }))).toBe(first);
    expect(managerOf(await patched(pilot, path, { op: 'Replace', path: manager, value: { value: second } }))).toBe(
      second,
    );
    expect(managerOf(await patched(pilot, path, { op: 'Replace', path: manager, value: '' }))).toBeUndefined();
  });

  test('§4.4 Validate_Credentials, Federated_Identity: skipped, since a bearer token is the one scheme offered', async () => {
    const { json } = await pilot.request('GET', '/ServiceProviderConfig');
    expect(json.authenticationSchemes).toMatchObject([{ type: 'oauthbearertoken' }]);
    expectError(await pilot.request('GET', '/Users?count=1', undefined, { authorization: 'Bearer nobody' }), 401);
  });
});
