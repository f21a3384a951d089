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
  entraUser,
  expectError,
  filter,
  listUrn,
  memberIds,
  ofType,
  patch,
  patched,
  textAt,
  unique,
} from './shapes.ts';

/** The Microsoft Entra SCIM Validator's tests by number: entra.md §4.1 and §4.2. */

let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

const newUser = (over: JsonObject = {}) => createdId(pilot, '/Users', entraUser(over));
const groupBody = () => ({ schemas: [coreGroup], displayName: unique('Validator Group'), externalId: unique('ext') });

describe('Validator, users (entra.md §4.1, quirk 40)', () => {
  test('§4.1 test 1: create a new user, then every attribute comes back by the joining property', async () => {
    const manager = await newUser();
    const body = entraUser({
      nickName: 'Orla',
      profileUrl: 'not a url',
      userType: 'Employee',
      locale: 'whatever',
      timezone: 'random zone',
      roles: [{ primary: 'True', display: 'd', value: 'v', type: 't' }],
      [enterprise]: {
        employeeNumber: '1',
        department: 'd',
        costCenter: 'c',
        organization: 'o',
        division: 'v',
        manager: { value: manager },
      },
    });
    const answer = await pilot.request('POST', '/Users', body);
    expect(answer.status).toBe(201);
    const found = await filter(pilot, '/Users', `userName eq "${textAt(body, 'userName')}"`);
    const { schemas: _schemas, meta: _meta, roles: _roles, ...sent } = body;
    expect(at(found.json, 'Resources', 0)).toMatchObject(sent);
    expect(at(found.json, 'Resources', 0, 'roles', 0)).toEqual({ primary: true, display: 'd', value: 'v', type: 't' });
  });

  test('§4.1 test 2: create a duplicate user', async () => {
    const body = entraUser();
    await created(pilot, '/Users', body);
    expectError(await pilot.request('POST', '/Users', body), 409, 'uniqueness');
  });

  test('§4.1 test 3, 4, 5: filter for an existing user, a non-existing one, and in different case', async () => {
    const body = entraUser();
    await created(pilot, '/Users', body);
    const userName = textAt(body, 'userName');
    for (const [value, hits] of [
      [userName, 1],
      [unique('nobody'), 0],
      [userName.toUpperCase(), 1],
    ] as const) {
      const answer = await filter(pilot, '/Users', `userName eq "${value}"`);
      expect(answer.status).toBe(200);
      expect(answer.json).toMatchObject({ schemas: [listUrn], totalResults: hits, itemsPerPage: hits, startIndex: 1 });
      expect(answer.json.Resources).toHaveLength(hits);
    }
  });

  test('§4.1 test 6: replace attributes in one pathless operation', async () => {
    const path = `/Users/${await newUser()}`;
    const user = await patched(
      pilot,
      path,
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'six@fabrikvale.example' },
      { op: 'replace', path: 'emails[type eq "work"].primary', value: true },
      { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Cork' },
      {
        op: 'replace',
        value: {
          active: true,
          displayName: 'Six',
          title: 'T6',
          preferredLanguage: 'fr',
          'name.givenName': 'G6',
          'name.familyName': 'F6',
          'name.formatted': 'G6 F6',
          externalId: 'x6',
          [`${enterprise}:employeeNumber`]: 'e6',
          [`${enterprise}:department`]: 'd6',
        },
      },
    );
    expect(user).toMatchObject({
      displayName: 'Six',
      title: 'T6',
      preferredLanguage: 'fr',
      name: { givenName: 'G6', familyName: 'F6', formatted: 'G6 F6' },
      externalId: 'x6',
      [enterprise]: { employeeNumber: 'e6', department: 'd6' },
    });
    expect(ofType(user.emails, 'work')).toEqual({ type: 'work', primary: true, value: 'six@fabrikvale.example' });
    expect(at(ofType(user.addresses, 'work'), 'locality')).toBe('Cork');
  });

  test('§4.1 test 7: the same as one operation a leaf', async () => {
    const path = `/Users/${await newUser()}`;
    const user = await patched(
      pilot,
      path,
      { op: 'replace', path: 'displayName', value: 'Seven' },
      { op: 'replace', path: 'name.givenName', value: 'G7' },
      { op: 'replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+7' },
      { op: 'replace', path: 'phoneNumbers[type eq "fax"].value', value: '+77' },
      { op: 'replace', path: `${enterprise}:department`, value: 'd7' },
    );
    expect(user).toMatchObject({ displayName: 'Seven', name: { givenName: 'G7' }, [enterprise]: { department: 'd7' } });
    expect([at(ofType(user.phoneNumbers, 'mobile'), 'value'), at(ofType(user.phoneNumbers, 'fax'), 'value')]).toEqual([
      '+7',
      '+77',
    ]);
  });

  test('§4.1 test 8: update userName', async () => {
    const id = await newUser();
    const userName = unique('renamed');
    const answer = await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { userName } }));
    expect(answer.status).toBe(200);
    expect(at((await filter(pilot, '/Users', `userName eq "${userName}"`)).json, 'Resources', 0, 'id')).toBe(id);
  });

  test('§4.1 test 9: disable; GET and filter show active false', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const answer = await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'active', value: false }));
    expect(answer.status).toBe(200);
    expect((await pilot.request('GET', `/Users/${id}`)).json.active).toBe(false);
    const found = await filter(pilot, '/Users', `userName eq "${textAt(body, 'userName')}"`);
    expect(at(found.json, 'Resources', 0, 'active')).toBe(false);
  });

  test('§4.1 test 10: add attributes verbosely to a minimal user', async () => {
    const id = await createdId(pilot, '/Users', { schemas: [coreUser], userName: unique('minimal') });
    const values: [path: string, value: string | boolean][] = [
      ['active', true],
      ['displayName', 'Ten'],
      ['title', 'T'],
      ['preferredLanguage', 'en'],
      ['emails[type eq "work"].value', 'ten@fabrikvale.example'],
      ['emails[type eq "work"].primary', true],
      ['name.givenName', 'G'],
      ['name.familyName', 'F'],
      ['name.formatted', 'G F'],
      ['addresses[type eq "work"].formatted', 'f'],
      ['addresses[type eq "work"].streetAddress', 's'],
      ['addresses[type eq "work"].locality', 'l'],
      ['addresses[type eq "work"].region', 'r'],
      ['addresses[type eq "work"].postalCode', 'p'],
      ['addresses[type eq "work"].primary', true],
      ['addresses[type eq "work"].country', 'c'],
      ['phoneNumbers[type eq "work"].value', '1'],
      ['phoneNumbers[type eq "mobile"].value', '2'],
      ['phoneNumbers[type eq "fax"].value', '3'],
      ['externalId', 'x'],
      ['nickName', 'n'],
      ['locale', 'en'],
      ['timezone', 'z'],
      ['userType', 'u'],
      ['roles[primary eq "True"].display', 'rd'],
      ['roles[primary eq "True"].value', 'rv'],
      ['roles[primary eq "True"].type', 'rt'],
      [`${enterprise}:employeeNumber`, 'en'],
      [`${enterprise}:department`, 'de'],
      [`${enterprise}:costCenter`, 'cc'],
      [`${enterprise}:organization`, 'or'],
      [`${enterprise}:division`, 'di'],
    ];
    const user = await patched(pilot, `/Users/${id}`, ...values.map(([path, value]) => ({ op: 'add', path, value })));
    expect(user).toMatchObject({
      active: true,
      displayName: 'Ten',
      name: { givenName: 'G', familyName: 'F', formatted: 'G F' },
      emails: [{ type: 'work', value: 'ten@fabrikvale.example', primary: true }],
      addresses: [
        {
          type: 'work',
          formatted: 'f',
          streetAddress: 's',
          locality: 'l',
          region: 'r',
          postalCode: 'p',
          primary: true,
          country: 'c',
        },
      ],
      roles: [{ primary: true, display: 'rd', value: 'rv', type: 'rt' }],
      [enterprise]: { employeeNumber: 'en', department: 'de', costCenter: 'cc', organization: 'or', division: 'di' },
    });
    expect(['work', 'mobile', 'fax'].map((type) => at(ofType(user.phoneNumbers, type), 'value'))).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  test('§4.1 test 11, 12, 13: add, replace and remove the manager', async () => {
    const path = `/Users/${await newUser()}`;
    const [first, second] = [await newUser(), await newUser()];
    const urn = `${enterprise}:manager`;
    const managerOf = (user: JsonObject) => at(user, enterprise, 'manager', 'value');
    expect(managerOf(await patched(pilot, path, { op: 'add', path: urn, value: first }))).toBe(first);
    expect(managerOf(await patched(pilot, path, { op: 'replace', path: urn, value: second }))).toBe(second);
    expect(managerOf(await patched(pilot, path, { op: 'replace', path: urn, value: '' }))).toBeUndefined();
    await patched(pilot, path, { op: 'add', path: urn, value: first });
    expect(managerOf(await patched(pilot, path, { op: 'replace', path: urn, value: { value: '' } }))).toBeUndefined();
  });

  test('§4.1 test 14: delete a user', async () => {
    const path = `/Users/${await newUser()}`;
    expect((await pilot.request('DELETE', path)).status).toBe(204);
    expectError(await pilot.request('GET', path), 404);
  });
});

describe('Validator, groups (entra.md §4.1)', () => {
  test('§4.1 test 15 to 19: by id and by filter, with and without members, none, and in different case', async () => {
    const body = groupBody();
    const member = await newUser();
    const id = await createdId(pilot, '/Groups', { ...body, members: [{ value: member }] });
    const byId = await pilot.request('GET', `/Groups/${id}?excludedAttributes=members`);
    expect(byId.status).toBe(200);
    expect(byId.json).not.toHaveProperty('members');
    const excluding = await filter(
      pilot,
      '/Groups',
      `displayName eq "${body.displayName}"`,
      '&excludedAttributes=members',
    );
    expect(excluding.json.totalResults).toBe(1);
    expect(excluding.text).not.toContain(member);
    const including = await filter(pilot, '/Groups', `displayName eq "${body.displayName}"`);
    expect(at(including.json, 'Resources', 0, 'members', 0, 'value')).toBe(member);
    expect((await filter(pilot, '/Groups', `displayName eq "${unique('none')}"`)).json.totalResults).toBe(0);
    expect(
      (await filter(pilot, '/Groups', `displayName eq "${body.displayName.toUpperCase()}"`)).json.totalResults,
    ).toBe(1);
  });

  test('§4.1 test 20 and 21: create a group, and a duplicate', async () => {
    const body = groupBody();
    expect((await pilot.request('POST', '/Groups', body)).status).toBe(201);
    expectError(await pilot.request('POST', '/Groups', body), 409, 'uniqueness');
  });

  test('§4.1 test 22 and 23: replace attributes and displayName without a path', async () => {
    const path = `/Groups/${await createdId(pilot, '/Groups', groupBody())}`;
    const displayName = unique('Renamed');
    expect((await patched(pilot, path, { op: 'replace', value: { externalId: 'x22' } })).externalId).toBe('x22');
    expect((await patched(pilot, path, { op: 'replace', value: { displayName } })).displayName).toBe(displayName);
  });

  test('§4.1 test 24: add a member by replace', async () => {
    const member = await newUser();
    const path = `/Groups/${await createdId(pilot, '/Groups', groupBody())}`;
    const group = await patched(pilot, path, { op: 'replace', path: 'members', value: [{ value: member }] });
    expect(memberIds(group)).toEqual([member]);
  });

  test('§4.1 test 25: remove one of two members', async () => {
    const [goes, stays] = [await newUser(), await newUser()];
    const path = `/Groups/${await createdId(pilot, '/Groups', { ...groupBody(), members: [{ value: goes }, { value: stays }] })}`;
    expect(memberIds(await patched(pilot, path, { op: 'remove', path: `members[value eq "${goes}"]` }))).toEqual([
      stays,
    ]);
  });

  test('§4.1 test 26: delete a group', async () => {
    const path = `/Groups/${await createdId(pilot, '/Groups', groupBody())}`;
    expect((await pilot.request('DELETE', path)).status).toBe(204);
    expectError(await pilot.request('GET', path), 404);
  });
});

describe('Validator, preview tests (entra.md §4.2)', () => {
  test('§4.2 test 1: PATCH User, operations on different attributes', async () => {
    const user = await patched(
      pilot,
      `/Users/${await newUser()}`,
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'nickName', value: 'Orla' },
      { op: 'replace', path: 'displayName', value: 'O. B.' },
    );
    expect(user).toMatchObject({ nickName: 'Orla', displayName: 'O. B.' });
    expect(user).not.toHaveProperty('title');
  });

  test('§4.2 test 2: PATCH User, operations on the same attribute', async () => {
    const user = await patched(
      pilot,
      `/Users/${await newUser()}`,
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'One' },
      { op: 'replace', path: 'displayName', value: 'Two' },
    );
    expect(user.displayName).toBe('Two');
  });

  test.each([
    ['§4.2 test 3: DELETE of a user that does not exist', '/Users'],
    ['§4.2 test 6: DELETE of a group that does not exist', '/Groups'],
  ])('%s', async (_name, path) => {
    expectError(await pilot.request('DELETE', `${path}/${unique('unknown')}`), 404);
  });

  test.each([
    ['§4.2 test 4: DELETE of the same user twice', '/Users'],
    ['§4.2 test 7: DELETE of the same group twice', '/Groups'],
  ] as const)('%s', async (_name, path) => {
    const id = await createdId(pilot, path, path === '/Users' ? entraUser() : groupBody());
    expect((await pilot.request('DELETE', `${path}/${id}`)).status).toBe(204);
    expectError(await pilot.request('DELETE', `${path}/${id}`), 404);
  });

  test('§4.2 test 5: PATCH Group, add then remove the same member in one request', async () => {
    const member = await newUser();
    const path = `/Groups/${await createdId(pilot, '/Groups', groupBody())}`;
    const group = await patched(
      pilot,
      path,
      { op: 'add', path: 'members', value: [{ value: member }] },
      { op: 'remove', path: `members[value eq "${member}"]` },
    );
    expect(memberIds(group)).toEqual([]);
  });
});
