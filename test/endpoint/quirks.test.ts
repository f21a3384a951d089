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

async function userPath(over = {}): Promise<string> {
  return `/Users/${await createdId(pilot, '/Users', entraUser(over))}`;
}
const minimal = () => ({ schemas: [coreUser], userName: `${unique('min')}@fabrikvale.example` });

describe('quirks of entra.md §2', () => {
  test('quirk 1: op in any letter case', async () => {
    const path = await userPath();
    for (const op of ['Replace', 'replace', 'REPLACE', 'Add', 'add']) {
      expect((await patched(pilot, path, { op, path: 'title', value: op })).title).toBe(op);
    }
    expect(await patched(pilot, path, { op: 'Remove', path: 'title' })).not.toHaveProperty('title');
  });

  test('quirk 2: "True" and "False" become booleans where the schema has one, and only there', async () => {
    const user = await created(pilot, '/Users', entraUser({ active: 'False', displayName: 'True' }));
    expect([user.active, user.displayName]).toEqual([false, 'True']);
    const found = await filter(pilot, '/Users', `active eq "False" and userName eq "${textAt(user, 'userName')}"`);
    expect(found.json.totalResults).toBe(1);
  });

  test('quirk 3: unknown query parameters mean nothing, on every method', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    for (const flag of ['?aadOptscim062020', '?aadOptscim062020=', '?AzureAdScimPatch2017&x=1']) {
      expect((await pilot.request('GET', `/Users/${id}${flag}`)).status).toBe(200);
      const answer = await pilot.request(
        'PATCH',
        `/Users/${id}${flag}`,
        patch({ op: 'replace', value: { title: flag } }),
      );
      expect([answer.status, answer.json.title]).toEqual([200, flag]);
    }
    expect((await pilot.request('DELETE', `/Users/${id}?aadOptscim062020`)).status).toBe(204);
  });

  test('quirk 6: dotted names as path and as key', async () => {
    const path = await userPath();
    await patched(pilot, path, { op: 'Replace', path: 'name.givenName', value: 'Orlagh' });
    const user = await patched(pilot, path, { op: 'replace', value: { 'name.familyName': 'Kerr' } });
    expect(user.name).toMatchObject({ givenName: 'Orlagh', familyName: 'Kerr' });
    expect(user).not.toHaveProperty(['name.familyName']);
  });

  test('quirk 7: enterprise URNs as path and as key', async () => {
    const path = await userPath();
    await patched(pilot, path, { op: 'Add', path: `${enterprise}:department`, value: 'Estuaries' });
    const user = await patched(pilot, path, { op: 'replace', value: { [`${enterprise}:costCenter`]: 'C-9' } });
    expect(user[enterprise]).toMatchObject({ department: 'Estuaries', costCenter: 'C-9' });
  });

  test('quirk 8: core URNs are stripped', async () => {
    const path = await userPath();
    const user = await patched(pilot, path, { op: 'Add', path: `${coreUser}:title`, value: 'Harbour Master' });
    expect(user.title).toBe('Harbour Master');
    expect(user).not.toHaveProperty([coreUser]);
  });

  test.each(['Add', 'Replace'])('quirk 9: %s on a filtered path creates the missing element', async (op) => {
    const path = `/Users/${await createdId(pilot, '/Users', minimal())}`;
    const user = await patched(pilot, path, {
      op,
      path: 'emails[type eq "work"].value',
      value: 'new@fabrikvale.example',
    });
    expect(user.emails).toEqual([{ type: 'work', value: 'new@fabrikvale.example' }]);
  });

  test('quirk 10: roles[primary eq "True"] compares with the boolean and creates one', async () => {
    const path = `/Users/${await createdId(pilot, '/Users', minimal())}`;
    await patched(pilot, path, { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Editor' });
    const user = await patched(pilot, path, {
      op: 'Replace',
      path: 'roles[primary eq "True"].display',
      value: 'The editor',
    });
    expect(user.roles).toEqual([{ primary: true, value: 'Editor', display: 'The editor' }]);
  });

  test('quirk 11: several sub-attributes of a new element land in one', async () => {
    const path = `/Users/${await createdId(pilot, '/Users', minimal())}`;
    const user = await patched(
      pilot,
      path,
      { op: 'Add', path: 'addresses[type eq "work"].streetAddress', value: '4 Quay Row' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Galway' },
      { op: 'Add', path: 'addresses[type eq "work"].postalCode', value: 'H91 X0X0' },
    );
    expect(user.addresses).toEqual([
      { type: 'work', streetAddress: '4 Quay Row', locality: 'Galway', postalCode: 'H91 X0X0' },
    ]);
  });

  test('quirk 13: a single role as Entra sends it in a POST', async () => {
    const role = { primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Editor' };
    expect((await created(pilot, '/Users', entraUser({ roles: [role] }))).roles).toEqual([role]);
  });

  test('quirk 14: roles as JSON inside a string', async () => {
    const path = await userPath();
    const text = JSON.stringify({ id: 'r1', value: 'Editor', displayName: 'Editor' });
    const user = await patched(pilot, path, { op: 'Add', path: 'roles', value: [{ value: text }] });
    expect(at(user, 'roles', 0, 'value')).toBe('Editor');
  });

  test('quirk 15: roles[0].primary "True" in a POST', async () => {
    const user = await created(pilot, '/Users', entraUser({ roles: [{ primary: 'True', value: 'Editor' }] }));
    expect(at(user, 'roles', 0, 'primary')).toBe(true);
  });

  test.each(['', null])('quirk 17: Replace with %j clears', async (value) => {
    const path = await userPath();
    const user = await patched(
      pilot,
      path,
      { op: 'Replace', path: 'title', value },
      { op: 'Replace', path: 'name.formatted', value },
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value },
    );
    expect(user).not.toHaveProperty('title');
    expect(user.name).not.toHaveProperty('formatted');
    expect(at(ofType(user.phoneNumbers, 'mobile'), 'value')).toBeUndefined();
  });

  test('quirk 18: userName keeps its letters and matches without regard to case, beyond ASCII too', async () => {
    const userName = `${unique('Ärger.ÓDuibhir')}@Fabrikvale.example`;
    const user = await created(pilot, '/Users', entraUser({ userName }));
    expect(user.userName).toBe(userName);
    expect((await filter(pilot, '/Users', `userName eq "${userName.toLowerCase()}"`)).json.totalResults).toBe(1);
  });

  test('quirk 19: externalId is exact, displayName of groups is not', async () => {
    const body = entraGroup({ externalId: unique('CaseD') });
    await created(pilot, '/Groups', body);
    expect(
      (await filter(pilot, '/Groups', `externalId eq "${textAt(body, 'externalId').toLowerCase()}"`)).json.totalResults,
    ).toBe(0);
    expect(
      (await filter(pilot, '/Groups', `displayName eq "${textAt(body, 'displayName').toUpperCase()}"`)).json
        .totalResults,
    ).toBe(1);
  });

  test('quirk 20: our id is not the externalId and can not be set', async () => {
    const user = await created(pilot, '/Users', entraUser({ id: 'chosen-by-caller' }));
    expect(user.id).not.toBe('chosen-by-caller');
    expect(user.id).not.toBe(user.externalId);
  });

  test('quirks 21 and 23: no hit is 200 with an empty Resources', async () => {
    for (const path of ['/Users', '/Groups'] as const) {
      const answer = await filter(pilot, path, 'displayName eq "nobody at all"');
      expect([answer.status, answer.json]).toEqual([
        200,
        { schemas: [listUrn], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
      ]);
    }
  });

  test('quirk 22: paging is 1-based, in numbers; a start below 1 counts as 1', async () => {
    const path = '/Groups?count=1&startIndex=';
    await created(pilot, '/Groups', entraGroup());
    await created(pilot, '/Groups', entraGroup());
    const first = (await pilot.request('GET', `${path}1`)).json;
    const second = (await pilot.request('GET', `${path}2`)).json;
    expect((await pilot.request('GET', `${path}0`)).json).toEqual(first);
    expect((await pilot.request('GET', `${path}-3`)).json).toEqual(first);
    expect([first.startIndex, first.itemsPerPage, second.startIndex]).toEqual([1, 1, 2]);
    expect(at(first, 'Resources', 0, 'id')).not.toBe(at(second, 'Resources', 0, 'id'));
    expect(first.totalResults).toBe(second.totalResults);
    const none = (await pilot.request('GET', '/Groups?count=0')).json;
    expect([none.itemsPerPage, none.totalResults]).toEqual([0, first.totalResults]);
    expect((await pilot.request('GET', '/Groups?count=-1')).json).toEqual(none);
    expectError(await pilot.request('GET', '/Groups?count=ten'), 400, 'invalidValue');
    expectError(await pilot.request('GET', '/Groups?startIndex=x'), 400, 'invalidValue');
  });

  test('quirk 24: excludedAttributes=members is honoured in lists and by id', async () => {
    const member = await createdId(pilot, '/Users', entraUser());
    const id = await createdId(pilot, '/Groups', entraGroup({ members: [{ value: member }] }));
    expect((await pilot.request('GET', `/Groups/${id}`)).json).toHaveProperty('members');
    expect((await pilot.request('GET', `/Groups/${id}?excludedAttributes=members`)).json).not.toHaveProperty('members');
    expect((await pilot.request('GET', '/Groups?excludedAttributes=members')).text).not.toContain('"members"');
  });

  test('quirk 25: attributes=id answers id and schemas', async () => {
    const id = await createdId(pilot, '/Users', entraUser());
    const user = (await pilot.request('GET', `/Users/${id}?attributes=id`)).json;
    expect(Object.keys(user).sort()).toEqual(['id', 'schemas']);
  });

  test('quirks 26 and 27: extra schemas, meta, nulls and a name inside operations are ignored', async () => {
    const path = await userPath({ schemas: [coreUser, 'urn:nobody:knows'], nickName: null });
    const user = await patched(pilot, path, { name: 'set title', op: 'Replace', path: 'title', value: 'Pilot' });
    expect(user.title).toBe('Pilot');
    expect(user).not.toHaveProperty('nickName');
    expect(user.schemas).not.toContain('urn:nobody:knows');
  });

  test('quirk 30: special characters in matching values; + is a space in the query only', async () => {
    for (const name of [`R&D + "Lab" ${unique('x')}`, `100% \\ #1 ${unique('é')}`, `a+b ${unique('=')}`]) {
      const id = await createdId(pilot, '/Groups', entraGroup({ displayName: name }));
      const answer = await filter(pilot, '/Groups', `displayName eq ${JSON.stringify(name)}`);
      expect([name, at(answer.json, 'Resources', 0, 'id')]).toEqual([name, id]);
    }
  });

  test('quirk 32: values come back as they were sent', async () => {
    const body = entraUser({
      displayName: '  Órla  \t"Brandt" \u{1F30A} e\u0301 ',
      phoneNumbers: [{ type: 'work', value: '(091) 555-0100 ext. 7' }],
      title: '007',
    });
    const user = await created(pilot, '/Users', body);
    for (const key of ['displayName', 'phoneNumbers', 'title']) expect(user[key]).toEqual(body[key]);
  });

  test('quirk 34: errors have a status string, a schema, a detail with the call code', async () => {
    const answer = await pilot.request('GET', '/Users/nobody');
    expectError(answer, 404);
    expect(answer.json.status).toBe('404');
  });

  test('quirk 35: If-Match and If-None-Match work and are never demanded', async () => {
    const path = await userPath();
    const fresh = await pilot.request('GET', path, undefined, { 'if-none-match': 'W/"1"' });
    expect([fresh.status, fresh.text]).toEqual([304, '']);
    const body = patch({ op: 'replace', path: 'title', value: 'v2' });
    expectError(await pilot.request('PATCH', path, body, { 'if-match': 'W/"7"' }), 412);
    expect((await pilot.request('PATCH', path, body, { 'if-match': 'W/"1"' })).status).toBe(200);
    expect((await pilot.request('GET', path, undefined, { 'if-none-match': 'W/"1"' })).status).toBe(200);
    expectError(await pilot.request('DELETE', path, undefined, { 'if-match': '"1"' }), 412);
    expect((await pilot.request('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
  });

  test('quirk 35: If-Match guards PUT, PATCH and DELETE of users and groups; `*` and lists of tags count', async () => {
    for (const [path, body] of [
      ['/Users', entraUser()],
      ['/Groups', entraGroup()],
    ] as const) {
      const created = await pilot.request('POST', path, body);
      const where = `${path}/${created.json.id}`;
      const tag = created.headers.get('etag') ?? '';
      expect(tag).toBe(at(created.json, 'meta', 'version'));
      const title = patch({ op: 'replace', path: 'externalId', value: 'v2' });
      for (const stale of ['W/"7"', '"x", "y"']) {
        const headers = { 'if-match': stale };
        expectError(await pilot.request('PUT', where, body, headers), 412);
        expectError(await pilot.request('PATCH', where, title, headers), 412);
        expectError(await pilot.request('DELETE', where, undefined, headers), 412);
      }
      expect((await pilot.request('GET', where)).headers.get('etag')).toBe(tag);
      expect((await pilot.request('GET', where, undefined, { 'if-none-match': '*' })).status).toBe(304);
      expect((await pilot.request('PUT', where, body, { 'if-match': `"x", ${tag}` })).status).toBe(200);
      expect((await pilot.request('PATCH', where, title, { 'if-match': '*' })).status).toBeLessThan(205);
      const now = await pilot.request('GET', where, undefined, { 'if-none-match': tag });
      expect([now.status, now.headers.get('etag')]).toEqual([200, at(now.json, 'meta', 'version')]);
    }
  });

  test('quirk 35: members shown with their names are never "not modified": a name changes without its group', async () => {
    const member = await createdId(pilot, '/Users', entraUser({ displayName: 'Old' }));
    const body = { ...entraGroup(), members: [{ value: member }] };
    const path = `/Groups/${await createdId(pilot, '/Groups', body)}?attributes=members.display`;
    const before = await pilot.request('GET', path);
    await pilot.request('PATCH', `/Users/${member}`, patch({ op: 'Replace', path: 'displayName', value: 'New' }));
    const headers = { 'if-none-match': before.headers.get('etag') };
    expect(at((await pilot.request('GET', path, undefined, headers)).json, 'members')).toMatchObject([
      { display: 'New' },
    ]);
  });

  test('quirk 36: an inactive user can join and leave groups', async () => {
    const id = await createdId(pilot, '/Users', entraUser({ active: false }));
    const path = `/Groups/${await createdId(pilot, '/Groups', entraGroup())}`;
    expect(memberIds(await patched(pilot, path, { op: 'Add', path: 'members', value: [{ value: id }] }))).toEqual([id]);
    expect(memberIds(await patched(pilot, path, { op: 'Remove', path: 'members', value: [{ value: id }] }))).toEqual(
      [],
    );
  });

  test('8.2 #24: a filter that is not understood is an error, never everyone', async () => {
    for (const text of [
      'favouriteColour eq "teal"',
      'userName',
      'userName eq',
      'userName ~ "x"',
      '(userName eq "x"',
      '',
    ]) {
      expectError(await filter(pilot, '/Users', text), 400, 'invalidFilter');
    }
  });
});
