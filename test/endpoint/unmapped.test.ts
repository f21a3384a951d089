import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import {
  at,
  coreGroup,
  coreUser,
  created,
  createdId,
  enterprise,
  entraGroup,
  entraUser,
  errorUrn,
  listUrn,
  patched,
  unique,
} from './shapes.ts';

/** Attributes that no schema knows: kept as they were sent, but never taken for what they are not. */

const vendor = 'urn:ietf:params:scim:schemas:extension:Harbour:2.0:User';
let pilot: TestPilot;
beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(() => pilot.close());

describe('RFC 7643 §3.1: schemas names the core schema of the type and extensions it can have, and no others', () => {
  const foreign = {
    '/Users': [
      coreGroup,
      coreGroup.toUpperCase(),
      errorUrn,
      listUrn,
      'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
    ],
    '/Groups': [coreUser, enterprise, enterprise.toUpperCase(), errorUrn],
  } as const;
  const minimal = { '/Users': () => entraUser(), '/Groups': () => entraGroup() };
  const cases = (['/Users', '/Groups'] as const).flatMap((path) => foreign[path].map((urn) => ({ path, urn })));

  test.each(cases)('$path with $urn', async ({ path, urn }) => {
    const before = await created(pilot, path, minimal[path]());
    const marked = await created(pilot, path, { ...minimal[path](), [urn]: { mark: 'x' } });
    expect(marked.schemas).toEqual(before.schemas);
    expect(marked[urn]).toEqual({ mark: 'x' });
    const after = await patched(pilot, `${path}/${before.id}`, { op: 'Add', path: `${urn}:mark`, value: 'x' });
    expect([after.schemas, after[urn]]).toEqual([before.schemas, { mark: 'x' }]);
  });

  test('but a custom field may lie below a URN of that kind', async () => {
    const urn = 'urn:ietf:params:scim:schemas:core:2.0:ServiceOps';
    const { field } = await pilot.api.attributes.define({ label: 'Berth', type: 'String', attribute: `${urn}:berth` });
    const user = await created(pilot, '/Users', entraUser({ [urn]: { berth: 'x' } }));
    expect(user.schemas).toContain(urn);
    await pilot.api.attributes.retire(field.id);
  });

  test('so that a query for the groups among all records finds groups alone', async () => {
    await created(pilot, '/Users', entraUser({ [coreGroup]: { displayName: 'x' } }));
    const filter = `schemas eq "${coreGroup}"`;
    const users = await pilot.request('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect([users.status, users.json.totalResults]).toEqual([200, 0]);
    const all = await pilot.request('POST', '/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter,
    });
    const groups = await pilot.request('GET', '/Groups?count=0');
    expect(all.json.totalResults).toBe(groups.json.totalResults);
  });

  test('extensions of the type and of a vendor are named', async () => {
    const user = await created(pilot, '/Users', entraUser({ [vendor]: { badge: 1 }, 'urn:odd': { a: 1 } }));
    expect(user.schemas).toEqual([coreUser, enterprise, vendor, 'urn:odd']);
    const group = await created(pilot, '/Groups', entraGroup({ 'urn:odd:2.0:Group': { a: 1 } }));
    expect(group.schemas).toEqual([coreGroup, 'urn:odd:2.0:Group']);
  });
});

describe('RFC 7643 §2.5 and quirk 17: what says "no value" is absent, however deep', () => {
  const nothing: [string, Json][] = [
    ['a null part', { a: null }],
    ['an empty part', { a: '' }],
    ['parts of parts', { a: { b: [null, { c: '' }] }, d: {} }],
    ['a list of null', [null]],
    ['a list of objects of null', [{ a: null }]],
    ['an empty object', {}],
  ];
  const homes: [string, (value: Json) => JsonObject][] = [
    ['at the top', (value) => ({ zz: value })],
    ['in the enterprise extension', (value) => ({ [enterprise]: { zz: value } })],
    ['in an unknown extension', (value) => ({ [vendor]: { zz: value } })],
    ['in a complex attribute', (value) => ({ name: { zz: value } })],
    ['in an element', (value) => ({ roles: [{ zz: value }] })],
  ];
  const cases = nothing.flatMap(([what, value]) => homes.map(([where, body]) => ({ what, where, body: body(value) })));

  test.each(cases)('$what, $where', async ({ body }) => {
    const userName = unique('hollow');
    const user = await created(pilot, '/Users', { userName, ...body });
    expect(Object.keys(user).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    expect(user.schemas).toEqual([coreUser]);
    const [call] = (await pilot.api.feed.page({ before: null, limit: 1, query: '' })).calls;
    expect(call?.why).not.toContain('SP-UNMAPPED');
  });

  test('beside values that stay, in a POST and in a PATCH', async () => {
    const sent: JsonObject = { keep: 0, no: false, gone: null, list: ['a', null, '', { b: null }, { c: 'd', e: '' }] };
    const kept = { keep: 0, no: false, list: ['a', { c: 'd' }] };
    const id = await createdId(pilot, '/Users', entraUser({ zz: sent, [vendor]: { zz: sent } }));
    const path = `/Users/${id}`;
    const user = (await pilot.request('GET', path)).json;
    expect([user.zz, at(user, vendor, 'zz')]).toEqual([kept, kept]);
    const changed = await patched(
      pilot,
      path,
      { op: 'Replace', path: 'zork', value: sent },
      { op: 'Add', path: `${enterprise}:zork`, value: sent },
      { op: 'Add', path: 'zorks[kind eq "x"].zork', value: sent },
      { op: 'replace', value: { [`${vendor}:zork`]: sent, 'emails[type eq "work"].zork': sent } },
    );
    expect([changed.zork, at(changed, enterprise, 'zork'), at(changed, vendor, 'zork')]).toEqual([kept, kept, kept]);
    expect(changed.zorks).toEqual([{ kind: 'x', zork: kept }]);
    expect(at(changed, 'emails', 0, 'zork')).toEqual(kept);
  });

  test('replaced by nothing but null, an attribute is gone', async () => {
    const id = await createdId(pilot, '/Users', entraUser({ zork: { a: 1 } }));
    const user = await patched(pilot, `/Users/${id}`, { op: 'replace', path: 'zork', value: { b: null } });
    expect(user.zork).toBeUndefined();
    const again = await patched(pilot, `/Users/${id}`, { op: 'replace', path: 'zork2', value: { b: null } });
    expect(again.zork2).toBeUndefined();
  });
});

describe('quirk 6 below a URN that no schema has', () => {
  const urn = 'urn:x:2.0:User';

  test('a dotted key is resolved, as in a path', async () => {
    const user = await created(pilot, '/Users', entraUser({ [urn]: { 'b.c': 2, 'b.d.e': 3, 'odd key.x': 4 } }));
    expect(user[urn]).toEqual({ b: { c: 2, d: { e: 3 } }, 'odd key.x': 4 });
    const changed = await patched(pilot, `/Users/${user.id}`, { op: 'replace', value: { [urn]: { 'b.c': 5 } } });
    expect(at(changed, urn, 'b')).toEqual({ c: 5, d: { e: 3 } });
    expect(at(await created(pilot, '/Users', entraUser({ [urn]: { 'a.password': 'p', c: 1 } })), urn)).toEqual({
      c: 1,
    });
  });

  test.each<[string, JsonObject, JsonObject]>([
    ['comes before it', { a: 'x', 'a.b': 1 }, { a: 'x', 'a.b': 1 }],
    ['comes after it', { 'a.b': 1, a: 'x' }, { a: 'x', 'a.b': 1 }],
    ['has another letter case', { 'A.b': 1, a: 'x' }, { a: 'x', 'A.b': 1 }],
    ['is a list', { 'a.b': 1, a: ['x'] }, { a: ['x'], 'a.b': 1 }],
    ['lies deeper', { 'a.b.c': 1, 'a.b': 2, 'a.d': 3 }, { a: { b: 2, d: 3 }, 'a.b.c': 1 }],
    ['has parts', { 'a.b': 1, a: { c: 2 } }, { a: { b: 1, c: 2 } }],
  ])('a dotted key keeps its value when what it would lie in %s', async (_what, sent, kept) => {
    const user = await created(pilot, '/Users', entraUser({ [urn]: sent }));
    expect(user[urn]).toEqual(kept);
    const other = await createdId(pilot, '/Users', entraUser());
    expect((await patched(pilot, `/Users/${other}`, { op: 'add', value: { [urn]: sent } }))[urn]).toEqual(kept);
  });

  test('a dotted key that is stored as it stands is changed and removed there', async () => {
    const id = await createdId(pilot, '/Users', entraUser({ [urn]: { a: 'x', 'a.b': 1, 'a.c': 2 } }));
    const change = async (...operations: JsonObject[]) => (await patched(pilot, `/Users/${id}`, ...operations))[urn];
    expect(await change({ op: 'remove', path: `${urn}:a` })).toEqual({ 'a.b': 1, 'a.c': 2 });
    expect(await change({ op: 'replace', value: { [urn]: { 'a.b': 5 } } })).toEqual({ 'a.b': 5, 'a.c': 2 });
    expect(await change({ op: 'replace', value: { [urn]: { 'A.B': 6 } } })).toEqual({ 'a.b': 6, 'a.c': 2 });
    expect(await change({ op: 'replace', path: `${urn}:a.b`, value: 7 })).toEqual({ 'a.b': 7, 'a.c': 2 });
    expect(await change({ op: 'remove', path: `${urn}.a.b` })).toEqual({ 'a.c': 2 });
    expect(await change({ op: 'replace', value: { [urn]: { 'a.c': null, d: 1 } } })).toEqual({ d: 1 });
    expect(await change({ op: 'add', value: { [urn]: { 'a.c': 3 } } })).toEqual({ d: 1, a: { c: 3 } });
  });

  test('a dot after the URN leads to its attribute, as below a known one', async () => {
    const user = await created(pilot, '/Users', entraUser({ [urn]: { a: 1, b: 2 } }));
    const shown = await pilot.request('GET', `/Users/${user.id}?attributes=${urn}.a`);
    expect(shown.json[urn]).toEqual({ a: 1 });
    const changed = await patched(pilot, `/Users/${user.id}`, { op: 'replace', path: `${urn}.b`, value: 3 });
    expect(changed[urn]).toEqual({ a: 1, b: 3 });
  });
});
