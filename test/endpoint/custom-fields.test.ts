import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FieldType, Json, JsonObject } from '../../src-main/contract/index.ts';
import { databaseFile } from '../../src-main/storage/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  coreUser,
  created,
  createdId,
  enterprise,
  entraUser,
  expectError,
  filter,
  patch,
  patched,
  serviceOps,
  unique,
} from './shapes.ts';

const fabrikvale = 'urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:User';
let pilot: TestPilot;

beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());
afterEach(async () => {
  for (const { id } of pilot.api.attributes.fields()) await pilot.api.attributes.retire(id);
});

async function define(label: string, type: FieldType, attribute: string | null): Promise<string> {
  return (await pilot.api.attributes.define({ label, type, attribute })).field.attribute;
}

/** Where a field lies: the keys that lead to it in a resource. */
function keysOf(attribute: string): string[] {
  const colon = attribute.lastIndexOf(':');
  const urn = attribute.slice(0, colon);
  return colon < 0 || urn === coreUser ? [attribute.slice(colon + 1)] : [urn, attribute.slice(colon + 1)];
}

/** A body's part that holds a value as Entra nests it. */
function nested(attribute: string, value: Json): JsonObject {
  const [first = '', second] = keysOf(attribute);
  return second === undefined ? { [first]: value } : { [first]: { [second]: value } };
}

async function read(id: string): Promise<JsonObject> {
  return (await pilot.request('GET', `/Users/${id}`)).json;
}

describe('a field may lie under any URN', () => {
  for (const attribute of [
    `${serviceOps}:costCentre`,
    `${fabrikvale}:badgeNumber`,
    `${enterprise}:floor`,
    `${coreUser}:seat`,
    'desk',
    'urn:example:hr:number',
  ]) {
    test(attribute, async () => {
      await define('Number', 'Integer', attribute);
      const keys = keysOf(attribute);
      const user = await created(pilot, '/Users', entraUser(nested(attribute, '12')));
      expect(at(user, ...keys)).toBe(12);
      const path = `/Users/${user.id}`;
      // Without the compliance flag: a path for each leaf. With it: pathless, the full name as key.
      expect(at(await patched(pilot, path, { op: 'Add', path: attribute, value: '13' }), ...keys)).toBe(13);
      expect(at(await patched(pilot, path, { op: 'replace', value: { [attribute]: 14 } }), ...keys)).toBe(14);
      const list = [{ op: 'Add', path: attribute, value: [{ value: '15' }] }];
      expect(at(await patched(pilot, path, ...list), ...keys)).toBe(15);
      const put = await pilot.request('PUT', path, { ...entraUser(), ...nested(attribute, 16) });
      expect([put.status, at(put.json, ...keys)]).toEqual([200, 16]);
      expect((await filter(pilot, '/Users', `${attribute} eq 16`)).json.totalResults).toBe(1);
      expect((await filter(pilot, '/Users', `${attribute} gt "15"`)).json.totalResults).toBe(1);
      expect((await filter(pilot, '/Users', `${attribute} eq 9`)).json.totalResults).toBe(0);
      const shown = await pilot.request('GET', `${path}?attributes=${encodeURIComponent(attribute)}`);
      expect(at(shown.json, ...keys)).toBe(16);
      expect(shown.json.userName).toBeUndefined();
      expect((await pilot.request('GET', `/Users?sortBy=${encodeURIComponent(attribute)}`)).status).toBe(200);
      const detail = await pilot.api.feed.page({ before: null, limit: 20, query: '' });
      const unmapped = detail.calls.filter((call) => call.why.includes('SP-UNMAPPED'));
      expect(unmapped.filter((call) => call.resourceId === user.id)).toEqual([]);
      expect(at(await patched(pilot, path, { op: 'Replace', path: attribute, value: '' }), ...keys)).toBeUndefined();
    });
  }

  test('a field named like an enterprise attribute leaves the short name with it', async () => {
    await define('Boss', 'String', `${serviceOps}:manager`);
    const boss = await createdId(pilot, '/Users', entraUser());
    const id = await createdId(pilot, '/Users', entraUser());
    const user = await patched(pilot, `/Users/${id}`, { op: 'Add', path: 'manager', value: boss });
    expect(at(user, enterprise, 'manager', 'value')).toBe(boss);
    expect(at(user, serviceOps)).toBeUndefined();
  });
});

describe('types', () => {
  const range = 'Cost centre wants a whole number between -9007199254740991 and 9007199254740991';
  const wrong: [FieldType, Json, string][] = [
    ['Integer', 'CC-12', 'Cost centre wants a whole number, Azure sent "CC-12".'],
    ['Integer', '4.5', 'Cost centre wants a whole number, Azure sent "4.5".'],
    ['Integer', '012', 'Cost centre wants a whole number written as 12, Azure sent "012".'],
    ['Integer', 4.5, 'Cost centre wants a whole number, Azure sent 4.5.'],
    ['Integer', true, 'Cost centre wants a whole number, Azure sent true.'],
    ['Integer', '9007199254740993', `${range}, Azure sent "9007199254740993".`],
    ['Integer', '-9007199254740992', `${range}, Azure sent "-9007199254740992".`],
    ['Integer', 9007199254740992, `${range}, Azure sent a number outside that range.`],
    ['Integer', -1e30, `${range}, Azure sent a number outside that range.`],
    ['Boolean', 'yes', 'Cost centre wants true or false, Azure sent "yes".'],
    ['Boolean', 1, 'Cost centre wants true or false, Azure sent 1.'],
    ['DateTime', 'soon', 'Cost centre wants a date and time such as "2026-03-01T08:00:00Z", Azure sent "soon".'],
    ['DateTime', '2026-02-30', 'Azure sent "2026-02-30".'],
    ['String', 12, 'Cost centre wants text, Azure sent 12.'],
    ['String', { a: 1 }, 'Cost centre wants text, Azure sent an object.'],
  ];
  for (const [type, value, words] of wrong) {
    test(`${type}: ${JSON.stringify(value)} is refused in words`, async () => {
      const attribute = await define('Cost centre', type, `${fabrikvale}:costCentre`);
      const id = await createdId(pilot, '/Users', entraUser());
      for (const answer of [
        await pilot.request('POST', '/Users', entraUser(nested(attribute, value))),
        await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'Replace', path: attribute, value })),
        await pilot.request('PATCH', `/Users/${id}`, patch({ op: 'replace', value: { [attribute]: value } })),
        await pilot.request('PUT', `/Users/${id}`, entraUser(nested(attribute, value))),
      ]) {
        expectError(answer, 400, 'invalidValue');
        expect(answer.json.detail).toContain(words);
        expect(answer.json.detail).toContain(`In Azure it is the attribute ${attribute}.`);
      }
      expect(at(await read(id), ...keysOf(attribute))).toBeUndefined();
    });
  }

  test.each<[FieldType, Json, Json]>([
    ['Boolean', 'True', true],
    ['Boolean', 'false', false],
    ['Integer', '-7', -7],
    ['DateTime', '2021-05-01T00:00:00.0000000Z', '2021-05-01T00:00:00.0000000Z'],
    ['DateTime', '2021-05-01', '2021-05-01'],
    ['String', '007', '007'],
  ])('%s: %j comes back as %j', async (type, sent, back) => {
    const attribute = await define('Field', type, `${serviceOps}:field`);
    const user = await created(pilot, '/Users', entraUser(nested(attribute, sent)));
    expect(at(user, serviceOps, 'field')).toBe(back);
    expect(user.schemas).toContain(serviceOps);
  });

  test('whatever is taken comes back as Azure compares it, over each way of sending it', async () => {
    const attributes = {
      String: await define('S', 'String', `${serviceOps}:s`),
      Integer: await define('I', 'Integer', `${serviceOps}:i`),
      Boolean: await define('B', 'Boolean', `${serviceOps}:b`),
      DateTime: await define('D', 'DateTime', `${serviceOps}:d`),
    };
    const id = await createdId(pilot, '/Users', entraUser());
    const date = fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true });
    const text = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((one) => one.isWellFormed() && !one.includes('\0'));
    const sample = fc.oneof(
      text.map((value): [FieldType, Json] => ['String', value]),
      fc.maxSafeInteger().map((value): [FieldType, Json] => ['Integer', value === 0 ? 0 : value]),
      fc.maxSafeInteger().map((value): [FieldType, Json] => ['Integer', String(value === 0 ? 0 : value)]),
      fc.constantFrom('True', 'False', true, false).map((value): [FieldType, Json] => ['Boolean', value]),
      date.map((value): [FieldType, Json] => ['DateTime', value.toISOString()]),
    );
    const way = fc.constantFrom('path', 'pathless', 'nested');
    await fc.assert(
      fc.asyncProperty(sample, way, async ([type, value], how) => {
        const attribute = attributes[type];
        const operation: JsonObject =
          how === 'path'
            ? { op: 'Replace', path: attribute, value }
            : { op: 'replace', value: how === 'pathless' ? { [attribute]: value } : nested(attribute, value) };
        const back = at(await patched(pilot, `/Users/${id}`, operation), ...keysOf(attribute));
        expect(String(back).toLowerCase()).toBe(String(value).toLowerCase());
        if (type === 'String' || type === 'DateTime') expect(back).toBe(value);
        else expect(typeof back).toBe(type === 'Integer' ? 'number' : 'boolean');
      }),
      { numRuns: 60 },
    );
  });
});

describe('discovery', () => {
  test('lists a field in its schema, complete and without vendor members or nulls', async () => {
    const before = (await pilot.request('GET', '/Schemas')).json.totalResults;
    await define('Cost centre', 'Integer', `${fabrikvale}:costCentre`);
    await define('Floor', 'String', `${enterprise}:floor`);
    const all = await pilot.request('GET', '/Schemas');
    expect(all.json.totalResults).toBe(Number(before) + 1);
    expect(all.text).not.toContain('null');
    expect(all.text).not.toContain('"label"');
    const schema = await pilot.request('GET', `/Schemas/${fabrikvale}`);
    expect(schema.json).toMatchObject({
      id: fabrikvale,
      name: 'Fabrikvale',
      attributes: [
        {
          name: 'costCentre',
          type: 'integer',
          multiValued: false,
          description: 'Cost centre',
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
      meta: { resourceType: 'Schema', location: `${pilot.url}/Schemas/${fabrikvale}` },
    });
    expect((await pilot.request('GET', `/Schemas/${enterprise}`)).text).toContain('"floor"');
    const user = (await pilot.request('GET', '/ResourceTypes/User')).json;
    expect(user.schemaExtensions).toContainEqual({ schema: fabrikvale, required: false });
  });
});

describe('unmapped attributes', () => {
  test('are kept, flagged and counted; one click makes a field of them, values and all', async () => {
    const attribute = `${fabrikvale}:${unique('badge').replaceAll('.', '')}`;
    const first = await createdId(pilot, '/Users', entraUser(nested(attribute, '12')));
    const second = await createdId(pilot, '/Users', entraUser());
    const third = await createdId(pilot, '/Users', entraUser(nested(attribute, '13')));
    await patched(pilot, `/Users/${second}`, { op: 'Add', path: attribute, value: 'CC-12' });
    const overview = await pilot.api.attributes.overview();
    const seen = overview.unmapped.find((one) => one.path === attribute);
    expect(seen).toMatchObject({ resourceType: 'User', records: 3, example: '12', definable: true });
    const call = await pilot.api.feed.call(seen?.lastCall ?? '');
    expect(call).toMatchObject({ method: 'PATCH', resourceId: second, outcome: 'odd' });

    const version = (await read(third)).meta;
    const { field, stored } = await pilot.api.attributes.defineFromUnmapped(attribute, 'Badge', 'Integer');
    expect(stored).toEqual({ values: 3, wrong: 1, examples: [{ userName: expect.any(String), value: 'CC-12' }] });
    expect(at(await read(first), ...keysOf(attribute))).toBe(12);
    expect(at(await read(second), ...keysOf(attribute))).toBe('CC-12');
    expect((await read(third)).meta).not.toEqual(version);
    expect((await filter(pilot, '/Users', `${attribute} eq 13`)).json.totalResults).toBe(1);
    const after = await pilot.api.attributes.overview();
    expect(after.unmapped.map((one) => one.path)).not.toContain(attribute);
    expect(after.fields).toMatchObject([{ label: 'Badge', madeUp: false, records: 3, wrong: 1 }]);

    await pilot.api.attributes.retire(field.id);
    expect((await pilot.api.attributes.overview()).unmapped).toContainEqual(
      expect.objectContaining({ path: attribute, records: 3 }),
    );
    expect(at(await read(first), ...keysOf(attribute))).toBe(12);
    expectError(await filter(pilot, '/Users', `${attribute} eq 13`), 400, 'invalidFilter');
    // And back again.
    await pilot.api.attributes.define({ label: 'Badge', type: 'Integer', attribute });
    expect((await filter(pilot, '/Users', `${attribute} eq 13`)).json.totalResults).toBe(1);
  });

  test('a field takes over values that were stored under another spelling', async () => {
    const name = unique('Spelling').replaceAll('.', '');
    const id = await createdId(
      pilot,
      '/Users',
      entraUser({ [fabrikvale.toUpperCase()]: { [name.toUpperCase()]: 'x' } }),
    );
    await define('Spelling', 'String', `${fabrikvale}:${name}`);
    expect(at(await read(id), fabrikvale, name)).toBe('x');
    const user = await patched(pilot, `/Users/${id}`, { op: 'replace', path: `${fabrikvale}:${name}`, value: 'y' });
    expect(Object.keys(user).filter((key) => key.toLowerCase() === fabrikvale.toLowerCase())).toEqual([fabrikvale]);
    expect(user[fabrikvale]).toEqual({ [name]: 'y' });
  });

  test('groups have them too; no field can be made of those, nor of lists and objects', async () => {
    const name = unique('odd').replaceAll('.', '');
    await createdId(pilot, '/Groups', { displayName: unique('Crew'), [name]: 'x' });
    await createdId(pilot, '/Users', entraUser({ [`${name}list`]: ['a', 'b'] }));
    const { unmapped } = await pilot.api.attributes.overview();
    expect(unmapped.find((one) => one.path === name)).toMatchObject({ resourceType: 'Group', definable: false });
    expect(unmapped.find((one) => one.path === `${name}list`)).toMatchObject({ records: 1, definable: false });
    await expect(pilot.api.attributes.defineFromUnmapped(name, 'X', 'String')).rejects.toThrow(/came without a field/);
  });

  test('the default mappings show what arrived', async () => {
    const { mappings } = await pilot.api.attributes.overview();
    expect(mappings.find((one) => one.target === 'userName')).toMatchObject({
      matching: 1,
      source: 'userPrincipalName',
    });
    expect(mappings.find((one) => one.target === 'emails[type eq "work"].value')?.records).toBeGreaterThan(0);
    expect(mappings.find((one) => one.target === 'members')).toMatchObject({ resourceType: 'Group' });
  });
});

describe('defining, renaming and retiring', () => {
  test('without a name a stand-in is made up and marked', async () => {
    const { field } = await pilot.api.attributes.define({ label: 'Cost centre', type: 'String', attribute: null });
    expect(field).toMatchObject({ attribute: `${serviceOps}:costCentre`, madeUp: true });
    const { field: other } = await pilot.api.attributes.define({ label: '部門', type: 'String', attribute: '' });
    expect(other.attribute).toBe(`${serviceOps}:field`);
  });

  test('a new attribute takes the values along', async () => {
    const { field } = await pilot.api.attributes.define({ label: 'Depot', type: 'String', attribute: null });
    const id = await createdId(pilot, '/Users', entraUser(nested(field.attribute, 'North')));
    const attribute = `${fabrikvale}:depot`;
    const renamed = await pilot.api.attributes.rename(field.id, { label: 'Depot name', attribute });
    expect(renamed).toMatchObject({
      field: { id: field.id, label: 'Depot name', attribute, madeUp: false },
      stored: { values: 1, wrong: 0 },
    });
    const user = await read(id);
    expect(user[fabrikvale]).toEqual({ depot: 'North' });
    expect(user[serviceOps]).toBeUndefined();
    expect(user.schemas).not.toContain(serviceOps);
    expect((await filter(pilot, '/Users', `${attribute} eq "north"`)).json.totalResults).toBe(1);
  });

  test('the name people use changes alone, and messages say the new one', async () => {
    const { field } = await pilot.api.attributes.define({ label: 'Seat', type: 'Integer', attribute: 'seatNumber' });
    await pilot.api.attributes.rename(field.id, { label: 'Chair', attribute: null });
    expect(pilot.api.attributes.fields()).toMatchObject([{ label: 'Chair', attribute: 'seatNumber' }]);
    const answer = await pilot.request('POST', '/Users', entraUser({ seatNumber: 'x' }));
    expect(answer.json.detail).toContain('Chair wants a whole number, Azure sent "x".');
  });

  test.each([
    ['userName', 'every user has already'],
    ['department', 'every user has already'],
    [`${enterprise}:manager`, 'every user has already'],
    [`${coreUser}:id`, 'every user has already'],
    ['password', 'never stored'],
    [enterprise, 'is a schema'],
    [fabrikvale, 'is a schema'],
    ['address.floor', 'has parts'],
    ['roles[primary eq "True"].value', 'has parts'],
    ['cost centre', "can't name an attribute"],
    ['__proto__', "can't name an attribute"],
    ['urn:x y:z', 'is not an attribute below a URN'],
    ['urn:ietf:params:scim:schemas:extension:Fabrikvale:2.0:Group:size', 'belongs to groups'],
  ])('%s is refused in words', async (attribute, words) => {
    await expect(pilot.api.attributes.define({ label: 'X', type: 'String', attribute })).rejects.toMatchObject({
      name: 'RequestError',
      code: 'invalid',
      message: expect.stringContaining(words),
    });
  });

  test('names that are taken are refused, in any letter case', async () => {
    await define('Depot', 'String', `${fabrikvale}:depot`);
    const taken = { code: 'taken' };
    const again = (label: string, attribute: string) =>
      pilot.api.attributes.define({ label, type: 'String', attribute });
    await expect(again('DEPOT', `${fabrikvale}:other`)).rejects.toMatchObject(taken);
    await expect(again('Other', `${fabrikvale.toUpperCase()}:DEPOT`)).rejects.toMatchObject(taken);
    await expect(again('Other', `${fabrikvale}:depot:inner`)).rejects.toMatchObject(taken);
    await expect(pilot.api.attributes.retire(9_999)).rejects.toMatchObject({ code: 'unknown' });
  });

  test('constructor is a name like any other', async () => {
    await define('Odd', 'String', `${fabrikvale}:constructor`);
    const user = await created(pilot, '/Users', entraUser({ [fabrikvale]: { constructor: 'x' } }));
    expect(at(user, fabrikvale)).toEqual({ constructor: 'x' });
  });
});

test('fields, unmapped attributes and unfinished moves survive a restart', async () => {
  const first = await startTestPilot();
  const { field } = await first.api.attributes.define({ label: 'Depot', type: 'Integer', attribute: 'depot' });
  const id = await createdId(first, '/Users', entraUser({ depot: 4, oddity: 'x' }));
  await first.stop();
  // As if the program had ended right after a rename was stored, before the values had moved.
  const [folder = ''] = readdirSync(join(first.dataDir, 'pilots'));
  const db = new Database(databaseFile(join(first.dataDir, 'pilots', folder)));
  db.prepare(
    'UPDATE custom_fields SET attribute = ?, place_fold = lower(?), moving_from = ?, settled = 0 WHERE id = ?',
  ).run(`${serviceOps}:depot`, `${serviceOps}:depot`, 'depot', field.id);
  db.close();
  const second = await startTestPilot({ dataDir: first.dataDir });
  await expect
    .poll(async () => at((await second.request('GET', `/Users/${id}`)).json, serviceOps, 'depot'), { timeout: 10_000 })
    .toBe(4);
  expect(second.api.attributes.fields()).toMatchObject([{ attribute: `${serviceOps}:depot`, type: 'Integer' }]);
  const { unmapped } = await second.api.attributes.overview();
  expect(unmapped).toMatchObject([{ path: 'oddity', records: 1, lastCall: expect.stringMatching(/^[0-9A-Z]{5,}$/) }]);
  await second.stop();
  await first.close();
});
