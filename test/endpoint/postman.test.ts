import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
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
  textAt,
  unique,
} from './shapes.ts';

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const newUser = () => createdId(pilot, '/Users', entraUser());

describe("Microsoft's Postman collection (entra.md §4.5)", () => {
  test('§4.5 200: lists, resource types and schemas; the User schema is the "User Account"', async () => {
    for (const path of ['/Users', '/Groups', '/ResourceTypes', '/Schemas', '/ServiceProviderConfig']) {
      expect([path, (await pilot.request('GET', path)).status]).toEqual([path, 200]);
    }
    expect(at((await pilot.request('GET', '/Schemas')).json, 'Resources', 0, 'description')).toBe('User Account');
  });

  test('§4.5 200: the list of users is asked for as /users too, the configuration as /serviceConfiguration', async () => {
    const configuration = await pilot.request('GET', '/serviceConfiguration');
    expect(configuration.json).toEqual((await pilot.request('GET', '/ServiceProviderConfig')).json);
    const id = await newUser();
    const found = await pilot.request('GET', `/users?filter=id+eq+%22${id}%22`);
    expect(found.json).toEqual((await pilot.request('GET', `/Users?filter=id+eq+%22${id}%22`)).json);
    expect((await pilot.request('GET', `/users/${id}`)).json.id).toBe(id);
    expect((await pilot.request('POST', '/groups', entraGroup())).headers.get('location')).toContain('/Groups/');
    expect((await pilot.request('POST', '/groups/.search', {})).status).toBe(200);
  });

  test('§4.5 201: a user, a user with active "True", a group with and without members', async () => {
    expect((await created(pilot, '/Users', entraUser({ active: 'True' }))).active).toBe(true);
    const value = await newUser();
    const members = [{ value, display: 'VP' }];
    expect(memberIds(await created(pilot, '/Groups', entraGroup({ members })))).toEqual([value]);
    expect(memberIds(await created(pilot, '/Groups', entraGroup({ members: [] })))).toEqual([]);
  });

  test('§4.5 400: a user without userName, or junk', async () => {
    const { userName: _userName, ...nameless } = entraUser();
    expectError(await pilot.request('POST', '/Users', nameless), 400, 'invalidValue');
    expectError(await pilot.request('POST', '/Users', { junk: true }), 400, 'invalidValue');
    expectError(await pilot.request('POST', '/Users', 'junk'), 400, 'invalidSyntax');
  });

  test('§4.5 409: the same user again, each time with a detail', async () => {
    const body = entraUser();
    await created(pilot, '/Users', body);
    for (let again = 0; again < 2; again += 1) {
      const answer = await pilot.request('POST', '/Users', body);
      expectError(answer, 409, 'uniqueness');
      expect(answer.json.detail).toContain(textAt(body, 'userName'));
    }
  });

  test('§4.5 PATCH: 204 for a group, 200 for a user (RFC 7644 §3.5.2 lets either), a member as text', async () => {
    const [first, second] = [await newUser(), await newUser()];
    const path = `/Groups/${await createdId(pilot, '/Groups', entraGroup())}`;
    for (const value of [first, second]) {
      const added = await pilot.request('PATCH', path, patch({ op: 'add', path: 'members', value }));
      expect([added.status, added.text]).toEqual([204, '']);
    }
    const group = (await pilot.request('GET', path)).json;
    expect(memberIds(group)).toEqual([first, second].sort());
    const one = await pilot.request('PATCH', `/Users/${first}`, patch({ op: 'Replace', path: 'active', value: false }));
    expect([one.status, one.json.active]).toEqual([200, false]);
  });

  test('§4.5 PUT of a group: 200, its members are those sent', async () => {
    const [first, second] = [await newUser(), await newUser()];
    const body = entraGroup({ members: [{ value: first }] });
    const path = `/Groups/${await createdId(pilot, '/Groups', body)}`;
    const put = await pilot.request('PUT', path, { ...body, members: [{ value: second, display: 'VP' }] });
    expect([put.status, memberIds(put.json)]).toEqual([200, [second]]);
  });

  test('§4.5 DELETE: 204 for users and groups', async () => {
    const group = `/Groups/${await createdId(pilot, '/Groups', entraGroup())}`;
    for (const path of [`/Users/${await newUser()}`, group]) {
      expect((await pilot.request('DELETE', path)).status).toBe(204);
    }
  });

  test('§4.5 PUT: 200, replaces, ignores a misspelt attribute, and wants a userName', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const { title: _title, ...rest } = body;
    const put = await pilot.request('PUT', `/Users/${id}`, { ...rest, displayName: 'Put', dispalyName: 'misspelt' });
    expect([put.status, put.json.displayName, put.json.id]).toEqual([200, 'Put', id]);
    expect(put.json).not.toHaveProperty('title');
    const { userName: _userName, ...nameless } = body;
    expectError(await pilot.request('PUT', `/Users/${id}`, nameless), 400, 'invalidValue');
    expectError(await pilot.request('PUT', `/Users/${unique('nobody')}`, body), 404);
  });

  test('§4.5 filters: eq, sw, co, gt, and, or; odd letter case of names', async () => {
    const stem = unique('postman');
    const start = new Date(Date.now() - 60_000).toISOString();
    await createdId(pilot, '/Users', entraUser({ userName: `${stem}-a@x.example`, title: 'Captain' }));
    await createdId(pilot, '/Users', entraUser({ userName: `${stem}-b@x.example`, title: 'Mate' }));
    for (const [text, hits] of [
      [`userName sw "${stem}"`, 2],
      [`userName co "${stem}-a"`, 1],
      [`userName sw "${stem}" and meta.lastModified gt "${start}"`, 2],
      [`userName sw "${stem}" and (title eq "Captain" or title eq "Cook")`, 1],
      [`USERNAME sw "${stem}" and Title eq "mate"`, 1],
      [`DisplayName eq "Orla Brandt" and userName sw "${stem}"`, 2],
    ] as const) {
      const answer = await filter(pilot, '/Users', text);
      expect([text, answer.status, answer.json.totalResults]).toEqual([text, 200, hits]);
    }
  });

  test('§4.5 startIndex=1&count=2, attributes with and without a filter, excludedAttributes=members', async () => {
    await Promise.all([1, 2, 3].map(() => newUser()));
    const page = (await pilot.request('GET', '/Users?startIndex=1&count=2')).json;
    expect([page.itemsPerPage, page.startIndex]).toEqual([2, 1]);
    expect(page.totalResults).toBeGreaterThanOrEqual(3);
    const some = (await pilot.request('GET', '/Users?count=1&attributes=userName,emails')).json;
    expect(Object.keys(at(some, 'Resources', 0) ?? {}).sort()).toEqual(['emails', 'id', 'schemas', 'userName']);
    for (const attributes of ['emails[type eq "work"]', 'emails[value eq "emailName357"]']) {
      const { json } = await pilot.request('GET', `/Users?count=1&attributes=${encodeURIComponent(attributes)}`);
      expect(Object.keys(at(json, 'Resources', 0) ?? {}).sort()).toEqual(['emails', 'id', 'schemas']);
    }
    const members = [{ value: await newUser() }];
    const group = `/Groups/${await createdId(pilot, '/Groups', entraGroup({ members }))}`;
    expect((await pilot.request('GET', `${group}?excludedAttributes=members`)).json).not.toHaveProperty('members');
  });
});
