import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  coreGroup,
  coreUser,
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
  unique,
} from './shapes.ts';

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const user = () => createdId(pilot, '/Users', entraUser());
const group = (over: JsonObject = {}) => createdId(pilot, '/Groups', entraGroup(over));

describe('entra.md §1.13 group create and match', () => {
  test("created empty, with Microsoft's extra schema URI", async () => {
    const body = entraGroup();
    const answer = await pilot.request('POST', '/Groups', body);
    expect(answer.status).toBe(201);
    expect(answer.json).toMatchObject({
      displayName: textAt(body, 'displayName'),
      externalId: textAt(body, 'externalId'),
    });
    expect(answer.json.schemas).toContain(coreGroup);
    expect(answer.headers.get('location')).toBe(`${pilot.url}/Groups/${textAt(answer.json, 'id')}`);
  });

  test('matched by displayName in any case and by externalId, without members', async () => {
    const body = entraGroup();
    const id = await createdId(pilot, '/Groups', body);
    await patched(pilot, `/Groups/${id}`, { op: 'Add', path: 'members', value: [{ value: await user() }] });
    for (const text of [
      `displayName eq "${textAt(body, 'displayName')}"`,
      `displayName eq "${textAt(body, 'displayName').toUpperCase()}"`,
      `externalId eq "${textAt(body, 'externalId')}"`,
    ]) {
      const answer = await filter(pilot, '/Groups', text, '&excludedAttributes=members');
      expect(at(answer.json, 'Resources', 0, 'id')).toBe(id);
      expect(at(answer.json, 'Resources', 0)).not.toHaveProperty('members');
    }
    expect((await pilot.request('GET', `/Groups/${id}?excludedAttributes=members`)).json).not.toHaveProperty('members');
  });

  test('the same displayName again is 409', async () => {
    const body = entraGroup();
    await created(pilot, '/Groups', body);
    expectError(await pilot.request('POST', '/Groups', { ...body, externalId: 'other' }), 409, 'uniqueness');
  });
});

describe('entra.md §1.14 group rename (quirk 33)', () => {
  test.each([
    ['without the flag', (displayName: string) => ({ op: 'Replace', path: 'displayName', value: displayName })],
    ['with the flag', (displayName: string) => ({ op: 'replace', value: { displayName } })],
  ])('%s: 204 without a body', async (_name, operation) => {
    const id = await group();
    const renamed = unique('Estuary Crew West');
    const answer = await pilot.request('PATCH', `/Groups/${id}`, patch(operation(renamed)));
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect((await pilot.request('GET', `/Groups/${id}`)).json.displayName).toBe(renamed);
  });

  test('a caller that asks for attributes gets them: 200 with a body', async () => {
    const id = await group();
    const answer = await pilot.request(
      'PATCH',
      `/Groups/${id}?attributes=displayName`,
      patch({ op: 'Replace', path: 'displayName', value: unique('Asked') }),
    );
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json).sort()).toEqual(['displayName', 'id', 'schemas']);
  });
});

describe('entra.md §1.15 members (quirk 16)', () => {
  async function withMembers(count: number): Promise<{ path: string; ids: string[] }> {
    const ids = await Promise.all(Array.from({ length: count }, user));
    const path = `/Groups/${await group()}`;
    const answer = await pilot.request(
      'PATCH',
      path,
      patch({ op: 'Add', path: 'members', value: ids.map((value) => ({ $ref: null, value })) }),
    );
    expect([answer.status, answer.text]).toEqual([204, '']);
    return { path, ids: ids.sort() };
  }

  test('added in one PATCH, each listed with the user, who lists the group', async () => {
    const { path, ids } = await withMembers(3);
    expect(memberIds((await pilot.request('GET', path)).json)).toEqual(ids);
    const member = (await pilot.request('GET', `/Users/${ids[0]}`)).json;
    expect(at(member, 'groups', 0, 'value')).toBe(path.slice('/Groups/'.length));
  });

  test.each([
    [
      'Remove with a value array takes just those',
      (id: string) => [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] }],
    ],
    [
      'remove with a filtered path takes just that one',
      (id: string) => [{ op: 'remove', path: `members[value eq "${id}"]` }],
    ],
    ['Remove with a bare string takes just that one', (id: string) => [{ op: 'Remove', path: 'members', value: id }]],
  ])('%s', async (_name, operations) => {
    const { path, ids } = await withMembers(3);
    const [first = '', ...rest] = ids;
    expect(memberIds(await patched(pilot, path, ...operations(first)))).toEqual(rest);
    // Again: removing an absent member is a success.
    expect(memberIds(await patched(pilot, path, ...operations(first)))).toEqual(rest);
  });

  test('several removed in one operation or in several', async () => {
    const { path, ids } = await withMembers(5);
    const [a = '', b = '', c = '', d = '', e = ''] = ids;
    await patched(pilot, path, { op: 'Remove', path: 'members', value: [{ value: a }, { value: b }] });
    const left = await patched(
      pilot,
      path,
      { op: 'remove', path: `members[value eq "${c}"]` },
      { op: 'remove', path: `members[value eq "${d}"]` },
    );
    expect(memberIds(left)).toEqual([e]);
  });

  test('Remove without a value empties the group; replace sets exactly the list', async () => {
    const { path, ids } = await withMembers(3);
    const [a = '', b = ''] = ids;
    expect(memberIds(await patched(pilot, path, { op: 'replace', path: 'members', value: [{ value: b }] }))).toEqual([
      b,
    ]);
    expect(
      memberIds(await patched(pilot, path, { op: 'Replace', path: 'members', value: [{ value: a }, { value: b }] })),
    ).toEqual([a, b]);
    expect(memberIds(await patched(pilot, path, { op: 'Remove', path: 'members' }))).toEqual([]);
  });

  test('members come back as they were sent, their names only on request; an emptied group has none', async () => {
    const { path, ids } = await withMembers(1);
    const [value = ''] = ids;
    const member = { value, $ref: `${pilot.url}/Users/${value}`, type: 'User' };
    expect((await pilot.request('GET', path)).json.members).toEqual([member]);
    expect((await pilot.request('GET', `${path}?attributes=members`)).json.members).toEqual([member]);
    const named = await pilot.request('GET', `${path}?attributes=members.value,members.display`);
    expect(named.json.members).toEqual([{ value, display: 'Orla Brandt' }]);
    const emptied = await patched(pilot, path, { op: 'remove', path: `members[value eq "${value}"]` });
    expect(emptied).not.toHaveProperty('members');
    expect(
      (await filter(pilot, '/Groups', `id eq "${textAt(emptied, 'id')}" and not (members pr)`)).json,
    ).toMatchObject({ totalResults: 1 });
  });

  test('adding a member twice is a success; a bare string counts as one member', async () => {
    const { path, ids } = await withMembers(1);
    const extra = await user();
    expect(
      memberIds(await patched(pilot, path, { op: 'Add', path: 'members', value: [{ value: ids[0] ?? '' }] })),
    ).toEqual(ids);
    expect(memberIds(await patched(pilot, path, { op: 'Add', path: 'members', value: extra }))).toEqual(
      [...ids, extra].sort(),
    );
  });

  test('an unknown member is 400, named, and nothing of the PATCH is applied', async () => {
    const { path, ids } = await withMembers(1);
    const good = await user();
    const answer = await pilot.request(
      'PATCH',
      path,
      patch({ op: 'Add', path: 'members', value: [{ value: good }, { value: 'usr_unknown' }] }),
    );
    expectError(answer, 400, 'invalidValue');
    expect(answer.json.detail).toContain('usr_unknown');
    expect(memberIds((await pilot.request('GET', path)).json)).toEqual(ids);
  });

  test('a group with more members than one page reads whole', async () => {
    const { users } = await manyUsers(1_050);
    const id = await group({ members: users.map((value) => ({ value })) });
    expect(memberIds((await pilot.request('GET', `/Groups/${id}`)).json)).toEqual(users.sort());
  });
});

async function manyUsers(count: number): Promise<{ users: string[] }> {
  const users: string[] = [];
  for (let from = 0; from < count; from += 150) {
    const size = Math.min(150, count - from);
    users.push(
      ...(await Promise.all(
        Array.from({ length: size }, () =>
          createdId(pilot, '/Users', { schemas: [coreUser], userName: unique('member') }),
        ),
      )),
    );
  }
  return { users };
}

describe('entra.md §1.16 group delete', () => {
  test('204, then 404; the members stay users', async () => {
    const member = await user();
    const id = await group({ members: [{ value: member }] });
    expect((await pilot.request('DELETE', `/Groups/${id}`)).status).toBe(204);
    expectError(await pilot.request('GET', `/Groups/${id}`), 404);
    expectError(await pilot.request('DELETE', `/Groups/${id}`), 404);
    expect((await pilot.request('GET', `/Users/${member}`)).status).toBe(200);
  });

  test('deleting a user takes them out of their groups', async () => {
    const member = await user();
    const stays = await user();
    const id = await group({ members: [{ value: member }, { value: stays }] });
    await pilot.request('DELETE', `/Users/${member}`);
    expect(memberIds((await pilot.request('GET', `/Groups/${id}`)).json)).toEqual([stays]);
  });
});

describe('entra.md §1.17 discovery', () => {
  test('Schemas: a ListResponse without nulls that lists what Entra maps by default', async () => {
    const answer = await pilot.request('GET', '/Schemas');
    expect([answer.status, answer.json.schemas]).toEqual([200, [listUrn]]);
    expect(answer.text).not.toContain('null');
    const ids = Array.isArray(answer.json.Resources) ? answer.json.Resources.map((one) => at(one, 'id')) : [];
    expect(ids).toEqual(expect.arrayContaining([coreUser, coreGroup, enterprise]));
    for (const name of ['userName', 'externalId', 'preferredLanguage', 'department', 'manager', 'members']) {
      expect(answer.text).toContain(`"name":"${name}"`);
    }
  });

  test('each schema and resource type by its id, 404 for others', async () => {
    for (const path of [
      `/Schemas/${coreUser}`,
      `/Schemas/${enterprise}`,
      '/ResourceTypes/User',
      '/ResourceTypes/Group',
    ]) {
      const answer = await pilot.request('GET', path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(path.endsWith(textAt(answer.json, 'id'))).toBe(true);
      expect(at(answer.json, 'meta', 'location')).toBe(pilot.url + path);
    }
    expectError(await pilot.request('GET', '/Schemas/urn:nobody'), 404);
    expectError(await pilot.request('GET', '/ResourceTypes/Printer'), 404);
  });

  test('ServiceProviderConfig and ResourceTypes', async () => {
    expect((await pilot.request('GET', '/ServiceProviderConfig')).json).toMatchObject({ patch: { supported: true } });
    expect((await pilot.request('GET', '/ResourceTypes')).json).toMatchObject({ totalResults: 2 });
  });
});

test('RFC 7644 §3.5.1 a PUT that does not speak of members keeps them; an empty list empties the group', async () => {
  const member = await createdId(pilot, '/Users', entraUser());
  const body = entraGroup({ members: [{ value: member }] });
  const path = `/Groups/${await createdId(pilot, '/Groups', body)}`;
  const { members: _members, ...silent } = body;
  expect((await pilot.request('PUT', path, { ...silent, displayName: unique('Put') })).status).toBe(200);
  expect(memberIds((await pilot.request('GET', path)).json)).toEqual([member]);
  expect(memberIds((await pilot.request('PUT', path, { ...silent, members: [] })).json)).toEqual([]);
});
