import { expect } from 'vitest';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import type { TestAnswer, TestPilot } from '../support/pilot.ts';

export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const serviceOps = 'urn:ietf:params:scim:schemas:extension:ServiceOps:2.0:User';
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
export const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

let made = 0;

/** A name nobody else in this run has. */
export function unique(stem: string): string {
  made += 1;
  return `${stem}.${made}.${Math.random().toString(36).slice(2, 8)}`;
}

export function patch(...operations: JsonObject[]): JsonObject {
  return { schemas: [patchUrn], Operations: operations };
}

/** A create as Entra's default mappings send it (entra.md §1.3), `over` on top. */
export function entraUser(over: JsonObject = {}): JsonObject {
  const userName = `${unique('orla.brandt')}@fabrikvale.example`;
  return {
    schemas: [coreUser, enterprise],
    externalId: unique('orla.brandt'),
    userName,
    active: true,
    displayName: 'Orla Brandt',
    title: 'Tide Analyst',
    preferredLanguage: 'en-IE',
    emails: [{ primary: true, type: 'work', value: userName }],
    addresses: [
      {
        primary: true,
        type: 'work',
        streetAddress: '4 Quay Row',
        locality: 'Galway',
        region: 'Connacht',
        postalCode: 'H91 X0X0',
        country: 'IE',
        formatted: 'Office 2B',
      },
    ],
    phoneNumbers: [
      { type: 'work', value: '+353 91 555 0100' },
      { type: 'mobile', value: '+353 85 555 0101' },
    ],
    name: { formatted: 'Orla Brandt', familyName: 'Brandt', givenName: 'Orla' },
    meta: { resourceType: 'User' },
    roles: [],
    [enterprise]: { employeeNumber: '70412', department: 'Hydrology' },
    ...over,
  };
}

export function entraGroup(over: JsonObject = {}): JsonObject {
  return {
    schemas: [coreGroup, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
    externalId: unique('5b1e0c0e-7e0f-4d5d'),
    displayName: unique('Estuary Crew'),
    meta: { resourceType: 'Group' },
    ...over,
  };
}

/** Creates and gives the resource; fails the test on anything but 201. */
export async function created(pilot: TestPilot, path: '/Users' | '/Groups', body: JsonObject): Promise<JsonObject> {
  const answer = await pilot.request('POST', path, body);
  expect(answer.text).toContain('"id"');
  expect(answer.status).toBe(201);
  return answer.json;
}

export async function createdId(pilot: TestPilot, path: '/Users' | '/Groups', body: JsonObject): Promise<string> {
  return textAt(await created(pilot, path, body), 'id');
}

/** Applies a PATCH and reads the record afterwards; fails the test unless the PATCH is a success. */
export async function patched(pilot: TestPilot, path: string, ...operations: JsonObject[]): Promise<JsonObject> {
  const answer = await pilot.request('PATCH', path, patch(...operations));
  expect([answer.status, answer.status === 204 ? '' : answer.text]).toSatisfy(
    ([status]: [number, string]) => status === 200 || status === 204,
  );
  return (await pilot.request('GET', path)).json;
}

/** The value at a path of keys and indexes; undefined where there is none. */
export function at(value: Json | undefined, ...keys: (string | number)[]): Json | undefined {
  let here: Json | undefined = value;
  for (const key of keys) {
    if (Array.isArray(here) && typeof key === 'number') here = here[key];
    else if (typeof here === 'object' && here !== null && !Array.isArray(here) && typeof key === 'string')
      here = here[key];
    else return undefined;
  }
  return here;
}

export function textAt(value: Json | undefined, ...keys: (string | number)[]): string {
  const found = at(value, ...keys);
  if (typeof found !== 'string') throw new Error(`No text at ${keys.join('.')}: ${JSON.stringify(value)}`);
  return found;
}

/** The element of a multi-valued attribute with this `type`. */
export function ofType(value: Json | undefined, type: string): Json | undefined {
  return Array.isArray(value) ? value.find((one) => at(one, 'type') === type) : undefined;
}

/** Ids in `members`. */
export function memberIds(group: JsonObject): string[] {
  return Array.isArray(group.members) ? group.members.map((member) => textAt(member, 'value')).sort() : [];
}

export async function filter(
  pilot: TestPilot,
  path: '/Users' | '/Groups',
  text: string,
  more = '',
): Promise<TestAnswer> {
  const encoded = encodeURIComponent(text).replaceAll('%20', '+');
  return pilot.request('GET', `${path}?filter=${encoded}${more}`);
}

/** Demands a SCIM error body (RFC 7644 §3.12) with the call's code in its detail. */
export function expectError(answer: TestAnswer, status: number, scimType?: string): void {
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
  expect(answer.headers.get('content-type')).toBe('application/scim+json');
  expect(answer.json).toMatchObject({ schemas: [errorUrn], status: String(status) });
  expect(answer.json.scimType).toBe(scimType);
  expect(answer.json.detail).toMatch(/^\[call [0-9A-Z]{5,}\] \S/);
}
