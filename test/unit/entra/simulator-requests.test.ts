import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userAgent } from '../../../src-main/entra/index.ts';
import { EndpointDouble } from './endpoint-double.ts';
import { bodies, type Played, play, requests } from './play.ts';

/** What goes over the wire, phase by phase: section numbers are those of docs/entra.md. */

const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const guid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const clock = { now: () => Date.UTC(2026, 2, 4, 9, 41, 27, 120), monotonic: () => performance.now() };

/** Ids of the double in order of creation: three users, then two groups. */
const [first, second, third, staff, crew] = ['id-1', 'id-2', 'id-3', 'id-4', 'id-5'];

describe.each([
  ['without the flag', '', false],
  ['with aadOptscim062020 in the Tenant URL', '?aadOptscim062020', false],
  ['with the compliant forms asked for', '', true],
])('%s', (_title, query, compliant) => {
  const flag = query !== '' || compliant;
  let double: EndpointDouble;
  let played: Played;

  beforeAll(async () => {
    double = await EndpointDouble.listen();
    played = await play(double.url + query, { compliant, clock });
  });
  afterAll(() => double[Symbol.asyncDispose]());

  test('§1.0 bearer token, marked user agent, SCIM content type on bodies only, no flag forwarded', () => {
    for (const { method, url, headers } of double.received) {
      expect(headers.authorization).toBe('Bearer wave-token');
      expect(headers['user-agent']).toBe(userAgent);
      expect(headers['content-type']).toBe(method === 'GET' ? undefined : 'application/scim+json');
      expect(url).not.toContain('aadOptscim062020');
    }
    expect(userAgent).toMatch(/^SCIM-Pilot-Simulator\/\d+\.\d+\.\d+/);
  });

  test('§1.1 the connection test, and the probe at the start of both cycles', () => {
    const user = new RegExp(`^/scim/v2/Users\\?filter=userName\\+eq\\+%22${guid}%22$`);
    const group = new RegExp(`^/scim/v2/Groups\\?excludedAttributes=members&filter=displayName\\+eq\\+%22${guid}%22$`);
    expect(double.received.slice(0, 2).map(({ method, url }) => [method, user.test(url), group.test(url)])).toEqual([
      ['GET', true, false],
      ['GET', false, true],
    ]);
    const probes = [...requests(double, 'GET', user), ...requests(double, 'GET', group)].map(({ url }) => url);
    expect(probes).toHaveLength(6);
    expect(new Set(probes).size).toBe(6);
  });

  test('§1.4, §1.13 match queries, encoded as captured', () => {
    const urls = double.received.map(({ url }) => url);
    expect(urls).toContain('/scim/v2/Users?filter=userName+eq+%22orla.d%27arcy%40fabrikvale.example%22');
    expect(urls).toContain('/scim/v2/Groups?excludedAttributes=members&filter=displayName+eq+%22Estuary+Crew%22');
  });

  test('§1.3 the body of a create', () => {
    expect(bodies(double, 'POST', /\/Users$/)[1]).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
      externalId: 'juergen.mueller-weiss',
      userName: 'juergen.mueller-weiss@fabrikvale.example',
      active: true,
      displayName: 'Jürgen Müller-Weiß',
      title: 'Field Technician (Level 2)',
      preferredLanguage: 'de-DE',
      emails: [{ primary: true, type: 'work', value: 'juergen.mueller-weiss@fabrikvale.example' }],
      addresses: [
        {
          primary: true,
          type: 'work',
          formatted: 'Haus am Kanal',
          streetAddress: 'Kanalstraße 17',
          locality: 'Lübeck',
          region: 'Schleswig-Holstein',
          postalCode: '23552',
          country: 'DE',
        },
      ],
      phoneNumbers: [
        { type: 'work', value: '+49 451 555 0101' },
        { type: 'mobile', value: '+49 451 555 0201' },
      ],
      name: { formatted: 'Jürgen Müller-Weiß', familyName: 'Müller-Weiß', givenName: 'Jürgen' },
      meta: { resourceType: 'User' },
      roles: [],
      [enterprise]: { employeeNumber: '70401', department: 'Facilities & Grounds' },
    });
  });

  test('§1.2 users, then managers, then groups, then members', () => {
    const initial = played.calls.filter(({ phase }) => phase === 'initial cycle').slice(2);
    const steps = initial.map(({ call }) => `${call.method} ${call.path.replace(/^\/scim\/v2|\?.*$/g, '')}`);
    expect(steps).toEqual([
      ...Array.from({ length: 3 }, () => ['GET /Users', 'POST /Users']).flat(),
      `PATCH /Users/${second}`,
      `PATCH /Users/${third}`,
      ...Array.from({ length: 2 }, () => ['GET /Groups', 'POST /Groups']).flat(),
      `PATCH /Groups/${staff}`,
      `PATCH /Groups/${crew}`,
    ]);
  });

  test('§1.12 the manager as a bare id under the full name', () => {
    expect(bodies(double, 'PATCH', /Users\/id-3$/)[0]).toEqual({
      schemas: [patchOp],
      Operations: [{ op: flag ? 'add' : 'Add', path: `${enterprise}:manager`, value: first }],
    });
  });

  test('§1.13 groups are created empty, with Microsoft’s second schema', () => {
    expect(bodies(double, 'POST', /\/Groups$/)[0]).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: expect.stringMatching(new RegExp(`^${guid}$`)),
      displayName: 'All Staff',
      meta: { resourceType: 'Group' },
    });
  });

  test('§1.15 several members in one operation', () => {
    expect(bodies(double, 'PATCH', /Groups\/id-4$/)[0]).toEqual({
      schemas: [patchOp],
      Operations: [
        {
          op: flag ? 'add' : 'Add',
          path: 'members',
          value: [first, second, third].map((value) => ({ $ref: null, value })),
        },
      ],
    });
  });

  test('§1.2b known objects are read by id first, groups without members', () => {
    const reads = requests(double, 'GET', /\/id-/).map(({ url }) => url);
    expect(reads).toEqual([
      '/scim/v2/Users/id-1',
      '/scim/v2/Users/id-2',
      '/scim/v2/Users/id-3',
      '/scim/v2/Groups/id-4?excludedAttributes=members',
      '/scim/v2/Groups/id-5?excludedAttributes=members',
    ]);
  });

  test('§1.6 an update of what differs and nothing else', () => {
    const department = `${enterprise}:department`;
    const mobile = { path: 'phoneNumbers[type eq "mobile"].value', value: '+353 85 555 0101' };
    expect(bodies(double, 'PATCH', /Users\/id-1$/)[0]).toEqual({
      schemas: [patchOp],
      Operations: flag
        ? [
            { op: 'add', ...mobile },
            { op: 'replace', value: { title: 'Network Engineer', [department]: 'IT Service Desk' } },
          ]
        : [
            { op: 'Replace', path: 'title', value: 'Network Engineer' },
            { op: 'Add', ...mobile },
            { op: 'Replace', path: department, value: 'IT Service Desk' },
          ],
    });
    const surname = 'Müller-Weiß-Hollós';
    expect(bodies(double, 'PATCH', /Users\/id-2$/)[1]).toEqual({
      schemas: [patchOp],
      Operations: flag
        ? [
            {
              op: 'replace',
              value: {
                displayName: `Jürgen ${surname}`,
                'name.familyName': surname,
                'name.formatted': `Jürgen ${surname}`,
              },
            },
          ]
        : [
            { op: 'Replace', path: 'displayName', value: `Jürgen ${surname}` },
            { op: 'Replace', path: 'name.familyName', value: surname },
            { op: 'Replace', path: 'name.formatted', value: `Jürgen ${surname}` },
          ],
    });
  });

  test('§1.8 a disable: the text "False" without the flag, a boolean with it', () => {
    expect(bodies(double, 'PATCH', /Users\/id-3$/)[1]).toEqual({
      schemas: [patchOp],
      Operations: [
        flag ? { op: 'replace', path: 'active', value: false } : { op: 'Replace', path: 'active', value: 'False' },
      ],
    });
  });

  test('§1.14 a group is renamed', () => {
    const displayName = 'Estuary Crew 2026-03-04 09.41.27.120';
    expect(bodies(double, 'PATCH', /Groups\/id-5$/)[1]).toEqual({
      schemas: [patchOp],
      Operations: [
        flag ? { op: 'replace', value: { displayName } } : { op: 'Replace', path: 'displayName', value: displayName },
      ],
    });
  });

  test('§1.15 a member leaves: a value array without the flag, a filtered path with it (quirk 16)', () => {
    expect(bodies(double, 'PATCH', /Groups\/id-4$/)[1]).toEqual({
      schemas: [patchOp],
      Operations: [
        flag
          ? { op: 'remove', path: `members[value eq "${second}"]` }
          : { op: 'Remove', path: 'members', value: [{ $ref: null, value: second }] },
      ],
    });
  });

  test('every call is told, and counted', () => {
    expect(played.calls.map(({ call }) => [call.number, call.method, call.path])).toEqual(
      double.received.map(({ method, url }, index) => [index + 1, method, url]),
    );
    expect(played.calls.map(({ call }) => call.requestBody ?? '')).toEqual(double.received.map(({ body }) => body));
    expect(played.calls.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    expect(played.summary).toMatchObject({
      calls: double.received.length,
      created: 5,
      updated: 8,
      disabled: 1,
      failed: 0,
      odd: 0,
      escrowed: 0,
      stopped: null,
      cancelled: false,
    });
    expect(played.summary.medianMs).toBeGreaterThan(0);
  });
});

test('a second run matches people and patches what differs: the disabled one is enabled again', async () => {
  await using double = await EndpointDouble.listen();
  await play(double.url);
  const before = double.received.length;
  const { summary, calls } = await play(double.url, { clock });
  const again = double.received.slice(before);
  expect(again.filter(({ method, url }) => method === 'POST' && url.endsWith('/Users'))).toEqual([]);
  expect(summary).toMatchObject({ failed: 0, odd: 0, disabled: 1, escrowed: 0 });
  const enabled = again.find(({ method, url }) => method === 'PATCH' && url.endsWith('/Users/id-3'));
  expect(JSON.parse(enabled?.body ?? '{}').Operations).toEqual([{ op: 'Replace', path: 'active', value: 'True' }]);
  expect(calls.map(({ sentence }) => sentence)).toContain('Enabled 佐藤 花子 again.');
});

test('members travel at most 20 to a PATCH, and each of them once', async () => {
  await using double = await EndpointDouble.listen();
  await play(double.url, { users: 45, groups: 1 });
  const added = bodies(double, 'PATCH', /\/Groups\//)
    .flatMap((body) => (body as { Operations: { op: string; value?: { value: string }[] | string }[] }).Operations)
    .filter(({ op, value }) => op === 'Add' && Array.isArray(value))
    .map(({ value }) => (Array.isArray(value) ? value.map((one) => one.value) : []));
  expect(added.map((ids) => ids.length)).toEqual([20, 20, 5]);
  expect(new Set(added.flat()).size).toBe(45);
});

test('without groups nothing goes to /Groups, as with a disabled group mapping', async () => {
  await using double = await EndpointDouble.listen();
  const { summary } = await play(double.url, { groups: 0 });
  expect(requests(double, 'GET', /Groups/)).toEqual([]);
  expect(summary).toMatchObject({ created: 3, failed: 0 });
});

test('one lone person and group get through', async () => {
  await using double = await EndpointDouble.listen();
  const { summary } = await play(double.url, { users: 1, groups: 1 });
  expect(summary).toMatchObject({ created: 2, disabled: 0, failed: 0, odd: 0 });
});

describe('invented people', () => {
  async function invented(seed: number, users = 60): Promise<Record<string, unknown>[]> {
    await using double = await EndpointDouble.listen();
    await play(double.url, { seed, users, groups: 0 });
    return bodies(double, 'POST', /Users/) as Record<string, unknown>[];
  }

  test('are the same for the same seed and others for another', async () => {
    const [one, same, other] = await Promise.all([invented(7, 9), invented(7, 9), invented(8, 9)]);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  test('have names from around the world, unique ASCII user names and no real domain', async () => {
    const people = await invented(1, 200);
    const names = people.slice(0, 5).map(({ displayName }) => String(displayName));
    for (const script of [/['’]/, /[À-ž]/, /\p{sc=Han}/u, /\p{sc=Arabic}/u])
      expect(names.some((name) => script.test(name))).toBe(true);
    const userNames = people.map(({ userName }) => String(userName));
    expect(new Set(userNames.map((name) => name.toLowerCase())).size).toBe(200);
    for (const name of userNames) expect(name).toMatch(/^[a-z0-9.'-]+@fabrikvale\.example$/);
  });
});
