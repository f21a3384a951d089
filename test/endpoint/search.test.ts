import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestAnswer, type TestPilot } from '../support/pilot.ts';
import { createdId, entraGroup, entraUser, expectError, listUrn, textAt } from './shapes.ts';

/** POST /.search at the root: RFC 7644 §3.4.3. */
describe('a search over users and groups together', () => {
  let pilot: TestPilot;
  beforeAll(async () => {
    pilot = await startTestPilot();
    for (const name of ['Ada', 'Bob', 'Cleo']) {
      await createdId(pilot, '/Users', entraUser({ displayName: name, title: name === 'Bob' ? 'Pilot' : 'Analyst' }));
    }
    const member = await createdId(pilot, '/Users', entraUser({ displayName: 'Dan', title: 'Analyst' }));
    await createdId(pilot, '/Groups', { ...entraGroup(), displayName: 'Ada' });
    const crew = await createdId(pilot, '/Groups', { ...entraGroup(), displayName: 'Crew' });
    await pilot.request('PATCH', `/Groups/${crew}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: member }] }],
    });
  });
  afterAll(() => pilot.close());

  const search = (body: JsonObject) =>
    pilot.request('POST', '/.search', { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], ...body });
  const found = ({ json }: TestAnswer) => (json.Resources as JsonObject[]).map((one) => one.displayName);

  test('lists both, users first, paged as one', async () => {
    const all = await search({});
    expect(all.json).toMatchObject({ schemas: [listUrn], totalResults: 6, startIndex: 1, itemsPerPage: 6 });
    expect(found(all)).toEqual(['Ada', 'Bob', 'Cleo', 'Dan', 'Ada', 'Crew']);
    const across = await search({ startIndex: 4, count: 2 });
    expect(across.json).toMatchObject({ totalResults: 6, startIndex: 4, itemsPerPage: 2 });
    expect(found(across)).toEqual(['Dan', 'Ada']);
    expect(found(await search({ startIndex: 6, count: 10 }))).toEqual(['Crew']);
    expect(found(await search({ startIndex: 7 }))).toEqual([]);
  });

  test('shows groups of users and members of groups', async () => {
    const filter = 'displayName eq "crew" or displayName eq "dan"';
    const { json } = await search({ filter });
    expect(json.Resources).toMatchObject([
      { groups: [{ display: 'Crew' }] },
      { members: [{ type: 'User' }], meta: { resourceType: 'Group' } },
    ]);
    const named = await search({ filter, attributes: ['members.display'] });
    expect(named.json.Resources).toMatchObject([{}, { members: [{ display: 'Dan' }] }]);
  });

  test('counts exactly; a count below 0 is 0, one above the maximum the maximum', async () => {
    expect((await search({ count: -5 })).json).toMatchObject({ totalResults: 6, itemsPerPage: 0, Resources: [] });
    expect((await search({ count: 1_000_000, startIndex: -3 })).json).toMatchObject({ startIndex: 1, itemsPerPage: 6 });
  });

  test('RFC 7644 §3.4.2.1: an attribute that a type does not have has no value there', async () => {
    expect(found(await search({ filter: 'title eq "pilot" or displayName eq "crew"' }))).toEqual(['Bob', 'Crew']);
    expect(found(await search({ filter: 'members pr or displayName eq "ada"' }))).toEqual(['Ada', 'Ada', 'Crew']);
    expect(found(await search({ filter: 'not (title pr)' }))).toEqual(['Ada', 'Crew']);
    expect(found(await search({ filter: 'title ne "Analyst"' }))).toEqual(['Bob', 'Ada', 'Crew']);
    expect(found(await search({ filter: 'title eq null and displayName sw "c"' }))).toEqual(['Crew']);
    expect(found(await search({ filter: 'title gt "A" and displayName sw "a"' }))).toEqual(['Ada']);
    expect(found(await search({ filter: 'emails[not (type eq "zz")] and displayName sw "a"' }))).toEqual(['Ada']);
    expect(
      found(await search({ filter: 'emails[type eq "work"].value pr or members pr', count: 2, startIndex: 4 })),
    ).toEqual(['Dan', 'Crew']);
    // What stands there is read all the same.
    for (const filter of ['title xx "a"', 'active gt true or members pr', 'members[type eq] or title pr']) {
      expectError(await search({ filter }), 400, 'invalidFilter');
    }
  });

  test('an attribute of one type keeps the other out, one of neither is refused', async () => {
    expect(found(await search({ filter: 'displayName eq "ada"' }))).toEqual(['Ada', 'Ada']);
    expect(found(await search({ filter: 'title eq "pilot"' }))).toEqual(['Bob']);
    expect(found(await search({ filter: 'members pr' }))).toEqual(['Crew']);
    expect(found(await search({ filter: 'meta.resourceType eq "Group"' }))).toEqual(['Ada', 'Crew']);
    expectError(await search({ filter: 'nope eq "x"' }), 400, 'invalidFilter');
    expectError(await search({ filter: 'displayName eq' }), 400, 'invalidFilter');
  });

  test('shows what is asked for, sorts what is of one type', async () => {
    const { json } = await search({ filter: 'displayName eq "ada"', attributes: ['displayName'] });
    for (const one of json.Resources as JsonObject[])
      expect(Object.keys(one).sort()).toEqual(['displayName', 'id', 'schemas']);
    const sorted = await search({ filter: 'title eq "analyst"', sortBy: 'displayName', sortOrder: 'descending' });
    expect(found(sorted)).toEqual(['Dan', 'Cleo', 'Ada']);
    const byMembers = await search({ filter: 'displayName eq "crew"', sortBy: 'displayName' });
    expect(found(byMembers)).toEqual(['Crew']);
    expect(found(await search({ filter: 'displayName eq "nobody"', sortBy: 'userName' }))).toEqual([]);
    expectError(await search({ filter: 'title pr', sortBy: 'nope' }), 400, 'invalidPath');
    expectError(await search({ sortBy: 'displayName' }), 400, 'invalidValue');
  });

  test('RFC 7644 §3.4.2.1: a query of the root asks the same; without one the root tells of the endpoint', async () => {
    const query = async (text: string) => pilot.request('GET', `/?${text}`);
    expect(found(await query('filter=displayName+eq+%22ada%22'))).toEqual(['Ada', 'Ada']);
    expect((await query('startIndex=4&count=2')).json).toMatchObject({
      schemas: [listUrn],
      totalResults: 6,
      startIndex: 4,
    });
    expect(found(await query('filter=id+pr&attributes=displayName'))).toEqual([
      'Ada',
      'Bob',
      'Cleo',
      'Dan',
      'Ada',
      'Crew',
    ]);
    expectError(await query('filter=nope+eq+1'), 400, 'invalidFilter');
    for (const path of ['', '/', '/?aadOptscim062020']) {
      expect((await pilot.request('GET', path)).json.filter).toMatchObject({ supported: true });
    }
  });

  test('only POST goes there', async () => {
    expect((await pilot.request('GET', '/.search')).headers.get('allow')).toBe('POST');
  });
});

describe('a search of one type', () => {
  let pilot: TestPilot;
  beforeAll(async () => {
    pilot = await startTestPilot();
  });
  afterAll(() => pilot.close());

  test('answers as the query does', async () => {
    const body = entraUser();
    const id = await createdId(pilot, '/Users', body);
    const answer = await pilot.request('POST', '/Users/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: `userName eq "${textAt(body, 'userName')}"`,
      attributes: ['userName'],
      startIndex: 1,
      count: 5,
    });
    expect([answer.status, answer.json.Resources]).toEqual([
      200,
      [{ schemas: expect.any(Array), id, userName: textAt(body, 'userName') }],
    ]);
    expectError(await pilot.request('POST', '/Users/.search', { filter: 'nope' }), 400, 'invalidFilter');
  });

  test.each([
    [{ attributes: 5 }, 'attributes must be a list of texts'],
    [{ excludedAttributes: [5] }, 'excludedAttributes must be a list of texts'],
    [{ filter: 5 }, 'filter must be a text'],
    [{ sortBy: true }, 'sortBy must be a text'],
    [{ count: [1] }, 'count must be a whole number'],
  ])('what has the wrong type is named: %j', async (body, words) => {
    const answer = await pilot.request('POST', '/Users/.search', body);
    expectError(answer, 400, 'invalidValue');
    expect(answer.json.detail).toContain(words);
  });
});

describe('pages of large records', () => {
  let pilot: TestPilot;
  beforeAll(async () => {
    pilot = await startTestPilot();
    for (let n = 0; n < 12; n++) {
      const large = { nickName: `n${n}`, title: 'x'.repeat(1_000_000), userType: 'large', externalId: 'same' };
      await createdId(pilot, '/Users', entraUser(large));
    }
    await createdId(pilot, '/Groups', entraGroup());
  });
  afterAll(() => pilot.close());

  test.each([
    ['a list', '/Users?attributes=nickName'],
    ['an indexed order', '/Users?attributes=nickName&sortBy=userName'],
    ['any order', '/Users?attributes=nickName&sortBy=nickName'],
    ['a filter', `/Users?attributes=nickName&filter=${encodeURIComponent('userType eq "large"')}`],
    ['an index', `/Users?attributes=nickName&filter=${encodeURIComponent('externalId eq "same"')}`],
    ['users and groups', '/?attributes=nickName&count=50'],
  ])('%s is paged by what a page can hold, and comes whole', async (_name, path) => {
    const seen = new Set<string>();
    let pages = 0;
    for (let next = 1; ; pages++) {
      const { status, json } = await pilot.request('GET', `${path}&startIndex=${next}`);
      expect([status, json.startIndex]).toEqual([200, next]);
      const resources = json.Resources as JsonObject[];
      expect(json.itemsPerPage).toBe(resources.length);
      for (const { id } of resources) seen.add(String(id));
      next += resources.length;
      if (next > Number(json.totalResults)) break;
      expect(resources.length).toBeLessThan(10);
    }
    expect(pages).toBeGreaterThan(0);
    expect(seen.size).toBe(path.startsWith('/?') ? 13 : 12);
  });
});
