import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
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
  ofType,
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

const flag = '?aadOptscim062020';
const emptyList = { schemas: [listUrn], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] };

describe('entra.md §1.1 test connection', () => {
  test('a probe for a random GUID gets 200 and an empty list, for users and groups', async () => {
    const users = await pilot.request('GET', '/Users?filter=userName+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10%22');
    expect([users.status, users.json]).toEqual([200, emptyList]);
    const groups = await pilot.request(
      'GET',
      '/Groups?excludedAttributes=members&filter=displayName+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10%22',
    );
    expect([groups.status, groups.json]).toEqual([200, emptyList]);
  });

  test('the probe works on externalId, with paging, the flag, and a doubled or trailing slash', async () => {
    for (const path of [
      '/Users?filter=externalId+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e11%22&startIndex=1&count=1',
      '//Users?filter=userName+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e11%22',
      '/Users/?aadOptscim062020&filter=userName%20eq%20%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e11%22',
      '/Users?aadOptscim062020=&filter=userName+eq+%227c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e11%22',
    ]) {
      const answer = await pilot.request('GET', path);
      expect([path, answer.status, answer.json]).toEqual([path, 200, emptyList]);
      expect(answer.headers.get('content-type')).toBe('application/scim+json');
    }
  });

  test('the Tenant URL itself answers something harmless', async () => {
    for (const path of ['', '/', flag]) {
      const answer = await pilot.request('GET', path);
      expect(answer.status).toBe(200);
      expect(answer.json.filter).toMatchObject({ supported: true });
    }
  });
});

describe('entra.md §1.3 create user', () => {
  test.each(['', flag])('201 with id, Location, ETag and the values as sent %s', async (query) => {
    const body = entraUser();
    const answer = await pilot.request('POST', `/Users${query}`, body);
    expect(answer.status).toBe(201);
    const { schemas: _schemas, meta: _meta, roles: _roles, ...values } = body;
    expect(answer.json).toMatchObject(values);
    expect(answer.json.schemas).toEqual(expect.arrayContaining([coreUser, enterprise]));
    expect(answer.json).not.toHaveProperty('roles');
    const location = `${pilot.url}/Users/${textAt(answer.json, 'id')}`;
    expect(answer.headers.get('location')).toBe(location);
    expect(answer.headers.get('content-location')).toBe(location);
    expect(answer.json.meta).toMatchObject({ resourceType: 'User', location });
    expect(answer.headers.get('etag')).toBe(at(answer.json, 'meta', 'version'));
    expect((await pilot.request('GET', location)).json).toEqual(answer.json);
  });

  test('explicit nulls and a mistyped extension URN are no reason to refuse', async () => {
    const body = entraUser({ addresses: null, phoneNumbers: null, title: null });
    const user = await created(pilot, '/Users', {
      ...body,
      schemas: [coreUser, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
    });
    for (const gone of ['addresses', 'phoneNumbers', 'title']) expect(user).not.toHaveProperty(gone);
  });

  test('a custom extension that is absent from schemas is kept and returned', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';
    const user = await created(pilot, '/Users', entraUser({ [urn]: { badgeColour: 'teal' } }));
    expect(user[urn]).toEqual({ badgeColour: 'teal' });
  });

  test('the same userName again is 409 uniqueness, in any letter case', async () => {
    const body = entraUser();
    await created(pilot, '/Users', body);
    expectError(await pilot.request('POST', '/Users', body), 409, 'uniqueness');
    const shouted = { ...body, userName: textAt(body, 'userName').toUpperCase() };
    expectError(await pilot.request('POST', '/Users', shouted), 409, 'uniqueness');
  });
});

describe('entra.md §1.4 match by filter', () => {
  test('one hit is a ListResponse; by userName, externalId, work e-mail, quoted or not', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const userName = textAt(body, 'userName');
    for (const text of [
      `userName eq "${userName}"`,
      `externalId eq "${textAt(body, 'externalId')}"`,
      `emails[type eq "work"].value eq "${userName}"`,
      `externalId eq ${textAt(body, 'externalId')}`,
      `USERNAME EQ "${userName.toUpperCase()}"`,
      `userName eq "${userName}" and active eq true`,
    ]) {
      const answer = await filter(pilot, '/Users', text);
      expect([text, answer.status, at(answer.json, 'totalResults'), at(answer.json, 'Resources', 0, 'id')]).toEqual([
        text,
        200,
        1,
        id,
      ]);
      expect(answer.json).toMatchObject({ schemas: [listUrn], startIndex: 1, itemsPerPage: 1 });
    }
  });

  test('a disabled user is still found', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    await patched(pilot, `/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    const answer = await filter(pilot, '/Users', `userName eq "${textAt(body, 'userName')}"`);
    expect(at(answer.json, 'Resources', 0, 'active')).toBe(false);
  });
});

describe('entra.md §1.5 get by id', () => {
  test('an unknown id is 404', async () => {
    expectError(await pilot.request('GET', '/Users/usr_9f21'), 404);
    expectError(await pilot.request('GET', '/Groups/grp_77?excludedAttributes=members'), 404);
  });
});

describe('entra.md §1.6 update', () => {
  test('one operation a leaf (without the flag) answers 200 with the whole user (quirk 33)', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const answer = await pilot.request(
      'PATCH',
      `/Users/${id}`,
      patch(
        { op: 'Replace', path: 'displayName', value: 'Orla Brandt-Kerr' },
        { op: 'Replace', path: 'name.familyName', value: 'Brandt-Kerr' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'orla.bk@fabrikvale.example' },
        { op: 'Add', path: `${enterprise}:department`, value: 'Estuaries' },
      ),
    );
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      id,
      displayName: 'Orla Brandt-Kerr',
      name: { familyName: 'Brandt-Kerr', givenName: 'Orla' },
      [enterprise]: { department: 'Estuaries', employeeNumber: '70412' },
    });
    expect(at(ofType(answer.json.emails, 'work'), 'value')).toBe('orla.bk@fabrikvale.example');
    expect(answer.headers.get('etag')).toBe('W/"2"');
  });

  test('a pathless replace with dotted and URN keys (with the flag)', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const user = await patched(
      pilot,
      `/Users/${id}`,
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'orla.bk@fabrikvale.example' },
      {
        op: 'replace',
        value: {
          displayName: 'Orla Brandt-Kerr',
          'name.familyName': 'Brandt-Kerr',
          [`${enterprise}:employeeNumber`]: '70413',
        },
      },
    );
    expect(user).toMatchObject({
      displayName: 'Orla Brandt-Kerr',
      name: { familyName: 'Brandt-Kerr' },
      [enterprise]: { employeeNumber: '70413', department: 'Hydrology' },
    });
    expect(Object.keys(user).filter((key) => key.includes('.') && !key.startsWith('urn:'))).toEqual([]);
  });

  test('userName can be replaced; onto a taken one it is 409 and nothing changes', async () => {
    const other = entraUser();
    await created(pilot, '/Users', other);
    const id = await createdId(pilot, '/Users', entraUser());
    const renamed = `${unique('orla')}@fabrikvale.example`;
    const user = await patched(pilot, `/Users/${id}`, { op: 'Replace', path: 'userName', value: renamed });
    expect(user.userName).toBe(renamed);
    const refused = await pilot.request(
      'PATCH',
      `/Users/${id}`,
      patch(
        { op: 'Replace', path: 'title', value: 'never stored' },
        { op: 'Replace', path: 'userName', value: textAt(other, 'userName') },
      ),
    );
    expectError(refused, 409, 'uniqueness');
    expect((await pilot.request('GET', `/Users/${id}`)).json).toEqual(user);
  });
});

describe('entra.md §1.7 order inside one request', () => {
  test('remove, add and replace of one attribute are applied in order', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const user = await patched(
      pilot,
      `/Users/${id}`,
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'title', value: 'First' },
      { op: 'replace', path: 'title', value: 'Second' },
    );
    expect(user.title).toBe('Second');
  });

  test('one bad operation undoes the others', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const answer = await pilot.request(
      'PATCH',
      `/Users/${id}`,
      patch({ op: 'replace', path: 'title', value: 'Lost' }, { op: 'replace', path: 'emails[', value: 'x' }),
    );
    expectError(answer, 400, 'invalidPath');
    expect((await pilot.request('GET', `/Users/${id}`)).json.title).toBe('Tide Analyst');
  });
});

describe('entra.md §1.8 disable, §1.9 soft delete, §1.10 restore', () => {
  test.each([
    ['without the flag', 'Replace', 'False', 'True'],
    ['with the flag', 'replace', false, true],
    ['as an Add', 'Add', 'False', 'True'],
  ])('%s', async (_name, op, off, on) => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const group = await createdId(pilot, '/Groups', entraGroup());
    await patched(pilot, `/Groups/${group}`, { op: 'Add', path: 'members', value: [{ $ref: null, value: id }] });

    const disabled = await pilot.request('PATCH', `/Users/${id}`, patch({ op, path: 'active', value: off }));
    expect([disabled.status, disabled.json.active]).toEqual([200, false]);
    expect((await pilot.request('GET', `/Users/${id}`)).json.active).toBe(false);
    expect(memberIds((await pilot.request('GET', `/Groups/${group}`)).json)).toEqual([id]);

    const restored = await pilot.request('PATCH', `/Users/${id}`, patch({ op, path: 'active', value: on }));
    expect([restored.status, restored.json.active]).toEqual([200, true]);
    expect(memberIds((await pilot.request('GET', `/Groups/${group}`)).json)).toEqual([id]);
  });
});

describe('entra.md §1.11 hard delete', () => {
  test('204, then 404 for everything; the name is free again under a new id', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const gone = await pilot.request('DELETE', `/Users/${id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expectError(await pilot.request('GET', `/Users/${id}`), 404);
    expectError(await pilot.request('DELETE', `/Users/${id}`), 404);
    expectError(await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'title', value: 'x' })), 404);
    expect((await filter(pilot, '/Users', `userName eq "${textAt(body, 'userName')}"`)).json.totalResults).toBe(0);
    expect(await createdId(pilot, '/Users', body)).not.toBe(id);
  });
});

describe('entra.md §1.12 manager (quirk 12)', () => {
  const path = `${enterprise}:manager`;
  test.each([
    ['a bare string', (id: string) => ({ op: 'Add', path, value: id })],
    ['an object', (id: string) => ({ op: 'Add', path, value: { value: id } })],
    [
      'a short path, an array with $ref',
      (id: string) => ({ op: 'Add', path: 'manager', value: [{ $ref: `http://x.example/Users/${id}`, value: id }] }),
    ],
    ['a pathless value', (id: string) => ({ op: 'replace', value: { [path]: id } })],
  ])('set by %s, returned, and found by the reference query', async (_name, operation) => {
    const manager = await createdId(pilot, '/Users', entraUser());
    const id = await createdId(pilot, '/Users', entraUser());
    const user = await patched(pilot, `/Users/${id}`, operation(manager));
    expect(at(user, enterprise, 'manager', 'value')).toBe(manager);
    for (const text of [`id eq ${id} and manager eq ${manager}`, `manager eq "${manager}" and id eq "${id}"`]) {
      const answer = await filter(pilot, '/Users', text, '&attributes=id');
      expect(answer.json.Resources).toEqual([{ schemas: expect.any(Array), id }]);
    }
    expect(
      (await filter(pilot, '/Users', `id eq ${id} and manager eq ${id}`, '&attributes=id')).json.totalResults,
    ).toBe(0);
  });

  test.each([
    ['a string in a POST', (id: string) => ({ manager: id })],
    ['an object in a POST', (id: string) => ({ manager: { value: id } })],
  ])('set by %s', async (_name, extension) => {
    const manager = await createdId(pilot, '/Users', entraUser());
    const user = await created(pilot, '/Users', entraUser({ [enterprise]: extension(manager) }));
    expect(at(user, enterprise, 'manager', 'value')).toBe(manager);
  });

  test.each([
    ['an empty string', { op: 'Replace', path, value: '' }],
    ['an empty value', { op: 'Replace', path, value: { value: '' } }],
    ['a removal', { op: 'Remove', path }],
    ['null', { op: 'Replace', path, value: null }],
  ])('cleared by %s it is absent', async (_name, operation) => {
    const manager = await createdId(pilot, '/Users', entraUser());
    const id = await createdId(pilot, '/Users', entraUser({ [enterprise]: { manager } }));
    const user = await patched(pilot, `/Users/${id}`, operation);
    expect(at(user, enterprise, 'manager')).toBeUndefined();
  });
});
