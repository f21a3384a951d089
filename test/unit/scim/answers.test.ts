import { describe, expect, it, vi } from 'vitest';
import type { StoredRecord } from '../../../src-main/contract/index.ts';
import {
  errorMessage,
  listResponse,
  type Projection,
  parseProjection,
  renderRecord,
  resourceJson,
  resourceTypeByName,
  resourceTypes,
  schemaById,
  schemas,
  serviceProviderConfig,
  versionOf,
  wants,
} from '../../../src-main/scim/index.ts';
import { coreGroup, coreUser, enterprise } from './support.ts';

const baseUrl = 'https://pilot.example/scim/v2';
const document = {
  userName: 'orla@x',
  name: { givenName: 'Orla', familyName: 'Brandt' },
  emails: [
    { type: 'work', value: 'a@b' },
    { type: 'home', value: 'h@b' },
  ],
  shoeSize: 42,
  [enterprise]: { department: 'd', manager: { value: 'm' } },
};
const record: StoredRecord = {
  resourceType: 'User',
  row: 1,
  id: 'usr-1',
  name: 'Orla',
  json: resourceJson('User', 'usr-1', document),
  revision: 7,
  groups: [],
  state: 'active',
  members: 0,
  createdAt: Date.UTC(2026, 1, 3, 8, 10),
  modifiedAt: Date.UTC(2026, 1, 4, 8, 10, 0, 5),
};
const group: StoredRecord = {
  ...record,
  resourceType: 'Group',
  id: 'grp_1',
  json: resourceJson('Group', 'grp_1', { displayName: 'Crew' }),
};
const references = [{ value: 'x_1', display: 'Say "hi"' }];
const render = (one: StoredRecord, projection: Projection | null, refs: typeof references | null = null) =>
  JSON.parse(renderRecord(one, { baseUrl, references: refs, projection }));
const picked = (attributes: string | null, excluded: string | null = null) =>
  render(record, parseProjection('User', attributes, excluded), references);
const always = { schemas: [coreUser, enterprise], id: record.id };

describe('renderRecord', () => {
  it('adds meta and what refers to the record', () => {
    expect(render(record, null, references)).toEqual({
      ...always,
      ...document,
      groups: [{ value: 'x_1', display: 'Say "hi"', $ref: `${baseUrl}/Groups/x_1`, type: 'direct' }],
      meta: {
        resourceType: 'User',
        created: '2026-02-03T08:10:00.000Z',
        lastModified: '2026-02-04T08:10:00.005Z',
        location: `${baseUrl}/Users/usr-1`,
        version: `W/"${versionOf(record, references)}"`,
      },
    });
  });

  it("RFC 7644 §3.14: a user's version counts the groups, a group's only its revision", () => {
    expect(render(record, null, []).meta.version).toBe('W/"7"');
    expect(render(group, null, references).meta.version).toBe('W/"7"');
    const versions = [references, [{ value: 'x_1', display: 'Renamed' }], [...references, ...references]].map((refs) =>
      versionOf(record, refs),
    );
    expect(new Set(versions).size).toBe(3);
    for (const version of versions) expect(version).toMatch(/^7\.[0-9a-z]+$/);
  });

  it('a group shows its members, by name only on request; one without members and a user without groups show none', () => {
    const member = { value: 'x_1', $ref: `${baseUrl}/Users/x_1`, type: 'User' };
    const named = { ...member, display: 'Say "hi"' };
    const asked = (list: string | null, excluded: string | null = null) =>
      render(group, parseProjection('Group', list, excluded), references).members;
    expect(render(group, null, references).members).toEqual([member]);
    expect(asked('members')).toEqual([member]);
    expect(asked(null, 'displayName')).toEqual([member]);
    expect(asked('members.display')).toEqual([{ display: 'Say "hi"' }]);
    expect(asked('Members.Value,MEMBERS.DISPLAY')).toEqual([{ value: 'x_1', display: 'Say "hi"' }]);
    expect(asked(`members,${coreGroup}:members.display`)).toEqual([named]);
    expect(asked('members.display,members')).toEqual([named]);
    expect(asked('members,members.display', 'members.display')).toEqual([member]);
    expect(render(group, null, [])).not.toHaveProperty('members');
    expect(render(group, null, null)).not.toHaveProperty('members');
    expect(render(record, null, [])).not.toHaveProperty('groups');
  });

  it('quirk 24: excludedAttributes=members leaves them out, and reads no JSON', () => {
    const projection = parseProjection('Group', null, 'Members');
    const parse = vi.spyOn(JSON, 'parse');
    const shown = renderRecord(group, { baseUrl, references, projection });
    renderRecord(group, { baseUrl, references, projection: null });
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
    expect(JSON.parse(shown)).not.toHaveProperty('members');
    expect(JSON.parse(shown)).toHaveProperty('meta');
  });
});

describe('RFC 7644 §3.9: projection', () => {
  it('quirk 25: attributes=id gives id and schemas', () => {
    expect(picked('id')).toEqual(always);
    expect(picked('nope')).toEqual(always);
  });

  it.each([
    ['userName', { userName: 'orla@x' }],
    ['USERNAME, name.givenname', { userName: 'orla@x', name: { givenName: 'Orla' } }],
    ['name', { name: document.name }],
    ['name,name.givenName', { name: document.name }],
    ['name.givenName,name', { name: document.name }],
    ['emails.value', { emails: [{ value: 'a@b' }, { value: 'h@b' }] }],
    ['emails.primary', {}],
    [enterprise, { [enterprise]: document[enterprise] }],
    [`${enterprise}:department`, { [enterprise]: { department: 'd' } }],
    ['manager', { [enterprise]: { manager: { value: 'm' } } }],
    ['manager.value', { [enterprise]: { manager: { value: 'm' } } }],
    [`${coreUser}:userName`, { userName: 'orla@x' }],
    ['shoesize', { shoeSize: 42 }],
    ['emails[type eq "work"]', { emails: document.emails }],
    [
      'userName,emails[value eq "a],\\"b" and type pr].value,name.givenName',
      { userName: 'orla@x', emails: [{ value: 'a@b' }, { value: 'h@b' }], name: { givenName: 'Orla' } },
    ],
    ['meta.version', { meta: { version: `W/"${versionOf(record, references)}"` } }],
    ['groups.value', { groups: [{ value: 'x_1' }] }],
  ])('attributes=%s', (attributes, expected) => {
    expect(picked(attributes)).toEqual({ ...always, ...expected });
  });

  it('excludedAttributes takes away whole attributes, parts and extensions, never id and schemas', () => {
    const shown = picked(null, `NAME.familyName,emails,${enterprise}:manager,shoeSize,meta,groups,id,schemas`);
    expect(shown).toEqual({
      ...always,
      userName: 'orla@x',
      name: { givenName: 'Orla' },
      [enterprise]: { department: 'd' },
    });
  });

  it('a path with a filter excludes nothing', () => {
    expect(picked('emails,userName', 'emails[type eq "work"],userName')).toEqual({
      ...always,
      emails: document.emails,
    });
  });

  it("takes away an unmapped attribute that has the other resource type's name", () => {
    const stored = { ...record, json: resourceJson('User', record.id, { userName: 'a', members: [{ value: 'x' }] }) };
    expect(render(stored, parseProjection('User', null, 'members'), null)).not.toHaveProperty('members');
  });

  it('parts of what an answer adds', () => {
    const shown = render(
      group,
      parseProjection('Group', null, 'members.display,members.$ref,meta.location'),
      references,
    );
    expect(shown.members).toEqual([{ value: 'x_1', type: 'User' }]);
    expect(shown.meta).not.toHaveProperty('location');
    expect(shown.meta).toHaveProperty('version');
  });

  it('both at once: what is picked, less what is excluded', () => {
    expect(picked('name,userName', 'name.givenName')).toEqual({
      ...always,
      userName: 'orla@x',
      name: { familyName: 'Brandt' },
    });
  });

  it('a path deeper than any resource picks nothing', () => {
    expect(picked(`userName,a${'.b'.repeat(20_000)}`)).toEqual({ ...always, userName: 'orla@x' });
  });

  it('nothing asked is no projection', () => {
    expect(parseProjection('User', null, null)).toBeNull();
    expect(parseProjection('User', '', ' , ')).toBeNull();
  });

  it('says what need not be read', () => {
    expect(wants(null, 'members')).toBe(true);
    expect(wants(parseProjection('Group', null, 'MEMBERS'), 'members')).toBe(false);
    expect(wants(parseProjection('Group', null, 'members.display'), 'members')).toBe(true);
    expect(wants(parseProjection('Group', 'displayName', null), 'members')).toBe(false);
    expect(wants(parseProjection('Group', 'members.value', null), 'members')).toBe(true);
    expect(wants(parseProjection('Group', `${coreGroup}:members`, null), 'members')).toBe(true);
    expect(wants(parseProjection('User', 'id', null), 'schemas')).toBe(true);
  });
});

describe('messages', () => {
  it('quirks 22 and 23: a ListResponse, with Resources even when empty', () => {
    expect(listResponse({ totalResults: 0, startIndex: 1, resources: [] })).toBe(
      '{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}',
    );
    expect(
      JSON.parse(listResponse({ totalResults: 9, startIndex: 3, resources: ['{"id":"a"}', '{"id":"b"}'] })),
    ).toMatchObject({
      totalResults: 9,
      startIndex: 3,
      itemsPerPage: 2,
      Resources: [{ id: 'a' }, { id: 'b' }],
    });
  });

  it('quirk 34: an Error has its status as text', () => {
    expect(JSON.parse(errorMessage(409, '[call 7K2Q9] taken', 'uniqueness'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: '[call 7K2Q9] taken',
    });
    expect(JSON.parse(errorMessage(404, 'x'))).not.toHaveProperty('scimType');
  });
});

describe('§1.17: discovery', () => {
  const listed = JSON.parse(JSON.stringify(schemas(baseUrl)));
  interface Described {
    name: string;
    subAttributes?: Described[];
  }
  /** `emails[type eq "work"].value` and the like, flattened as Microsoft's Schema_Discoverability test does. */
  const flat = (id: string): string[] => {
    const schema = listed.Resources.find((one: { id: string }) => one.id === id);
    return schema.attributes.flatMap((one: Described) => [
      one.name,
      ...(one.subAttributes ?? []).map((sub) => `${one.name}.${sub.name}`),
    ]);
  };

  it('lists every attribute that the default mappings target', () => {
    expect(flat(coreUser)).toEqual(
      expect.arrayContaining([
        ...[
          'userName',
          'active',
          'displayName',
          'title',
          'emails.value',
          'emails.type',
          'preferredLanguage',
          'name.givenName',
        ],
        ...[
          'name.familyName',
          'name.formatted',
          'addresses.formatted',
          'addresses.streetAddress',
          'addresses.locality',
        ],
        ...[
          'addresses.region',
          'addresses.postalCode',
          'addresses.country',
          'phoneNumbers.value',
          'externalId',
          'roles.primary',
        ],
      ]),
    );
    expect(flat(enterprise)).toEqual([
      'employeeNumber',
      'costCenter',
      'organization',
      'division',
      'department',
      'manager',
      'manager.value',
    ]);
    expect(flat(coreGroup)).toEqual([
      'externalId',
      'displayName',
      'members',
      'members.value',
      'members.$ref',
      'members.display',
      'members.type',
    ]);
    expect(flat(coreUser)).not.toContain('password');
  });

  it('RFC 7643 §7: each attribute has all its characteristics, and nothing is null', () => {
    expect(JSON.stringify(listed)).not.toContain('null');
    const check = (one: Described & Record<string, unknown>) => {
      for (const key of [
        'name',
        'type',
        'multiValued',
        'description',
        'required',
        'caseExact',
        'mutability',
        'returned',
        'uniqueness',
      ]) {
        expect(one, one.name).toHaveProperty(key);
      }
      expect(one.type === 'complex', one.name).toBe(one.subAttributes !== undefined);
      if (one.type === 'reference') expect(one.referenceTypes, one.name).toBeInstanceOf(Array);
      for (const sub of one.subAttributes ?? []) check({ ...sub });
    };
    for (const schema of listed.Resources) {
      expect(schema.meta).toEqual({ resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` });
      for (const one of schema.attributes) check(one);
    }
    expect(listed).toMatchObject({ totalResults: 6, startIndex: 1, itemsPerPage: 6 });
  });

  it('finds a schema and a resource type by name in any case', () => {
    expect(schemaById(baseUrl, enterprise.toUpperCase())?.id).toBe(enterprise);
    expect(schemaById(baseUrl, 'urn:x')).toBeNull();
    expect(resourceTypeByName(baseUrl, 'user')).toMatchObject({
      endpoint: '/Users',
      schema: coreUser,
      schemaExtensions: [{ schema: enterprise, required: false }],
      meta: { location: `${baseUrl}/ResourceTypes/User` },
    });
    expect(resourceTypeByName(baseUrl, 'Device')).toBeNull();
    expect(resourceTypes(baseUrl)).toMatchObject({
      totalResults: 2,
      Resources: [{ id: 'User' }, { id: 'Group', endpoint: '/Groups' }],
    });
  });

  it('says what the endpoint can do', () => {
    expect(serviceProviderConfig(baseUrl, { maxOperations: 7, maxPayloadSize: 4096 })).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 7, maxPayloadSize: 4096 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
    });
  });
});
