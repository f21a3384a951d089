import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callEntries, type ExplanationCode } from '../../src-main/contract/catalogue/explanations/index.ts';
import type { JsonObject } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { expectExplained, recordOf } from './explain.ts';
import { createdId, enterprise, entraGroup, entraUser, patch, serviceOps, unique } from './shapes.ts';

/* What is accepted but odd, and what only deserves a word, is met over HTTP and explained by its entry. */

let pilot: TestPilot;
let user = '';
let other = '';
let group = '';
let full = '';
const admin = `${unique('root')}@fabrikvale.example`;
let adminId = '';

beforeAll(async () => {
  pilot = await startTestPilot();
  user = await createdId(pilot, '/Users', entraUser({ externalId: 'twin' }));
  other = await createdId(pilot, '/Users', entraUser({ displayName: 'Ada Lovelace' }));
  adminId = await createdId(pilot, '/Users', entraUser({ userName: admin, displayName: 'Wanda Root' }));
  for (const _ of [1, 2]) await createdId(pilot, '/Users', entraUser({ externalId: 'many' }));
  group = await createdId(pilot, '/Groups', entraGroup());
  await createdId(pilot, '/Groups', entraGroup({ externalId: 'twin-group' }));
  full = await createdId(pilot, '/Groups', entraGroup({ members: [{ value: user }] }));
  await pilot.api.tenantAdmins.set([admin]);
  await pilot.api.attributes.define({ label: 'Room', type: 'String', attribute: `${serviceOps}:room` });
});
afterAll(() => pilot.close());

const guid = '7c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10';
const post =
  (body: JsonObject, headers: Record<string, string> = {}) =>
  () =>
    pilot.request('POST', '/Users', body, headers);
const change =
  (...operations: JsonObject[]) =>
  () =>
    pilot.request('PATCH', `/Users/${user}`, patch(...operations));
const ofGroup =
  (...operations: JsonObject[]) =>
  () =>
    pilot.request('PATCH', `/Groups/${group}`, patch(...operations));
const seek =
  (filter: string, path = '/Users') =>
  () =>
    pilot.request('GET', `${path}?filter=${encodeURIComponent(filter)}`);
const with2 = async () => {
  await ofGroup({ op: 'Add', path: 'members', value: [{ value: user }, { value: other }] })();
};

type Case = readonly [code: ExplanationCode, make: () => Promise<unknown>, said: string | RegExp | null];

const odd: Case[] = [
  ['SP-UNMAPPED', change({ op: 'Add', path: 'title2', value: 'x' }), 'brought title2 that'],
  [
    'SP-URN-UNKNOWN',
    change({ op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:Typo:2.0:User:room', value: 'x' }),
    'extension:Typo:2.0:User',
  ],
  ['SP-NOTHING-CHANGED', change({ op: 'Replace', path: 'displayName', value: 'Orla Brandt' }), 'nothing changed'],
  ['SP-NOTHING-CHANGED', ofGroup({ op: 'Remove', path: 'members', value: [{ value: 'nobody' }] }), 'nothing changed'],
  [
    'SP-NO-EFFECT',
    change(
      { op: 'Replace', path: 'displayName', value: 'Orla Brandt' },
      { op: 'Replace', path: 'title', value: unique('t') },
    ),
    null,
  ],
  ['SP-PASSWORD', post(entraUser({ password: 'hunter2' })), 'neither stored nor recorded'],
  ['SP-EMAIL-MISSING', post(entraUser({ emails: [] })), 'Coalesce([mail], [userPrincipalName])'],
  ['SP-EXTERNAL-ID-TWICE', post(entraUser({ externalId: 'twin' })), 'externalId twin is used by another user'],
  [
    'SP-GROUP-EXTERNAL-ID-TWICE',
    () => pilot.request('POST', '/Groups', entraGroup({ externalId: 'twin-group' })),
    /externalId twin-group is used by another group(?![\s\S]*mailNickname)/,
  ],
  [
    'SP-MANAGER-UNKNOWN',
    change({ op: 'Add', path: `${enterprise}:manager`, value: 'nobody-7' }),
    'The manager nobody-7 is an id that no user here has',
  ],
  [
    'SP-ROLES-TEXT',
    change({ op: 'Add', path: 'roles', value: [{ value: '{"id":"1","value":"Editor","displayName":"Editor"}' }] }),
    'AssertiveAppRoleAssignmentsComplex',
  ],
  ['SP-GUEST-NAME', post(entraUser({ userName: `${unique('g')}_x.example#EXT#@fabrikvale.example` })), '#EXT#'],
  ['SP-MATCH-MANY', seek('externalId eq "many"'), 'looked for many in externalId and got 2 records'],
  ['SP-SEARCH-SCANNED', seek('title co "Tide"'), 'title co "Tide"'],
  [
    'SP-TENANT-ADMIN-SKIPPED',
    () => ofGroup({ op: 'Add', path: 'members', value: [{ value: user }, { value: adminId }] })(),
    'Wanda Root was to become a member',
  ],
  [
    'SP-MEMBERS-REPLACED',
    async () => {
      await with2();
      await ofGroup({ op: 'Replace', path: 'members', value: [{ value: user }] })();
    },
    '1 who were not in it',
  ],
  [
    'SP-MEMBERS-CLEARED',
    async () => {
      await with2();
      await ofGroup({ op: 'Remove', path: 'members' })();
    },
    '2 left the group',
  ],
  [
    'SP-TOKEN-DOUBLED',
    () => pilot.request('GET', '/Users?count=0', undefined, { authorization: `Bearer Bearer ${pilot.token}` }),
    'Paste the token alone',
  ],
];

const remarks: Case[] = [
  ['SP-PROBE', seek(`userName eq "${guid}"`), null],
  ['SP-PROBE', seek(`displayName eq "${guid}"`, '/Groups'), null],
  ['SP-NOT-FOUND', seek('userName eq "new@fabrikvale.example"'), null],
  ['SP-TENANT-ADMIN-SOUGHT', () => seek(`userName eq "${admin}"`)(), `${admin} is a ServiceOps tenant admin`],
  ['SP-MEMBERS-SHOWN', () => pilot.request('GET', `/Groups/${full}`), null],
  ['SP-ACTIVE-TEXT', change({ op: 'Replace', path: 'active', value: 'False' }), 'the text "False"'],
  [
    'SP-ARCHIVED',
    async () => {
      await change({ op: 'replace', path: 'active', value: true })();
      await change({ op: 'replace', path: 'active', value: false })();
    },
    'archived',
  ],
  ['SP-RESTORED', change({ op: 'Add', path: 'active', value: 'True' }), 'active again'],
  ['SP-EXTERNAL-ID-NICKNAME', post(entraUser({ externalId: 'orla.brandt' })), 'externalId is orla.brandt'],
  [
    'SP-EXTERNAL-ID-MISSING',
    () => pilot.request('POST', '/Groups', { displayName: unique('Crew') }),
    'The group was created',
  ],
  ['SP-EXTENSION-UNDECLARED', post(entraUser({ [serviceOps]: { room: '7' } })), serviceOps],
  ['SP-CREATED-INACTIVE', post(entraUser({ active: false })), null],
  ['SP-PUT', () => pilot.request('PUT', `/Users/${user}`, entraUser()), null],
  [
    'SP-BULK',
    () =>
      pilot.request('POST', '/Bulk', {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
        Operations: [{ method: 'POST', path: '/Users', bulkId: 'a', data: entraUser() }],
      }),
    null,
  ],
  [
    'SP-PRACTICE',
    () => pilot.request('GET', '/Users?count=0', undefined, { 'user-agent': 'SCIM-Pilot-Simulator/1.0' }),
    null,
  ],
  ['SP-DELETED-USER', () => pilot.request('DELETE', `/Users/${other}`), 'kept in Directory as deleted'],
  ['SP-DELETED-GROUP', () => pilot.request('DELETE', `/Groups/${group}`), 'with the members it had'],
];

describe.each([
  ['odd', odd],
  ['worth a word', remarks],
])('%s', (_, cases) => {
  test.each(cases)('%s', async (code, make, said) => {
    expectExplained(await recordOf(pilot, make), code, said);
  });
});

test('a create as Azure makes it by its standard mappings is good, and so is what Azure reads', async () => {
  const manager = await createdId(pilot, '/Users', entraUser());
  const calls = [
    await recordOf(pilot, post(entraUser({ [enterprise]: { manager: { value: manager } } }))),
    await recordOf(pilot, () => pilot.request('GET', `/Users/${manager}`)),
    await recordOf(pilot, () =>
      pilot.request('GET', '/Groups?excludedAttributes=members&filter=displayName+eq+%22x%22'),
    ),
  ];
  expect(calls.map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
  expect(
    calls.flatMap(({ why }) => why).filter((code) => callEntries[code as ExplanationCode].severity !== 'info'),
  ).toEqual([]);
});

test('an active that is true or false is not taken for text, whatever stands beside it', async () => {
  const body = { userName: unique('flag'), active: true, nickName: 'true', title: 'False' };
  expect((await recordOf(pilot, post(body))).why).not.toContain('SP-ACTIVE-TEXT');
  const patched = change(
    { path: 'active', op: 'replace', value: false },
    { op: 'replace', path: 'title', value: 'True' },
  );
  expect((await recordOf(pilot, patched)).why).not.toContain('SP-ACTIVE-TEXT');
  const asText = change({ path: 'active', op: 'add', value: 'True' });
  expect((await recordOf(pilot, asText)).why).toContain('SP-ACTIVE-TEXT');
});

test('what needs attention is counted by code, the newest first; what was only practised is marked', async () => {
  const agent = { 'user-agent': 'SCIM-Pilot-Simulator/1.0' };
  await post({ displayName: 'Practised' }, agent)();
  await recordOf(pilot, post(entraUser({ emails: [], displayName: 'Mail Less' })));
  const { needs } = await pilot.api.overview();
  expect(needs[0]).toMatchObject({ code: 'SP-EMAIL-MISSING', severity: 'odd', practice: false });
  expect(needs[0]?.calls).toBeGreaterThanOrEqual(2);
  expect(needs[0]?.newest.sentence.object).toBe('Mail Less');
  expect(needs.find(({ code }) => code === 'SP-REQUIRED')).toMatchObject({
    calls: 1,
    practice: true,
    severity: 'failed',
  });
  expect(needs.map(({ code }) => code)).not.toContain('SP-PRACTICE');
});
