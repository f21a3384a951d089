import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src-main/contract/index.ts';
import { diff, documentOf, parsePath, readResource, resourceJson } from '../../../src-main/scim/index.ts';
import { coreGroup, coreUser, enterprise, refusal } from './support.ts';

describe('RFC 7643 §2.4: the same (type, value) twice in one list', () => {
  const work = { type: 'work', value: 'a@b' };

  it('is stored once, and primary when one of the two is', () => {
    const emails = [work, { type: 'home', value: 'a@b' }, { ...work, primary: true }, { value: 'a@b' }];
    expect(readResource('User', { userName: 'u', emails }).document.emails).toEqual([
      { ...work, primary: true },
      { type: 'home', value: 'a@b' },
      { value: 'a@b' },
    ]);
    const many = Array.from({ length: 40 }, (_, at) => ({ type: 'other', value: `${at % 20}@b` }));
    expect(readResource('User', { userName: 'u', emails: many }).document.emails).toEqual(many.slice(0, 20));
  });

  it('is not what two addresses of a type are, which have no value', () => {
    const addresses = [
      { type: 'work', locality: 'Galway' },
      { type: 'work', locality: 'Cork' },
    ];
    expect(readResource('User', { userName: 'u', addresses }).document.addresses).toEqual(addresses);
  });
});

describe('§1.3: the documented POST of a user', () => {
  const orla: JsonObject = {
    schemas: [coreUser, enterprise],
    externalId: 'orla.brandt',
    userName: 'orla.brandt@fabrikvale.example',
    active: true,
    displayName: 'Orla Brandt',
    title: 'Tide Analyst',
    preferredLanguage: 'en-IE',
    emails: [{ primary: true, type: 'work', value: 'orla.brandt@fabrikvale.example' }],
    addresses: [
      { primary: true, type: 'work', streetAddress: '4 Quay Row', locality: 'Galway', formatted: 'Office 2B' },
    ],
    phoneNumbers: [
      { type: 'work', value: '+353 91 555 0100' },
      { type: 'mobile', value: '+353 85 555 0101' },
    ],
    name: { formatted: 'Orla Brandt', familyName: 'Brandt', givenName: 'Orla' },
    meta: { resourceType: 'User' },
    roles: [],
    [enterprise]: { employeeNumber: '70412', department: 'Hydrology' },
  };

  it('is stored as it is, without schemas, meta and the empty list', () => {
    const { schemas: _s, meta: _m, roles: _r, ...rest } = orla;
    expect(readResource('User', orla)).toEqual({ document: rest, members: null, unmapped: [] });
  });

  it('and becomes text with schemas and id first', () => {
    const json = resourceJson('User', 'usr_1', readResource('User', orla).document);
    const head = `{"schemas":["${coreUser}","${enterprise}"],"id":"usr_1","externalId":"orla.brandt",`;
    expect(json.slice(0, head.length)).toBe(head);
    expect(documentOf(json)).toEqual(readResource('User', orla).document);
  });
});

describe('resourceJson', () => {
  it('names in schemas what the document holds, undeclared extensions too', () => {
    const other = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';
    const parsed = JSON.parse(resourceJson('User', 'x', { userName: 'u', [other]: { badge: 1 }, 'urn:odd': 'text' }));
    expect(parsed.schemas).toEqual([coreUser, other]);
    expect(JSON.parse(resourceJson('Group', 'x', { displayName: 'g' })).schemas).toEqual([coreGroup]);
    expect(resourceJson('Group', 'x"y', {})).toBe(`{"schemas":["${coreGroup}"],"id":"x\\"y"}`);
  });

  it('keeps schemas and id first whatever the document is called', () => {
    expect(resourceJson('Group', 'x', { 7: 'seven' })).toBe(`{"schemas":["${coreGroup}"],"id":"x","7":"seven"}`);
  });
});

describe('readResource refuses', () => {
  const refused = (body: Json) => refusal(() => readResource('User', JSON.parse(JSON.stringify(body))));

  it('what is no resource', () => {
    for (const body of [[], 'x', 5, null]) expect(refused(body).scimType).toBe('invalidSyntax');
  });

  it.each<JsonObject>([{}, { userName: '' }, { userName: ' \u00a0' }, { userName: null }, { displayName: 'x' }])(
    'a user without userName: %j',
    (body) => {
      expect(refused(body)).toMatchObject({
        status: 400,
        scimType: 'invalidValue',
        detail: expect.stringContaining('userName'),
      });
    },
  );

  it('a group without displayName', () => {
    expect(refusal(() => readResource('Group', { externalId: 'x' })).detail).toContain('displayName is required');
  });

  it.each<[JsonObject, string]>([
    [{ userName: 5 }, 'userName wants text, not 5.'],
    [{ userName: ['u'] }, 'userName wants text, not a list of one.'],
    [{ userName: 'u', name: 'Orla' }, 'name wants an object, not the text "Orla".'],
    [{ userName: 'u', emails: { value: 'a@b' } }, 'emails wants a list of objects, not an object.'],
    [{ userName: 'u', emails: ['a@b'] }, 'emails wants a list of objects, and this list holds the text "a@b".'],
    [{ userName: 'u', active: 'yes' }, 'active wants true or false, not the text "yes".'],
    [{ userName: 'u', emails: [{ value: {} }] }, 'emails.value wants text, not an object.'],
    [{ userName: 'u', [enterprise]: 'x' }, 'wants an object of attributes'],
    [{ userName: 'u', 'name.': 'x' }, "can't be read"],
  ])('wrong types, in words: %j', (body, words) => {
    expect(refused(body).status).toBe(400);
    expect(refused(body).detail).toContain(words);
  });

  it('formats are not its business', () => {
    const odd = {
      userName: 'not a name\n',
      emails: [{ value: 'no e-mail' }],
      profileUrl: ':::',
      locale: '??',
      timezone: 'x',
    };
    expect(readResource('User', odd).document).toEqual(odd);
  });

  it('depth over 64', () => {
    const nest = (depth: number): JsonObject =>
      JSON.parse(`{"userName":"u","x":${'['.repeat(depth)}1${']'.repeat(depth)}}`);
    expect(readResource('User', nest(63)).unmapped).toEqual(['x']);
    expect(refusal(() => readResource('User', nest(64))).detail).toContain('64');
  });
});

it('a POST keeps what a PATCH would merge: two addresses of one type', () => {
  const addresses = [
    { type: 'work', locality: 'Galway' },
    { type: 'work', locality: 'Cork' },
  ];
  expect(readResource('User', { userName: 'u', addresses }).document.addresses).toEqual(addresses);
});

it('keeps one of two primaries (RFC 7643 §2.4)', () => {
  const emails = [
    { value: 'a', primary: true },
    { value: 'b', primary: 'True' },
  ];
  expect(readResource('User', { userName: 'u', emails }).document.emails).toEqual([
    { value: 'a', primary: false },
    { value: 'b', primary: true },
  ]);
});

describe('diff', () => {
  it('names each change by path, with before and after', () => {
    const before: JsonObject = {
      userName: 'u',
      title: 't',
      name: { givenName: 'O', familyName: 'B' },
      emails: [
        { type: 'work', value: 'a@b' },
        { type: 'home', value: 'h@b', primary: true },
      ],
      [enterprise]: { department: 'd', manager: { value: 'm' } },
    };
    const after = {
      userName: 'u',
      active: false,
      name: { givenName: 'O', familyName: 'K' },
      emails: [
        { type: 'other', value: 'o@b' },
        { type: 'work', value: 'c@d' },
      ],
      [enterprise]: { department: 'e' },
    };
    expect(diff(before, after)).toEqual([
      { path: 'active', after: false },
      { path: 'name.familyName', before: 'B', after: 'K' },
      { path: 'emails[type eq "other"].value', after: 'o@b' },
      { path: 'emails[type eq "work"].value', before: 'a@b', after: 'c@d' },
      { path: 'emails[type eq "home"].value', before: 'h@b' },
      { path: 'emails[type eq "home"].primary', before: true },
      { path: `${enterprise}:department`, before: 'd', after: 'e' },
      { path: `${enterprise}:manager.value`, before: 'm' },
      { path: 'title', before: 't' },
    ]);
  });

  it('tells elements without type apart by value, else takes the list as one', () => {
    expect(
      diff({ roles: [{ value: 'a' }, { value: 'b', primary: true }] }, { roles: [{ value: 'b', primary: false }] }),
    ).toEqual([
      { path: 'roles[value eq "b"].primary', before: true, after: false },
      { path: 'roles[value eq "a"]', before: { value: 'a' } },
    ]);
    const before = { ims: [{ display: 'x' }] };
    const after = { ims: [{ display: 'y' }] };
    expect(diff(before, after)).toEqual([{ path: 'ims', before: before.ims, after: after.ims }]);
  });

  it('is blind to order', () => {
    const emails = [
      { type: 'a', value: '1' },
      { type: 'b', value: '2' },
    ];
    expect(diff({ title: 't', emails }, { emails: emails.toReversed(), title: 't' })).toEqual([]);
  });

  it('sees a type that only changed its letter case', () => {
    expect(diff({ emails: [{ type: 'work', value: '1' }] }, { emails: [{ type: 'Work', value: '1' }] })).toEqual([
      { path: 'emails[type eq "Work"].type', before: 'work', after: 'Work' },
    ]);
  });

  it('tells a whole new user by its leaves', () => {
    expect(diff({}, { userName: 'u', name: { givenName: 'O' }, desk: { floor: 1 } })).toEqual([
      { path: 'userName', after: 'u' },
      { path: 'name.givenName', after: 'O' },
      { path: 'desk.floor', after: 1 },
    ]);
  });
});

describe('parsePath (sortBy)', () => {
  it.each([
    ['USERNAME', 'userName'],
    ['emails', 'emails.value'],
    ['name.familyname', 'name.familyName'],
    ['meta.created', 'meta.created'],
    ['manager', `${enterprise}:manager.value`],
    [`${coreUser}:title`, 'title'],
  ])('%s is %s', (text, canonical) => {
    expect(parsePath(text, 'User').canonical).toBe(canonical);
  });

  it.each(['nope', 'name', '', 'name.x', '__proto__', 'urn:x:y'])('refuses %j', (text) => {
    expect(refusal(() => parsePath(text, 'User'))).toMatchObject({ status: 400, scimType: 'invalidPath' });
  });
});
