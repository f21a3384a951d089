import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src-main/contract/index.ts';
import { readResource } from '../../../src-main/scim/index.ts';
import { coreUser, enterprise, patched, patchUser, refusal } from './support.ts';

/** Named after the numbers of the quirks table in docs/entra.md. */
describe('Entra quirks: operations', () => {
  it.each(['Add', 'add', 'ADD', 'Replace', 'replace', 'rEPLACE'])('quirk 1: op in any case (%s)', (op) => {
    expect(patched({ op, path: 'displayName', value: 'Orla' })).toEqual({ displayName: 'Orla' });
  });

  it.each(['Remove', 'remove', 'REMOVE'])('quirk 1: op in any case (%s)', (op) => {
    expect(patchUser({ userName: 'u', title: 'x' }, { op, path: 'title' }).document).toEqual({ userName: 'u' });
  });

  it.each([
    ['False', false],
    ['True', true],
    ['false', false],
    ['TRUE', true],
    [false, false],
    [true, true],
  ])('quirk 2: active %j is a boolean', (value, active) => {
    expect(patched({ op: 'Replace', path: 'active', value })).toEqual({ active });
    expect(patched({ op: 'Add', path: 'active', value })).toEqual({ active });
    expect(patched({ op: 'replace', value: { active: value } })).toEqual({ active });
    expect(readResource('User', { userName: 'u', active: value }).document.active).toBe(active);
  });

  it('quirk 2: displayName "True" stays text', () => {
    expect(patched({ op: 'Replace', path: 'displayName', value: 'True' })).toEqual({ displayName: 'True' });
  });

  it('quirk 3: both forms of the compliance flag give the same document', () => {
    const without = patched(
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Add', path: 'nickName', value: [{ value: 'Babs' }] },
      { op: 'Replace', path: 'displayName', value: 'Orla' },
      { op: 'Replace', path: 'name.familyName', value: 'Brandt' },
      { op: 'Add', path: `${enterprise}:employeeNumber`, value: '70413' },
    );
    const withFlag = patched({
      op: 'replace',
      value: {
        active: false,
        nickName: 'Babs',
        displayName: 'Orla',
        'name.familyName': 'Brandt',
        [`${enterprise}:employeeNumber`]: '70413',
      },
    });
    expect(without).toEqual(withFlag);
    expect(withFlag).toEqual({
      active: false,
      nickName: 'Babs',
      displayName: 'Orla',
      name: { familyName: 'Brandt' },
      [enterprise]: { employeeNumber: '70413' },
    });
  });
});

describe('Entra quirks: paths', () => {
  it('quirk 6: dotted names as path, as key and in a body never become literal keys', () => {
    const name = { name: { givenName: 'Orla' } };
    expect(patched({ op: 'Add', path: 'name.givenName', value: 'Orla' })).toEqual(name);
    expect(patched({ op: 'add', value: { 'name.givenName': 'Orla' } })).toEqual(name);
    expect(patched({ op: 'add', value: { 'NAME.GivenName': 'Orla' } })).toEqual(name);
    expect(patched({ op: 'add', value: { name: { givenname: 'Orla' } } })).toEqual(name);
    expect(readResource('User', { userName: 'u', 'name.givenName': 'Orla' }).document).toEqual({
      userName: 'u',
      ...name,
    });
  });

  it('quirk 7: URNs as path, key and nested object; known in any case', () => {
    const department = { [enterprise]: { department: 'Estuaries' } };
    expect(patched({ op: 'Add', path: `${enterprise}:department`, value: 'Estuaries' })).toEqual(department);
    expect(patched({ op: 'Add', path: `${enterprise.toLowerCase()}:Department`, value: 'Estuaries' })).toEqual(
      department,
    );
    expect(patched({ op: 'add', value: { [`${enterprise}:department`]: 'Estuaries' } })).toEqual(department);
    expect(patched({ op: 'add', value: { [enterprise]: { Department: 'Estuaries' } } })).toEqual(department);
    expect(patched({ op: 'add', path: enterprise, value: { department: 'Estuaries' } })).toEqual(department);
    expect(patched({ op: 'add', path: 'department', value: 'Estuaries' })).toEqual(department);
  });

  it("quirk 7: an unknown extension's attribute splits at the last colon, dots in the URN aside", () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';
    const badge = { [urn]: { badgeColour: 'teal' } };
    expect(patched({ op: 'Add', path: `${urn}:badgeColour`, value: 'teal' })).toEqual(badge);
    expect(patched({ op: 'add', value: { [`${urn}:badgeColour`]: 'teal' } })).toEqual(badge);
    expect(patched({ op: 'add', value: { [urn]: { badgeColour: 'teal' } } })).toEqual(badge);
    expect(patched({ op: 'add', path: urn, value: { badgeColour: 'teal' } })).toEqual(badge);
    expect(readResource('User', { userName: 'u', ...badge }).document).toEqual({ userName: 'u', ...badge });
    const { document, unmapped } = patchUser(
      { userName: 'u', ...badge },
      { op: 'Replace', path: `${urn.toLowerCase()}:BADGECOLOUR`, value: 'red' },
    );
    expect(document).toEqual({ userName: 'u', [urn]: { badgeColour: 'red' } });
    expect(unmapped).toHaveLength(1);
    expect(patchUser(document, { op: 'Remove', path: `${urn}:badgeColour` }).document).toEqual({ userName: 'u' });
  });

  it('quirk 7: a URN that ends in the resource type is an extension, one that only begins like a known one is another', () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';
    const act = () => patched({ op: 'Add', path: urn, value: 'teal' });
    expect(refusal(act)).toMatchObject({ scimType: 'invalidValue', detail: expect.stringContaining('an object') });
    expect(patched({ op: 'Add', path: `${enterprise}2:department`, value: 'x' })).toEqual({
      [`${enterprise}2`]: { department: 'x' },
    });
  });

  it('quirk 8: the core URN is stripped', () => {
    expect(patched({ op: 'Add', path: `${coreUser}:title`, value: 'Analyst' })).toEqual({ title: 'Analyst' });
    expect(patched({ op: 'Add', path: `${coreUser}:name.givenName`, value: 'O' })).toEqual({
      name: { givenName: 'O' },
    });
    expect(patched({ op: 'Add', path: `${coreUser}:emails[type eq "work"].value`, value: 'a@b' })).toEqual({
      emails: [{ type: 'work', value: 'a@b' }],
    });
    expect(patched({ op: 'add', value: { [coreUser]: { title: 'Analyst' } } })).toEqual({ title: 'Analyst' });
    expect(patched({ op: 'Add', path: `${coreUser}:role`, value: 'Editor' })).toEqual({ role: 'Editor' });
  });

  it.each(['Add', 'Replace'])('quirk 9: filtered path without element creates it (%s)', (op) => {
    expect(patched({ op, path: 'emails[type eq "work"].value', value: 'a@b' })).toEqual({
      emails: [{ type: 'work', value: 'a@b' }],
    });
    expect(patched({ op, path: 'emails[type eq "work"]', value: { value: 'a@b' } })).toEqual({
      emails: [{ type: 'work', value: 'a@b' }],
    });
    expect(patched({ op: op.toLowerCase(), value: { 'emails[type eq "work"].value': 'a@b' } })).toEqual({
      emails: [{ type: 'work', value: 'a@b' }],
    });
  });

  it('quirk 9: only a filter that describes an element creates one', () => {
    for (const filter of [
      'type co "w"',
      'type eq "work" or type eq "home"',
      'not (type eq "work")',
      'type pr',
      'type eq null',
    ]) {
      const act = () => patched({ op: 'Replace', path: `emails[${filter}].value`, value: 'a@b' });
      expect(refusal(act)).toMatchObject({ status: 400, scimType: 'noTarget' });
    }
    expect(
      refusal(() => patched({ op: 'Add', path: 'emails[type eq "a" and type eq "b"].value', value: 'x' })).scimType,
    ).toBe('noTarget');
  });

  it('quirk 10: "True" in a filter matches and is stored as true', () => {
    expect(patched({ op: 'Add', path: 'roles[primary eq "True"].value', value: 'Editor' })).toEqual({
      roles: [{ primary: true, value: 'Editor' }],
    });
    const roles: JsonObject[] = [{ primary: true, value: 'Editor' }, { value: 'Viewer' }];
    expect(
      patchUser({ userName: 'u', roles }, { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Owner' })
        .document,
    ).toEqual({ userName: 'u', roles: [{ primary: true, value: 'Owner' }, { value: 'Viewer' }] });
  });

  it('quirk 11: consecutive operations land in one new element', () => {
    const parts = {
      streetAddress: '4 Quay Row',
      locality: 'Galway',
      region: 'Connacht',
      postalCode: 'H91 X0X0',
      country: 'IE',
    };
    const operations = Object.entries(parts).map(([part, value]) => ({
      op: 'Add',
      path: `addresses[type eq "work"].${part}`,
      value,
    }));
    expect(patched(...operations)).toEqual({ addresses: [{ type: 'work', ...parts }] });
  });
});

describe('quirk 12: manager in all its forms (§1.12 a to e)', () => {
  const manager = { [enterprise]: { manager: { value: 'usr_0044' } } };
  it.each([
    ['a: bare string', { path: `${enterprise}:manager`, value: 'usr_0044' }],
    ['b: object', { path: `${enterprise}:manager`, value: { value: 'usr_0044' } }],
    [
      'c: array, short path, $ref',
      { path: 'manager', value: [{ $ref: 'http://x/Users/usr_0044', value: 'usr_0044' }] },
    ],
    ['c: array with a null $ref', { path: 'manager', value: [{ $ref: null, value: 'usr_0044' }] }],
    ['array of a bare string', { path: 'manager', value: ['usr_0044'] }],
    ['its value', { path: `${enterprise}:manager.value`, value: 'usr_0044' }],
    ['pathless URN key', { value: { [`${enterprise}:manager`]: 'usr_0044' } }],
    ['pathless nested object', { value: { [enterprise]: { manager: { value: 'usr_0044', displayName: 'x' } } } }],
    ['pathless short key', { value: { manager: 'usr_0044' } }],
  ])('%s', (_, operation) => {
    for (const op of ['Add', 'Replace', 'add', 'replace']) expect(patched({ op, ...operation })).toEqual(manager);
  });

  it.each([
    ['d: string', 'usr_0044'],
    ['d: object', { value: 'usr_0044' }],
    ['d: object with what only we can know', { value: 'usr_0044', displayName: 'x', $ref: '../Users/usr_0044' }],
    ['d: array', [{ value: 'usr_0044' }]],
  ])('in a POST, %s', (_, sent) => {
    const body = { userName: 'u', [enterprise]: { manager: sent } };
    expect(readResource('User', body).document).toEqual({ userName: 'u', ...manager });
  });

  it.each([
    ['replace with ""', { op: 'Replace', path: `${enterprise}:manager`, value: '' }],
    ['replace with {"value": ""}', { op: 'Replace', path: `${enterprise}:manager`, value: { value: '' } }],
    ['replace with [{"value": ""}]', { op: 'Replace', path: 'manager', value: [{ value: '' }] }],
    ['replace with null', { op: 'Replace', path: `${enterprise}:manager`, value: null }],
    ['replace with {"value": null}', { op: 'replace', path: 'manager', value: { value: null } }],
    ['replace with []', { op: 'replace', path: 'manager', value: [] }],
    ['remove', { op: 'Remove', path: `${enterprise}:manager` }],
    ['remove its value', { op: 'Remove', path: `${enterprise}:manager.value` }],
    ['replace its value with ""', { op: 'Replace', path: `${enterprise}:manager.value`, value: '' }],
    ['pathless ""', { op: 'replace', value: { [`${enterprise}:manager`]: '' } }],
  ])('e: cleared by %s, the attribute is absent', (_, operation) => {
    expect(patchUser({ userName: 'u', ...manager }, operation).document).toEqual({ userName: 'u' });
    const kept = { [enterprise]: { manager: { value: 'usr_0044' }, department: 'd' } };
    expect(patchUser({ userName: 'u', ...kept }, operation).document).toEqual({
      userName: 'u',
      [enterprise]: { department: 'd' },
    });
  });

  it('without its value nothing of it stays', () => {
    const document = { userName: 'u', [enterprise]: { manager: { value: 'usr_0044', nick: 'Bob' } } };
    const remove = { op: 'Remove', path: `${enterprise}:manager.value` };
    expect(patchUser(document, remove).document).toEqual({ userName: 'u' });
  });

  it('its display name is ours to know', () => {
    const operation = { op: 'Replace', path: `${enterprise}:manager.displayName`, value: 'Bob' };
    expect(patchUser({ userName: 'u', ...manager }, operation)).toMatchObject({
      changes: [],
      noEffect: [0],
      unmapped: [],
    });
  });

  it('what only we can know neither sets nor clears it', () => {
    const result = patchUser(
      { userName: 'u', ...manager },
      { op: 'Add', path: 'manager', value: { displayName: 'Bob' } },
    );
    expect(result).toMatchObject({ document: manager, changes: [], noEffect: [0] });
  });
});

describe('Entra quirks: values', () => {
  const appRole = JSON.stringify({ id: '0a1b', value: 'Editor', displayName: 'Editor (all)' });

  it('quirk 13: a single role by three filtered paths', () => {
    const path = (part: string) => `roles[primary eq "True"].${part}`;
    expect(
      patched(
        { op: 'Add', path: path('display'), value: 'Editor' },
        { op: 'Add', path: path('value'), value: 'Editor' },
        { op: 'Add', path: path('type'), value: 'WindowsAzureActiveDirectoryRole' },
      ),
    ).toEqual({
      roles: [{ primary: true, display: 'Editor', value: 'Editor', type: 'WindowsAzureActiveDirectoryRole' }],
    });
  });

  it('quirk 14: JSON inside a string is the role it means; added once', () => {
    const role = { value: 'Editor', display: 'Editor (all)' };
    const operation = { op: 'Add', path: 'roles', value: [{ value: appRole }] };
    expect(patched(operation)).toEqual({ roles: [role] });
    expect(patched(operation, operation)).toEqual({ roles: [role] });
    const viewer = { value: 'Viewer', type: 'WindowsAzureActiveDirectoryRole', primary: false };
    const editor = { value: 'Editor', type: 'WindowsAzureActiveDirectoryRole', primary: false };
    expect(patchUser({ userName: 'u', roles: [viewer, editor] }, operation).document.roles).toEqual([
      viewer,
      { ...editor, display: 'Editor (all)' },
    ]);
  });

  it('quirk 14: text that only looks like JSON is a role name', () => {
    for (const value of ['{', '{}', '{"value":1}', '[1]']) {
      expect(patched({ op: 'Add', path: 'roles', value: [{ value }] })).toEqual({ roles: [{ value }] });
    }
    const email = JSON.stringify({ value: 'x' });
    expect(patched({ op: 'Add', path: 'emails', value: [{ value: email }] })).toEqual({ emails: [{ value: email }] });
  });

  it('quirk 14: replace roles sets exactly these', () => {
    expect(
      patchUser(
        { userName: 'u', roles: [{ value: 'Owner' }] },
        { op: 'replace', path: 'roles', value: [{ value: 'Editor', primary: 'False' }] },
      ).document.roles,
    ).toEqual([{ value: 'Editor', primary: false }]);
  });

  it('quirk 15: roles with "primary": "True" in a POST', () => {
    expect(
      readResource('User', { userName: 'u', roles: [{ value: 'Editor', primary: 'True' }] }).document.roles,
    ).toEqual([{ value: 'Editor', primary: true }]);
  });

  it.each([
    ['""', ''],
    ['null', null],
    ['{"value": ""}', { value: '' }],
    ['[{"value": ""}]', [{ value: '' }]],
    ['[]', []],
  ])('quirk 17: replace with %s clears', (_, value) => {
    const full = {
      userName: 'u',
      title: 'x',
      name: { givenName: 'O' },
      emails: [{ type: 'work', primary: true, value: 'a@b' }],
    };
    const cleared = patchUser(
      full,
      { op: 'Replace', path: 'title', value },
      { op: 'Replace', path: 'name.givenName', value },
      { op: 'Replace', path: 'emails[type eq "work"].value', value },
    );
    expect(cleared.document).toEqual({ userName: 'u' });
    expect(patchUser(full, { op: 'replace', value: { title: value, active: value } }).document.title).toBeUndefined();
  });

  it('quirk 17: clearing what is not there creates nothing', () => {
    const result = patchUser({ userName: 'u' }, { op: 'Replace', path: 'emails[type eq "work"].value', value: '' });
    expect(result).toMatchObject({ document: { userName: 'u' }, noEffect: [0] });
  });

  it('quirk 18: userName can be replaced, its case kept', () => {
    expect(patchUser({ userName: 'u' }, { op: 'Replace', path: 'userName', value: 'ORLA@x' }).document).toEqual({
      userName: 'ORLA@x',
    });
    expect(patchUser({ userName: 'u' }, { op: 'replace', value: { userName: 'U' } }).changes).toEqual([
      { path: 'userName', before: 'u', after: 'U' },
    ]);
  });

  it('quirk 26: schemas are not looked at', () => {
    const { document } = readResource('Group', {
      schemas: ['urn:nobody:knows', 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      displayName: 'Crew',
      meta: { resourceType: 'Group' },
    });
    expect(document).toEqual({ displayName: 'Crew' });
    expect(
      readResource('User', { userName: 'u', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': {} }),
    ).toEqual({
      document: { userName: 'u' },
      members: null,
      unmapped: [],
    });
  });

  it('quirk 27: meta, id, groups, password, null and empty lists are left out; "name" in an operation means nothing', () => {
    const body = {
      id: 'x',
      userName: 'u',
      meta: {},
      groups: [{ value: 'g' }],
      password: 'p',
      roles: [],
      addresses: null,
      manager: null,
    };
    expect(readResource('User', body)).toEqual({ document: { userName: 'u' }, members: null, unmapped: [] });
    expect(patched({ name: 'addTitle', op: 'Add', path: 'title', value: 'x' })).toEqual({ title: 'x' });
    for (const path of [
      'id',
      'meta.created',
      'groups',
      'schemas',
      'password',
      `${coreUser}:password`,
      'groups[value eq "g"]',
    ]) {
      const result = patchUser({ userName: 'u' }, { op: 'Replace', path, value: 'x' });
      expect(result).toMatchObject({ document: { userName: 'u' }, changes: [], noEffect: [0], unmapped: [] });
    }
  });

  it('quirk 28: a filter that picks two of a type makes one of them, not twins', () => {
    const two: JsonObject = {
      userName: 'u',
      emails: [
        { type: 'work', value: 'a@b' },
        { type: 'home', value: 'h@b' },
        { type: 'work', value: 'c@d', primary: true },
      ],
    };
    const home = { type: 'home', value: 'h@b' };
    const value = { type: 'work', value: 'new@b' };
    expect(patchUser(two, { op: 'Replace', path: 'emails[type eq "work"]', value }).document.emails).toEqual([
      value,
      home,
    ]);
    expect(
      patchUser(two, { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@b' }).document.emails,
    ).toEqual([{ ...value, primary: true }, home]);
    // Elements that stay different are not for us to merge.
    expect(
      patchUser(two, { op: 'Replace', path: 'emails[type eq "work"].display', value: 'x' }).document.emails,
    ).toHaveLength(3);
  });

  it('quirk 29: a password is kept nowhere, whatever the schema and however deep', () => {
    const forms: JsonObject[] = [
      { password: 'p' },
      { Password: 'p', passwd: 'p', userPassword: 'p' },
      { [enterprise]: { password: 'p' } },
      { [`${enterprise}:password`]: 'p' },
      { 'urn:example:2.0:User': { password: 'p', deep: { password: 'p' } } },
      { 'urn:example:2.0:User:password': 'p' },
      { extra: { list: [{ password: 'p' }] } },
      { name: { password: 'p' } },
      { 'name.password': 'p' },
      { emails: [{ value: 'a@b', password: 'p' }] },
    ];
    for (const form of forms) {
      expect(JSON.stringify(readResource('User', { userName: 'u', ...form }).document)).not.toMatch(/passw/i);
      expect(JSON.stringify(patchUser({ userName: 'u' }, { op: 'Add', value: form }).document)).not.toMatch(/passw/i);
      for (const [path, value] of Object.entries(form)) {
        const { document } = patchUser({ userName: 'u' }, { op: 'Replace', path, value });
        expect(JSON.stringify(document)).not.toMatch(/passw/i);
      }
    }
    expect(readResource('User', { userName: 'u', passwordHint: 'x' }).document).toEqual({
      userName: 'u',
      passwordHint: 'x',
    });
  });

  it('quirk 28: adding a value that is there already, or another address of its type, does not double it', () => {
    const work = { type: 'work', value: 'a@b' };
    const add = (attribute: string, ...value: object[]) => ({
      op: 'Add',
      path: attribute,
      value: JSON.parse(JSON.stringify(value)),
    });
    expect(patched(add('emails', work), add('emails', { ...work, value: 'A@B', primary: true }))).toEqual({
      emails: [{ type: 'work', value: 'A@B', primary: true }],
    });
    expect(
      patched(
        add('addresses', { type: 'work', locality: 'Galway' }),
        add('addresses', { type: 'Work', country: 'IE' }),
      ),
    ).toEqual({
      addresses: [{ type: 'Work', locality: 'Galway', country: 'IE' }],
    });
    expect(patched(add('emails', work), add('emails', { type: 'home', value: 'a@b' }))).toEqual({
      emails: [work, { type: 'home', value: 'a@b' }],
    });
    expect(patched(add('emails', work), add('emails', { type: 'work', value: 'c@d' })).emails).toHaveLength(2);
    const typed = [work, { type: 'home', value: 'a@b' }];
    expect(patched(add('emails', { value: 'a@b' }), add('emails', ...typed)).emails).toEqual(typed);
    expect(patched(add('emails', work, work, { ...work, display: 'd' }))).toEqual({
      emails: [{ ...work, display: 'd' }],
    });
  });

  it('quirk 32: values are stored verbatim', () => {
    const values = [' +353 (91) 555-0100 ', 'H91\u00a0X0X0', 'e\u0301', 'Ünïcode 🐙', 'line\nbreak', 'a  b', '00123'];
    for (const value of values) {
      expect(patched({ op: 'Add', path: 'phoneNumbers[type eq "work"].value', value })).toEqual({
        phoneNumbers: [{ type: 'work', value }],
      });
      expect(readResource('User', { userName: value, title: value }).document).toEqual({
        userName: value,
        title: value,
      });
    }
  });

  it('quirk 40: the Validator\'s "Add Attributes Verbose Request"', () => {
    const leaves = {
      active: 'True',
      displayName: 'd',
      'emails[type eq "work"].value': 'a@b',
      'emails[type eq "work"].primary': true,
      'name.givenName': 'g',
      'addresses[type eq "work"].formatted': 'f',
      'addresses[type eq "work"].primary': 'True',
      'phoneNumbers[type eq "mobile"].value': '1',
      'phoneNumbers[type eq "fax"].value': '2',
      'roles[primary eq "True"].display': 'r',
      'roles[primary eq "True"].value': 'v',
      'roles[primary eq "True"].type': 't',
      [`${enterprise}:employeeNumber`]: '7',
    };
    const whole = {
      active: true,
      displayName: 'd',
      emails: [{ type: 'work', value: 'a@b', primary: true }],
      name: { givenName: 'g' },
      addresses: [{ type: 'work', formatted: 'f', primary: true }],
      phoneNumbers: [
        { type: 'mobile', value: '1' },
        { type: 'fax', value: '2' },
      ],
      roles: [{ primary: true, display: 'r', value: 'v', type: 't' }],
      [enterprise]: { employeeNumber: '7' },
    };
    expect(patched(...Object.entries(leaves).map(([path, value]) => ({ op: 'add', path, value })))).toEqual(whole);
    expect(patched({ op: 'replace', value: leaves })).toEqual(whole);
  });
});
