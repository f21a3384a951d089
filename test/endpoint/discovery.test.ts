import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultGroupMappings, defaultUserMappings } from '../../src-main/contract/catalogue/default-mappings.ts';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  coreGroup,
  coreUser,
  created,
  createdId,
  enterprise,
  entraGroup,
  entraUser,
  serviceOps,
  textAt,
} from './shapes.ts';

let pilot: TestPilot;
let schemas: Map<string, JsonObject>;

beforeAll(async () => {
  pilot = await startTestPilot();
  await pilot.api.attributes.define({ label: 'Cost centre', type: 'Integer', attribute: null });
  await pilot.api.attributes.define({ label: 'Started', type: 'DateTime', attribute: null });
  const list = (await pilot.request('GET', '/Schemas')).json;
  schemas = new Map(objects(list.Resources).map((one) => [textAt(one, 'id'), one]));
  expect(list).toMatchObject({ totalResults: schemas.size, itemsPerPage: schemas.size, startIndex: 1 });
});
afterAll(() => pilot.close());

function objects(value: Json | undefined): JsonObject[] {
  if (!Array.isArray(value)) throw new Error(`No list: ${JSON.stringify(value)}`);
  return value.map((one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) throw new Error('No object');
    return one;
  });
}

function attributesOf(urn: string): JsonObject[] {
  return objects(schemas.get(urn)?.attributes);
}

/** RFC 7643 §7: what an attribute's description may hold, and must. */
const characteristics: Record<string, (value: Json | undefined) => boolean> = {
  name: (value) => typeof value === 'string' && /^(\$ref|[A-Za-z][\w-]*)$/.test(value),
  type: (value) =>
    ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary', 'complex'].includes(String(value)),
  multiValued: (value) => typeof value === 'boolean',
  description: (value) => typeof value === 'string' && value !== '',
  required: (value) => typeof value === 'boolean',
  caseExact: (value) => typeof value === 'boolean',
  mutability: (value) => ['readOnly', 'readWrite', 'immutable', 'writeOnly'].includes(String(value)),
  returned: (value) => ['always', 'never', 'default', 'request'].includes(String(value)),
  uniqueness: (value) => ['none', 'server', 'global'].includes(String(value)),
};
const optional = ['subAttributes', 'canonicalValues', 'referenceTypes'];

function checkAttribute(one: JsonObject, sub: boolean): void {
  for (const [name, holds] of Object.entries(characteristics)) {
    expect([one.name, name, one[name], holds(one[name])]).toEqual([one.name, name, one[name], true]);
  }
  const unknown = Object.keys(one).filter((key) => !(key in characteristics) && !optional.includes(key));
  expect([one.name, unknown]).toEqual([one.name, []]);
  expect([one.name, one.type === 'complex']).toEqual([one.name, 'subAttributes' in one]);
  expect([one.name, one.type === 'reference']).toEqual([one.name, 'referenceTypes' in one]);
  // Letter case means something in base64 (RFC 7643 §2.3.6).
  if (one.type === 'binary') expect([one.name, one.caseExact]).toEqual([one.name, true]);
  if (sub) expect([one.name, one.type]).not.toEqual([one.name, 'complex']);
  if ('canonicalValues' in one) expect(one.canonicalValues).toEqual(expect.arrayContaining([expect.any(String)]));
  if (one.type === 'complex') for (const part of objects(one.subAttributes)) checkAttribute(part, true);
}

describe('/Schemas', () => {
  const ours = [coreGroup, coreUser, enterprise, serviceOps];

  test('lists the core schemas, the enterprise extension, that of ServiceOps, and those of discovery itself', () => {
    const discovery = ['ServiceProviderConfig', 'ResourceType', 'Schema'].map(
      (name) => `urn:ietf:params:scim:schemas:core:2.0:${name}`,
    );
    expect([...schemas.keys()].sort()).toEqual([...ours, ...discovery].sort());
  });

  test('describes each attribute completely and with nothing else (RFC 7643 §7)', () => {
    for (const [urn, schema] of schemas) {
      expect(Object.keys(schema).sort()).toEqual(['attributes', 'description', 'id', 'meta', 'name', 'schemas']);
      expect(schema.meta).toEqual({ resourceType: 'Schema', location: `${pilot.url}/Schemas/${urn}` });
      const names = attributesOf(urn).map((one) => textAt(one, 'name').toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      // Those of discovery nest a level deeper (RFC 7643 §8.7.2).
      if (ours.includes(urn)) for (const one of attributesOf(urn)) checkAttribute(one, false);
    }
  });

  test('the address in meta.location gives the same schema', async () => {
    for (const schema of schemas.values()) {
      expect((await pilot.request('GET', textAt(schema, 'meta', 'location'))).json).toEqual(schema);
    }
  });

  test("lists every target of Azure's default mappings", () => {
    const listed = (urn: string) => {
      const prefix = urn === coreUser || urn === coreGroup ? '' : `${urn}:`;
      return attributesOf(urn).flatMap((one) => [
        `${prefix}${one.name}`,
        ...(one.type === 'complex'
          ? objects(one.subAttributes).map((part) => `${prefix}${one.name}.${part.name}`)
          : []),
      ]);
    };
    const user = [...listed(coreUser), ...listed(enterprise)];
    for (const { target } of defaultUserMappings) expect(user).toContain(target.replace(/\[[^\]]*\]/, ''));
    for (const { target } of defaultGroupMappings) expect(listed(coreGroup)).toContain(target);
  });

  test('is true: what is required, unique or read-only behaves so', async () => {
    const name = (one: JsonObject) => one.name;
    const required = attributesOf(coreUser).filter((one) => one.required === true);
    expect(required.map(name)).toEqual(['userName']);
    expect((await pilot.request('POST', '/Users', entraUser({ userName: '' }))).status).toBe(400);
    expect(
      attributesOf(coreGroup)
        .filter((one) => one.required === true)
        .map(name),
    ).toEqual(['displayName']);
    const unique = attributesOf(coreUser).filter((one) => one.uniqueness !== 'none');
    expect(unique.map(name)).toEqual(['userName']);
    const user = entraUser();
    await created(pilot, '/Users', user);
    expect(
      (await pilot.request('POST', '/Users', { ...user, userName: String(user.userName).toUpperCase() })).status,
    ).toBe(409);
    const readOnly = attributesOf(coreUser).filter((one) => one.mutability === 'readOnly');
    expect(readOnly.map(name)).toEqual(['groups']);
    const sent = await created(pilot, '/Users', entraUser({ groups: [{ value: 'x' }] }));
    expect(sent.groups).toBeUndefined();
  });

  test('promises of a manager what answers show, and no more; what else comes with one is no unmapped attribute', async () => {
    const manager = attributesOf(enterprise).find((one) => one.name === 'manager');
    expect(objects(manager?.subAttributes).map((one) => one.name)).toEqual(['value']);
    const boss = await createdId(pilot, '/Users', entraUser());
    const sent = { value: boss, displayName: 'Boss', $ref: `../Users/${boss}` };
    const user = await created(pilot, '/Users', entraUser({ [enterprise]: { manager: sent } }));
    expect(user[enterprise]).toEqual({ manager: { value: boss } });
    const [call] = (await pilot.api.feed.page({ before: null, limit: 1, query: '' })).calls;
    expect(call).toMatchObject({ resourceId: user.id });
    expect(call?.why).not.toContain('SP-UNMAPPED');
  });

  test('custom fields have their types', () => {
    expect(attributesOf(serviceOps)).toMatchObject([
      { name: 'costCentre', type: 'integer', description: 'Cost centre' },
      { name: 'started', type: 'dateTime', description: 'Started' },
    ]);
  });
});

test('/ResourceTypes name their schemas, each of which is served', async () => {
  const list = objects((await pilot.request('GET', '/ResourceTypes')).json.Resources);
  expect(list.map((one) => one.schema)).toEqual([coreUser, coreGroup]);
  for (const type of list) {
    expect(Object.keys(type).sort()).toEqual(
      ['description', 'endpoint', 'id', 'meta', 'name', 'schema', 'schemaExtensions', 'schemas'].sort(),
    );
    expect(type.meta).toEqual({ resourceType: 'ResourceType', location: `${pilot.url}/ResourceTypes/${type.id}` });
    for (const extension of objects(type.schemaExtensions)) {
      expect(extension).toEqual({ schema: expect.any(String), required: false });
      expect((await pilot.request('GET', `/Schemas/${extension.schema}`)).status).toBe(200);
    }
  }
});

test('a resource is at its meta.location; an Error holds what RFC 7644 §3.12 names and no more', async () => {
  for (const [path, body, type] of [
    ['/Users', entraUser(), 'User'],
    ['/Groups', entraGroup(), 'Group'],
  ] as const) {
    const record = await created(pilot, path, body);
    expect(record.meta).toMatchObject({ resourceType: type, location: `${pilot.url}${path}/${record.id}` });
    expect((await pilot.request('GET', textAt(record, 'meta', 'location'))).json.id).toBe(record.id);
  }
  const error = await pilot.request('POST', '/Users', entraUser({ [serviceOps]: { costCentre: 'CC-12' } }));
  expect(Object.keys(error.json).sort()).toEqual(['detail', 'schemas', 'scimType', 'status']);
});
