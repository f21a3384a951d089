import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  coreGroup,
  coreUser,
  createdId,
  enterprise,
  entraGroup,
  entraUser,
  expectError,
  patch,
  textAt,
  unique,
} from './shapes.ts';

/** What testers do who know nothing but discovery: whatever /Schemas lists must behave as it is described there. */

const pilot: TestPilot = await startTestPilot();
afterAll(() => pilot.close());

interface Described {
  name: string;
  type: string;
  multiValued: boolean;
  required: boolean;
  mutability: string;
  canonicalValues?: string[];
  referenceTypes?: string[];
  subAttributes?: Described[];
}

const listed = (await pilot.request('GET', '/Schemas')).json.Resources as JsonObject[];

function attributesOf(urn: string): Described[] {
  const schema = listed.find((one) => one.id === urn);
  return (schema?.attributes ?? []) as unknown as Described[];
}

let member = '';
beforeAll(async () => {
  member = await createdId(pilot, '/Users', entraUser());
});

/** A value that fits the description. */
function valueFor(one: Described): Json {
  const value = single(one);
  return one.multiValued ? [value] : value;
}

function single(one: Described): Json {
  if (one.type === 'complex') {
    const parts = (one.subAttributes ?? []).filter((sub) => sub.mutability !== 'readOnly');
    const object = Object.fromEntries(parts.map((sub) => [sub.name, single(sub)]));
    if (one.name !== 'members') return object;
    return { value: member, $ref: `${pilot.url}/Users/${member}`, type: 'User' };
  }
  if (one.type === 'boolean') return true;
  if (one.type === 'integer') return 7;
  if (one.type === 'decimal') return 7.5;
  if (one.type === 'dateTime') return '2026-01-02T03:04:05Z';
  if (one.type === 'binary') return Buffer.from(unique('x')).toString('base64');
  if (one.type === 'reference') return `https://${unique('ref')}.example`;
  return one.canonicalValues?.[0] ?? unique(one.name);
}

/** What the endpoint itself adds to a member is not the sender's. */
function sent(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.map((one) => {
    if (at(one, 'value') !== member) return one;
    const { display: _display, ...rest } = one as JsonObject;
    return rest;
  });
}

describe.each([
  ['User', '/Users', coreUser, null],
  ['User', '/Users', enterprise, enterprise],
  ['Group', '/Groups', coreGroup, null],
] as const)('%s, attributes of %s %s', (_type, path, schema, urn) => {
  const optional = attributesOf(schema).filter((one) => !one.required && one.mutability !== 'readOnly');
  const body = (): JsonObject =>
    path === '/Users'
      ? { schemas: [coreUser], userName: unique('u') }
      : { schemas: [coreGroup], displayName: unique('g') };

  test('there are some', () => expect(optional.length).toBeGreaterThan(1));

  test.each(optional.map((one) => [one.name, one] as const))(
    '%s can be added, replaced and removed',
    async (name, one) => {
      const where = `${path}/${await createdId(pilot, path, body())}`;
      const full = `${schema}:${name}`;
      const read = async () => {
        const resource = (await pilot.request('GET', where)).json;
        return sent(urn === null ? resource[name] : at(resource, urn, name));
      };
      for (const op of ['add', 'replace']) {
        const value = valueFor(one);
        const answer = await pilot.request(
          'PATCH',
          where,
          patch({ op, path: op === 'add' ? full : urn === null ? name : full, value }),
        );
        expect([answer.text, answer.status]).toEqual([expect.any(String), path === '/Users' ? 200 : 204]);
        if (op === 'replace' || !one.multiValued) expect(await read()).toEqual(value);
        else expect(await read()).toEqual(value);
      }
      expect((await pilot.request('PATCH', where, patch({ op: 'remove', path: full }))).status).toBeLessThan(205);
      const gone = await read();
      expect(gone === undefined || (Array.isArray(gone) && gone.length === 0)).toBe(true);
    },
  );

  test('all of them can be created and put at once', async () => {
    const all = Object.fromEntries(optional.map((one) => [one.name, valueFor(one)]));
    const full = { ...body(), ...(urn === null ? all : { [urn]: all }) };
    const created = await pilot.request('POST', path, full);
    expect(created.status).toBe(201);
    const shown = (resource: JsonObject) => (urn === null ? resource : at(resource, urn));
    for (const [name, value] of Object.entries(all)) expect(sent(at(shown(created.json), name))).toEqual(value);
    const put = await pilot.request('PUT', `${path}/${textAt(created.json, 'id')}`, created.json);
    expect([put.status, shown(put.json)]).toEqual([200, shown(created.json)]);
  });

  test('answers hold nothing that no schema lists', async () => {
    const created = await pilot.request(
      'POST',
      path,
      path === '/Users' ? entraUser() : entraGroup({ members: [{ value: member }] }),
    );
    const known = new Set([
      'schemas',
      'id',
      'meta',
      ...attributesOf(path === '/Users' ? coreUser : coreGroup).map((one) => one.name),
    ]);
    expect(Object.keys(created.json).filter((key) => !known.has(key) && key !== enterprise)).toEqual([]);
  });
});

describe('discovery describes itself', () => {
  test('RFC 7643 §8.7.2 the schemas of discovery are listed, each to be read by its URN', async () => {
    expect(listed.map((one) => one.name)).toEqual(
      expect.arrayContaining(['User', 'EnterpriseUser', 'Group', 'ServiceProviderConfig', 'ResourceType', 'Schema']),
    );
    for (const schema of listed) {
      const one = await pilot.request('GET', `/Schemas/${textAt(schema, 'id')}`);
      expect([one.status, one.json]).toEqual([200, schema]);
    }
  });

  test('the answers of discovery hold what these schemas list, and the required all', async () => {
    const urn = (name: string) => `urn:ietf:params:scim:schemas:core:2.0:${name}`;
    const types = (await pilot.request('GET', '/ResourceTypes')).json.Resources as JsonObject[];
    const config = (await pilot.request('GET', '/ServiceProviderConfig')).json;
    for (const [name, resources] of [
      ['ServiceProviderConfig', [config]],
      ['ResourceType', types],
      ['Schema', listed],
    ] as const) {
      for (const resource of resources) {
        const described = attributesOf(urn(name));
        const names = new Set(['schemas', 'id', 'meta', ...described.map((one) => one.name)]);
        expect(Object.keys(resource).filter((key) => !names.has(key))).toEqual([]);
        for (const one of described) if (one.required) expect([one.name, resource[one.name]]).not.toContain(undefined);
      }
    }
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s on discovery is 405', async (method) => {
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      expectError(await pilot.request(method, path, method === 'DELETE' ? undefined : {}), 405);
    }
  });

  test('unknown schemas and resource types are 404', async () => {
    for (const path of ['/Schemas/x', '/ResourceTypes/x', `/${unique('x')}`])
      expectError(await pilot.request('GET', path), 404);
  });
});
