import { connect } from 'node:net';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { ExplanationCode } from '../../src-main/contract/catalogue/explanations/index.ts';
import type { JsonObject, ProfileRule } from '../../src-main/contract/index.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';
import { callPublicly } from '../support/public-call.ts';
import { sendRaw } from '../support/raw.ts';
import { expectExplained, recordOf } from './explain.ts';
import { createdId, enterprise, entraGroup, entraUser, patch, serviceOps, unique } from './shapes.ts';

/* Every refusal is met over HTTP, and explained by its entry. */

let pilot: TestPilot;
/** A user and a group that are there. */
let user = '';
let group = '';
const name = `${unique('here')}@fabrikvale.example`;
const archived = `${unique('archived')}@fabrikvale.example`;
const admin = `${unique('root')}@fabrikvale.example`;
/** Ids that are gone in one way or the other. */
const gone = { purged: '', purgedKnown: '', hidden: '' };

beforeAll(async () => {
  pilot = await startTestPilot({ publicOrigin: 'https://pilot.example' });
  user = await createdId(pilot, '/Users', entraUser({ userName: name }));
  group = await createdId(pilot, '/Groups', entraGroup({ displayName: 'Hydrology' }));
  await createdId(pilot, '/Users', entraUser({ userName: archived, active: false }));
  gone.purgedKnown = await createdId(pilot, '/Users', entraUser());
  gone.purged = await createdId(pilot, '/Users', entraUser());
  await pilot.request('DELETE', `/Users/${gone.purged}`);
  for (const id of [gone.purgedKnown, gone.purged]) await pilot.api.directory.purge('User', id);
  gone.hidden = await createdId(pilot, '/Users', entraUser({ userName: admin, displayName: 'Wanda Root' }));
  await pilot.api.tenantAdmins.set([admin]);
  const field = (label: string, type: 'String' | 'Integer' | 'Boolean' | 'DateTime', leaf: string) =>
    pilot.api.attributes.define({ label, type, attribute: `${serviceOps}:${leaf}` });
  await field('Cost centre', 'Integer', 'costCenter');
  await field('Starts on', 'DateTime', 'startsOn');
  await field('Has badge', 'Boolean', 'hasBadge');
  await field('Room', 'String', 'room');
});
afterAll(() => pilot.close());

const own = (leaf: string, value: JsonObject[string]) => entraUser({ [serviceOps]: { [leaf]: value } });
const post = (body: unknown) => () => pilot.request('POST', '/Users', body);
const change =
  (...operations: JsonObject[]) =>
  () =>
    pilot.request('PATCH', `/Users/${user}`, patch(...operations));
const members =
  (...ids: string[]) =>
  () =>
    pilot.request(
      'PATCH',
      `/Groups/${group}`,
      patch({ op: 'Add', path: 'members', value: ids.map((value) => ({ value })) }),
    );
const find = (query: string) => () => pilot.request('GET', `/Users?${query}`);
const seek = (filter: string) => find(`filter=${encodeURIComponent(filter)}`);
const head = () => `Host: 127.0.0.1:${pilot.port}\r\nAuthorization: Bearer ${pilot.token}\r\n`;
const raw =
  (lines: string, body = '') =>
  () =>
    sendRaw(pilot.port, `${lines.replace('HEAD', head().trimEnd())}\r\nConnection: close\r\n\r\n${body}`);
const bulkUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const bulk =
  (...Operations: JsonObject[]) =>
  () =>
    pilot.request('POST', '/Bulk', { schemas: [bulkUrn], Operations });
const auth = (authorization: string | null) => () => pilot.request('GET', '/Users', undefined, { authorization });

type Case = readonly [code: ExplanationCode, make: () => Promise<unknown>, said: string | RegExp | null];

const door: Case[] = [
  ['SP-TOKEN-MISSING', auth(null), 'carried no Secret Token'],
  ['SP-TOKEN-OTHER', auth('Bearer an-older-token-that-endsx7Q'), 'ends in …x7Q'],
  ['SP-TOKEN-BLANK', auth(`Bearer ${jwt()}`), 'Azure issued itself'],
  ['SP-TOKEN-NOT-BEARER', auth('Basic dXNlcjpwYXNz'), 'basic or OAuth'],
  ['SP-HOST-UNKNOWN', publicly('other.example', '/Users'), 'host other.example'],
  ['SP-WEB-PAGE', () => pilot.request('GET', '/Users', undefined, { origin: 'https://x.example' }), 'Origin header'],
  ['SP-EXPECT', raw('GET /scim/v2/Users HTTP/1.1\r\nHEAD\r\nExpect: gold'), '417'],
  ['SP-BASE-MISSING', publicly('pilot.example', '//Users'), '/scim/v2'],
  ['SP-PATH-UNKNOWN', () => pilot.request('GET', '/Printers'), '/scim/v2/Printers'],
  ['SP-VISITOR', publicly('pilot.example', '//favicon.ico'), '/favicon.ico'],
  ['SP-ME', () => pilot.request('GET', '/Me'), '501'],
  ['SP-METHOD', () => pilot.request('PUT', '/Users', {}), 'PUT can’t be used on /scim/v2/Users'],
  ['SP-DISCOVERY-FILTER', () => pilot.request('GET', '/Schemas?filter=id+eq+%22x%22'), '403'],
  ['SP-DISCOVERY-UNKNOWN', () => pilot.request('GET', '/Schemas/urn:nobody'), 'no schema urn:nobody'],
  ['SP-ID-TOO-LONG', () => pilot.request('GET', `/Users/${'x'.repeat(5_000)}`), null],
  ['SP-ADDRESS-BROKEN', raw('GET /scim/v2/Users/%ZZ HTTP/1.1\r\nHEAD'), 'percent sign'],
];

const transport: Case[] = [
  ['SP-BODY-TOO-LARGE', post('x'.repeat(1_100_000)), '1 MB'],
  ['SP-MEDIA-TYPE', () => pilot.request('POST', '/Users', '<x/>', { 'content-type': 'text/xml' }), 'text/xml'],
  ['SP-BODY-ENCODED', () => pilot.request('POST', '/Users', '{}', { 'content-encoding': 'gzip' }), 'gzip'],
  ['SP-BODY-EMPTY', () => pilot.request('POST', '/Users'), '400'],
  [
    'SP-BODY-NOT-UTF8',
    () =>
      fetch(`${pilot.url}/Users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${pilot.token}`, 'content-type': 'application/json' },
        body: new Uint8Array([123, 34, 255, 34, 125]),
      }),
    null,
  ],
  ['SP-BODY-NOT-JSON', post('{broken'), /Expected property name|position 1/],
  ['SP-BODY-NOT-OBJECT', post('[]'), null],
  ['SP-BODY-TOO-DEEP', post(`${'{"a":'.repeat(70)}1${'}'.repeat(70)}`), 'more than 64 deep'],
  ['SP-TEXT-BROKEN', post(entraUser({ title: 'a\u0000b' })), 'title holds'],
  ['SP-NUMBER-TOO-LARGE', post('{"userName":"x","title":1e999}'), 'title holds'],
  ['SP-NAME-FORBIDDEN', post('{"userName":"x","__proto__":1}'), '__proto__'],
  ['SP-HEADERS-TOO-LARGE', raw(`GET /scim/v2/Users HTTP/1.1\r\nHEAD\r\nX-Big: ${'x'.repeat(40_000)}`), '431'],
  ['SP-HTTP-LENGTHS', raw('POST /scim/v2/Users HTTP/1.1\r\nHEAD\r\nContent-Length: x', '{}'), null],
  ['SP-HTTP-HEADER', raw('GET /scim/v2/Users HTTP/1.1\r\nHEAD\r\nbro ken: x'), null],
  ['SP-NOT-HTTP', () => sendRaw(pilot.port, 'THIS IS NOT HTTP\r\n\r\n'), 'http, not https'],
  ['SP-HUNG-UP', hangUp, null],
];

const searches: Case[] = [
  ['SP-MATCH-NOT-FILTERABLE', seek('badgeColour eq "red"'), 'User has no attribute "badgeColour"'],
  ['SP-FILTER-SYNTAX', seek('userName eq'), 'position 12'],
  ['SP-FILTER-VALUE', seek('active eq "perhaps"'), 'active is true or false'],
  ['SP-FILTER-PARTS', seek('name eq "x"'), 'name is made of parts'],
  ['SP-FILTER-PARTS', seek('manager.displayName eq "x"'), 'is neither kept nor shown here: compare manager.value'],
  ['SP-QUERY-PARAMETER', find('count=many'), 'count must be a whole number'],
  ['SP-QUERY-TWICE', find('filter=a&filter=b'), 'holds filter twice'],
  ['SP-QUERY-PERCENT', find('filter=%ZZ'), 'percent sign'],
  ['SP-SORT', find('sortBy=nobody'), 'User has no attribute "nobody"'],
];

const rule = (path: string, over: Partial<ProfileRule>): ProfileRule => ({
  resourceType: 'User',
  path,
  required: false,
  maxLength: null,
  allowed: null,
  ...over,
});
const under = (rules: ProfileRule[], make: () => Promise<unknown>) => async () => {
  await pilot.api.profile.set(rules);
  await make();
  await pilot.api.profile.set([]);
};

const values: Case[] = [
  ['SP-VALUE-TYPE', post(entraUser({ title: 7 })), 'title wants text, a local caller sent 7'],
  ['SP-VALUE-TYPE', post(entraUser({ roles: ['Cook'] })), 'roles wants a list of objects, a local caller sent Cook'],
  [
    'SP-VALUE-TYPE',
    change({ op: 'Replace', path: 'active', value: 'maybe' }),
    'active wants true or false, a local caller sent maybe',
  ],
  [
    'SP-FIELD-NUMBER',
    post(own('costCenter', 'CC-12')),
    /Cost centre wants a whole number, a local caller sent CC-12[\s\S]*"CC-"/,
  ],
  [
    'SP-FIELD-NUMBER',
    post(own('costCenter', 2 ** 53)),
    'between -9007199254740991 and 9007199254740991, a local caller sent a number outside that range',
  ],
  ['SP-FIELD-DATE', post(own('startsOn', 'soon')), 'Starts on wants a date and time'],
  ['SP-FIELD-BOOLEAN', post(own('hasBadge', 'yes')), 'Has badge wants true or false, a local caller sent yes'],
  ['SP-FIELD-TEXT', post(own('room', 7)), 'Room wants text, a local caller sent 7'],
  ['SP-NUMBER-SPELLING', post(own('costCenter', '0012')), 'a local caller sent 0012: it would be read back as 12'],
  ['SP-REQUIRED', post({ displayName: 'Nobody' }), 'userName did not come'],
  ['SP-REQUIRED-EMPTIED', change({ op: 'Replace', path: 'userName', value: '' }), 'userName without a value'],
  ['SP-REQUIRED-EMPTIED', change({ op: 'Remove', path: 'userName' }), 'userName without a value'],
  ['SP-READ-ONLY', change({ op: 'Remove', path: 'id' }), 'id is set by this endpoint'],
  [
    'SP-TOO-MANY-VALUES',
    post(entraUser({ emails: Array.from({ length: 5_000 }, (_, i) => ({ value: `a${i}@x.example`, type: 'work' })) })),
    'emails came with more than',
  ],
  [
    'SP-RECORD-TOO-LARGE',
    async () => {
      const large = (n: number) => change({ op: 'add', path: `photo${n}`, value: 'x'.repeat(900_000) })();
      await large(1);
      await large(2);
      return large(3);
    },
    'the user would be larger than 2 MB',
  ],
  [
    'SP-PROFILE-EMAIL',
    under([rule('emails[type eq "work"].value', { required: true })], post(entraUser({ emails: [] }))),
    /emails\[type eq "work"\]\.value, and a local caller sent no value[\s\S]*Coalesce/,
  ],
  [
    'SP-PROFILE-REQUIRED',
    under([rule('title', { required: true })], post(entraUser({ title: '' }))),
    'ServiceOps requires title',
  ],
  [
    'SP-PROFILE-LENGTH',
    under([rule('title', { maxLength: 5 })], post(entraUser({ title: 'Harbour Master' }))),
    /at most 5 characters in title, a local caller sent Harbour Master[\s\S]*1, 5\)/,
  ],
  [
    'SP-PROFILE-ALLOWED',
    under([rule('title', { allowed: ['Cook', 'Chef'] })], post(entraUser({ title: 'Baker' }))),
    'only "Cook", "Chef" in title, a local caller sent Baker',
  ],
  [
    'SP-PILOT-LIMIT',
    async () => {
      await pilot.api.guide.setLimit(1);
      for (let i = 0; i < 8; i += 1) await post(entraUser())();
      await pilot.api.guide.setLimit(null);
    },
    'expects 1 users and takes 6 at most',
  ],
];

const patches: Case[] = [
  ['SP-PATCH-OPERATIONS', () => pilot.request('PATCH', `/Users/${user}`, {}), null],
  ['SP-PATCH-SCHEMA', () => pilot.request('PATCH', `/Users/${user}`, { schemas: [bulkUrn] }), '2.0:PatchOp'],
  ['SP-PATCH-OP', change({ op: 'move', path: 'title', value: 'x' }), 'Operation 1 is move'],
  ['SP-PATCH-NO-VALUE', change({ op: 'replace', path: 'title' }), 'Operation 1 (replace)'],
  ['SP-PATCH-PATH', change({ op: 'replace', path: 'name.', value: 'x' }), 'The path name. can’t be read'],
  ['SP-PATCH-PATH-FILTER', change({ op: 'replace', path: 'emails[type is "work"].value', value: 'x' }), 'position'],
  [
    'SP-PATCH-NO-TARGET',
    change({ op: 'replace', path: 'emails[value sw "z"].type', value: 'x' }),
    'No value of emails',
  ],
  ['SP-PATCH-REMOVE-ALL', change({ op: 'remove' }), null],
  [
    'SP-PATCH-BELOW',
    change({ op: 'add', path: 'odd1', value: 'x' }, { op: 'add', path: 'odd1.part', value: 'x' }),
    'odd1.part lies below',
  ],
  [
    'SP-PATCH-TOO-COSTLY',
    change(
      ...Array.from({ length: 4_000 }, (_, i) => ({
        op: 'replace',
        path: 'emails[type eq "work"].value',
        value: `${i}@x.example`,
      })),
      { op: 'add', path: 'emails', value: Array.from({ length: 900 }, (_, i) => ({ value: `b${i}@x.example` })) },
      ...Array.from({ length: 400 }, (_, i) => ({
        op: 'replace',
        path: 'emails[type eq "work"].value',
        value: `c${i}`,
      })),
    ),
    null,
  ],
];

const records: Case[] = [
  ['SP-USERNAME-TAKEN', () => post(entraUser({ userName: name }))(), /user Orla Brandt has already/],
  ['SP-USERNAME-TAKEN-ARCHIVED', () => post(entraUser({ userName: archived }))(), 'archived user Orla Brandt'],
  [
    'SP-GROUP-NAME-TAKEN',
    () => pilot.request('POST', '/Groups', entraGroup({ displayName: 'HYDROLOGY' })),
    'HYDROLOGY',
  ],
  ['SP-USER-UNKNOWN', () => pilot.request('GET', '/Users/nobody-1'), 'id nobody-1'],
  [
    'SP-GROUP-UNKNOWN',
    () => pilot.request('PATCH', '/Groups/nobody-2', patch({ op: 'add', path: 'displayName', value: 'x' })),
    'nobody-2',
  ],
  ['SP-DELETE-UNKNOWN', () => pilot.request('DELETE', '/Users/nobody-3'), 'user nobody-3'],
  ['SP-PURGED-KNOWN', () => pilot.request('GET', `/Users/${gone.purgedKnown}`), 'resetScope Full'],
  ['SP-PURGED', () => pilot.request('GET', `/Users/${gone.purged}`), 'The user was purged here on 20'],
  [
    'SP-VERSION',
    () =>
      pilot.request('PATCH', `/Users/${user}`, patch({ op: 'add', path: 'title', value: 'x' }), {
        'if-match': 'W/"0"',
      }),
    'If-Match',
  ],
  ['SP-TENANT-ADMIN', () => post(entraUser({ userName: admin }))(), `${admin} is a ServiceOps tenant admin`],
  ['SP-TENANT-ADMIN-HIDDEN', () => pilot.request('GET', `/Users/${gone.hidden}`), 'Wanda Root'],
];

const groups: Case[] = [
  ['SP-MEMBER-UNKNOWN', members('nobody-4'), 'nobody-4'],
  ['SP-MEMBER-PURGED', () => members(gone.purged)(), 'were purged here'],
  ['SP-MEMBER-GROUP', () => members(group)(), 'these are groups'],
  [
    'SP-MEMBER-FORM',
    () => pilot.request('PATCH', `/Groups/${group}`, patch({ op: 'add', path: 'members', value: [{ id: 'x' }] })),
    null,
  ],
  [
    'SP-MEMBER-PART',
    () => pilot.request('PATCH', `/Groups/${group}`, patch({ op: 'replace', path: 'members.value', value: 'x' })),
    'members.value can’t be changed',
  ],
];

const bulks: Case[] = [
  ['SP-BULK-FORM', bulk(), 'a list of at least one'],
  ['SP-BULK-FORM', () => pilot.request('POST', '/Bulk', {}), `must name ${bulkUrn}`],
  ['SP-BULK-TOO-MANY', bulk(...Array.from({ length: 1_001 }, () => ({}))), '1001 operations; 1000'],
  [
    'SP-BULK-TWICE',
    bulk({ method: 'POST', path: '/Users', bulkId: 'a' }, { method: 'POST', path: '/Users', bulkId: 'a' }),
    'bulkId a',
  ],
  ['SP-BULK-FAILED', bulk({ method: 'POST', path: '/Users', bulkId: 'a', data: {} }), '1 of 1'],
  // The cause of the operation is told as well.
  ['SP-REQUIRED', bulk({ method: 'POST', path: '/Users', bulkId: 'a', data: {} }), 'userName did not come'],
  ['SP-BULK-OPERATION', bulk({ method: 'FETCH', path: '/Users' }), 'POST, PUT, PATCH or DELETE'],
  ['SP-BULK-REFERENCE', bulk({ method: 'PATCH', path: '/Users/bulkId:z', data: {} }), 'No POST of this request'],
  [
    'SP-BULK-OPERATION',
    bulk({ method: 'DELETE', path: '/Users/00000000-0000-7000-8000-000000000000', version: 5 }),
    'an ETag as answers give it',
  ],
  [
    'SP-BULK-CIRCLE',
    bulk(
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'a',
        data: entraUser({ [enterprise]: { manager: { value: 'bulkId:b' } } }),
      },
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'b',
        data: { displayName: 'no name', [enterprise]: { manager: { value: 'bulkId:a' } } },
      },
    ),
    'one of these failed',
  ],
];

describe.each([
  ['the door', door],
  ['the HTTP message', transport],
  ['searches', searches],
  ['values', values],
  ['PATCH', patches],
  ['records', records],
  ['members', groups],
  ['bulk', bulks],
])('%s', (_, cases) => {
  test.each(cases)('%s', async (code, make, said) => {
    expectExplained(await recordOf(pilot, make), code, said);
  });
});

function publicly(host: string, path: string) {
  return () => callPublicly({ port: pilot.port, host, token: pilot.token, method: 'GET', path });
}

async function hangUp(): Promise<void> {
  const socket = connect(pilot.port, '127.0.0.1');
  socket.write(
    `POST /scim/v2/Users HTTP/1.1\r\n${head()}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":`,
  );
  await new Promise((resolve) => setTimeout(resolve, 60));
  socket.destroy();
}

function jwt(): string {
  const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ iss: 'https://sts.windows.net/0b9d2c52/' })}.c2lnbmF0dXJl`;
}
