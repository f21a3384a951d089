import { describe, expect, test } from 'vitest';
import { doubledBearer, entraJwt, otherToken, ourToken } from '../../../src-main/contract/catalogue/credentials.ts';
import type { AttributeChange, CapturedCall, JsonObject, RecordChange } from '../../../src-main/contract/index.ts';
import { createDescribe } from '../../../src-main/insight/index.ts';
import { standardSchemas } from '../../../src-main/scim/index.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const describeCall = createDescribe({
  registry: () => standardSchemas,
  tenantAdmins: { named: (name) => name === 'root@x.example', hidden: (id) => (id === 'u-root' ? 'Root' : null) },
  sharesExternalId: () => false,
  nameOfUser: (id) => (id === 'u-henrik' ? 'Henrik Solberg' : null),
});

function call(
  over: Partial<CapturedCall> & { authorization?: string | null; body?: JsonObject | string } = {},
): CapturedCall {
  const { authorization = ourToken, body, ...rest } = over;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    seq: 1,
    code: 'J1E89',
    at: 0,
    durationMs: 1,
    method: 'GET',
    path: '/scim/v2/Users',
    query: '',
    requestHeaders: authorization === null ? [['Host', 'x']] : [['Authorization', authorization]],
    requestBody: text === undefined ? null : { text, bytes: text.length, cut: false },
    status: 200,
    responseHeaders: [],
    responseBody: null,
    source: '127.0.0.1',
    via: 'local',
    practice: false,
    stage: 'directory',
    scimType: null,
    detail: null,
    resourceType: 'User',
    resourceId: null,
    resourceName: null,
    totalResults: null,
    changes: [],
    shows: null,
    ...rest,
  };
}

function change(kind: RecordChange['kind'], over: Partial<RecordChange> = {}): RecordChange {
  return {
    resourceType: 'User',
    id: 'u1',
    name: 'Orla Brandt',
    kind,
    attributes: [],
    membersAdded: [],
    membersRemoved: [],
    ...over,
  };
}

const changed = (...paths: string[]): AttributeChange[] => paths.map((path) => ({ path, before: 'a', after: 'b' }));

/** The sentence as a row shows it. */
function say(subject: CapturedCall): string {
  const { verb, object, note } = describeCall(subject).sentence;
  return [[verb, object].filter((part) => part !== null).join(' '), note].filter((part) => part !== null).join(' · ');
}

const write = (made: RecordChange, over: Partial<CapturedCall> = {}) =>
  call({
    method: 'PATCH',
    path: `/scim/v2/${made.resourceType}s/1`,
    resourceType: made.resourceType,
    resourceName: made.name,
    changes: [made],
    ...over,
  });
const group = (kind: RecordChange['kind'], over: Partial<RecordChange> = {}) =>
  change(kind, { resourceType: 'Group', id: 'g1', name: 'Hydrology', ...over });
const member = (name: string) => ({ id: name, name });

describe('changes', () => {
  test.each([
    [
      write(change('created', { attributes: changed('userName', 'displayName', 'emails[type eq "work"].value') }), {
        method: 'POST',
        status: 201,
      }),
      'Created Orla Brandt · 3 attributes',
    ],
    [
      write(change('updated', { attributes: changed('title', `${enterprise}:department`) })),
      'Updated Orla Brandt · title, department',
    ],
    [
      write(
        change('updated', {
          attributes: changed(
            'emails[type eq "work"].value',
            'phoneNumbers[type eq "mobile"].value',
            'name.familyName',
          ),
        }),
      ),
      'Updated Orla Brandt · work e-mail, mobile phone, familyName',
    ],
    [
      write(change('updated', { attributes: changed('title', 'nickName', 'locale', 'timezone') })),
      'Updated Orla Brandt · title, nickName and 2 more',
    ],
    [write(change('archived', { attributes: changed('active') })), 'Archived Orla Brandt · active: true → false'],
    [write(change('restored', { attributes: changed('active') })), 'Restored Orla Brandt · active: false → true'],
    [
      write(change('deleted'), { method: 'DELETE', status: 204 }),
      'Deleted Orla Brandt · kept in ServiceOps as archived',
    ],
    [
      write(change('updated', { attributes: [{ path: `${enterprise}:manager`, after: { value: 'u-henrik' } }] })),
      'Set manager of Orla Brandt · Henrik Solberg',
    ],
    [
      write(change('updated', { attributes: [{ path: `${enterprise}:manager.value`, after: 'u-henrik' }] })),
      'Set manager of Orla Brandt · Henrik Solberg',
    ],
    [
      write(change('updated', { attributes: [{ path: `${enterprise}:manager`, before: { value: 'u-henrik' } }] })),
      'Removed the manager of Orla Brandt · Henrik Solberg',
    ],
    [write(group('created')), 'Created group Hydrology · no members yet'],
    [write(group('created', { membersAdded: [member('Ada')] })), 'Created group Hydrology · 1 member'],
    [
      write(group('updated', { membersAdded: [member('Niamh Ruane'), member('Pavel Horák')] })),
      'Added 2 members to Hydrology · Niamh Ruane, Pavel Horák',
    ],
    [write(group('updated', { membersRemoved: [member('Ada')] })), 'Removed 1 member from Hydrology · Ada'],
    [
      write(group('updated', { membersAdded: [member('A'), member('B'), member('C')], moreAdded: 997 })),
      'Added 1000 members to Hydrology · A, B and 998 more',
    ],
    [write(group('created', { membersAdded: [member('Ada')], moreAdded: 41 })), 'Created group Hydrology · 42 members'],
    [
      write(group('updated', { membersAdded: [member('A'), member('B')], membersRemoved: [member('C')] })),
      'Changed members of Hydrology · 2 members added, 1 member removed',
    ],
    [
      write(
        group('updated', {
          name: 'Coastal and Estuaries',
          attributes: [{ path: 'displayName', before: 'Estuaries', after: 'Coastal and Estuaries' }],
        }),
      ),
      'Renamed group Coastal and Estuaries · was Estuaries',
    ],
    [write(group('updated', { attributes: changed('externalId') })), 'Updated group Hydrology · externalId'],
    [write(group('deleted')), 'Deleted group Hydrology · it had no members'],
  ])('%#: %s', (subject, sentence) => {
    expect(say(subject)).toBe(sentence);
    expect(describeCall(subject).outcome).toBe('ok');
  });

  test('an attribute without a field here is odd', () => {
    const subject = write(change('updated', { attributes: changed('title', 'title2') }));
    expect([say(subject), describeCall(subject).outcome]).toEqual([
      'Updated Orla Brandt · title2 has no field here',
      'odd',
    ]);
  });

  test('a manager who is not here is odd', () => {
    const attributes = [{ path: `${enterprise}:manager`, after: { value: 'nobody' } }];
    const subject = write(change('updated', { attributes }));
    expect([say(subject), describeCall(subject).outcome]).toEqual([
      'Set manager of Orla Brandt · a user not known here',
      'odd',
    ]);
  });

  test('a write that changes nothing is odd: Azure believes otherwise', () => {
    const subject = call({ method: 'PATCH', resourceName: 'Orla Brandt' });
    expect([say(subject), describeCall(subject).outcome]).toEqual(['Updated Orla Brandt · nothing changed', 'odd']);
  });
});

describe('reads', () => {
  const query = (filter: string, totalResults: number, over: Partial<CapturedCall> = {}) =>
    call({ query: `filter=${encodeURIComponent(filter).replaceAll('%20', '+')}`, totalResults, ...over });
  const guid = '7c0d5a3e-8f1b-4a55-9a0e-2f6b1d4c9e10';

  test.each([
    [query('userName eq "orla@x.example"', 0), 'Looked for orla@x.example · not found'],
    [
      query('userName eq "orla@x.example"', 1, { resourceName: 'Orla Brandt' }),
      'Looked for orla@x.example · found Orla Brandt',
    ],
    [query('externalId eq jyoung', 1), 'Looked for jyoung · found'],
    [query('emails[type eq "work"].value eq "o@x.example"', 0), 'Looked for o@x.example · not found'],
    [
      query('displayName eq "R\\"D"', 1, { resourceType: 'Group', resourceName: 'R"D' }),
      'Looked for group R"D · found',
    ],
    [query('userName eq "a" and active eq true', 2), 'Searched users · 2 found'],
    [call({ totalResults: 7 }), 'Listed users · 7 in all'],
    [call({ totalResults: 7, resourceType: 'Group' }), 'Listed groups · 7 in all'],
    [call({ path: '/scim/v2/Users/1', resourceId: 'u1', resourceName: 'Orla Brandt' }), 'Read Orla Brandt'],
    [call({ path: '/scim/v2/Schemas', resourceType: null }), 'Read the schemas'],
    [call({ path: '/scim/v2/ResourceTypes', resourceType: null }), 'Read the resource types'],
    [call({ path: '/scim/v2/ServiceProviderConfig', resourceType: null }), "Read the endpoint's abilities"],
  ])('%#: %s', (subject, sentence) => {
    expect(say(subject)).toBe(sentence);
    expect(describeCall(subject)).toMatchObject({ outcome: 'ok', probe: false });
  });

  test('a GUID that nobody has is a connection test, provisionally', () => {
    expect(describeCall(query(`userName eq "${guid}"`, 0))).toEqual({
      sentence: { verb: 'Tested the connection', object: null, note: 'users answered' },
      outcome: 'ok',
      probe: true,
      plain: true,
      sought: { attribute: 'userName', value: guid },
      why: ['SP-PROBE'],
    });
    expect(say(query(`displayName eq "${guid}"`, 0, { resourceType: 'Group' }))).toBe(
      'Tested the connection · groups answered',
    );
    // Found: somebody has it, so it was a match query.
    expect(describeCall(query(`externalId eq "${guid}"`, 1)).probe).toBe(false);
  });

  test('two hits are odd: Entra refuses to choose', () => {
    const subject = query('externalId eq "x"', 2);
    expect([say(subject), describeCall(subject).outcome]).toEqual(['Looked for x · 2 found: Azure wants one', 'odd']);
  });

  test('a doubled Bearer is odd, and the remark says so instead of counting users', () => {
    const subject = describeCall(call({ totalResults: 0, authorization: doubledBearer }));
    expect(subject.outcome).toBe('odd');
    expect(subject.sentence.note).toBe('the token was pasted with the word Bearer');
  });

  test('what is not supported is named', () => {
    const detail = '[call J1E89] /scim/v2/Me is not supported here.';
    const { sentence } = describeCall(call({ status: 501, resourceType: null, detail }));
    expect(sentence).toEqual({ verb: 'Refused', object: null, note: '/scim/v2/Me is not supported here' });
  });
});

describe('failures', () => {
  const failed = (status: number, over: Parameters<typeof call>[0] = {}) => call({ status, ...over });
  const post = { method: 'POST', body: { displayName: 'Tomás Ferreira', userName: 't@x.example' } };

  test.each([
    [failed(409, { ...post, scimType: 'uniqueness' }), 'Could not create Tomás Ferreira · userName is taken'],
    [
      failed(409, { ...post, scimType: 'uniqueness', resourceType: 'Group' }),
      'Could not create group Tomás Ferreira · displayName is taken',
    ],
    [
      failed(400, { ...post, scimType: 'invalidValue', detail: '[call J1E89] userName must be text. It was 7.' }),
      'Could not create Tomás Ferreira · userName must be text',
    ],
    [
      failed(404, { method: 'PATCH', path: '/scim/v2/Users/u9', resourceId: 'u9' }),
      'Could not update u9 · no such user here',
    ],
    [
      failed(400, {
        method: 'PATCH',
        path: '/scim/v2/Users/u1',
        resourceName: 'Orla Brandt',
        detail: '[call J1E89] No.',
      }),
      'Could not update Orla Brandt · No',
    ],
    [
      failed(404, { method: 'DELETE', path: '/scim/v2/Groups/g9', resourceId: 'g9', resourceType: 'Group' }),
      'Could not delete group g9 · no such group here',
    ],
    [failed(404, { path: '/scim/v2/Users/u9', resourceId: 'u9' }), 'Could not read u9 · no such user here'],
    [
      failed(400, { query: 'filter=x', detail: '[call J1E89] At 2 an operator was expected.' }),
      'Could not look for users · At 2 an operator was expected',
    ],
    [failed(503, post), 'Could not create Tomás Ferreira · nothing could be stored'],
    [failed(401, { authorization: otherToken('x7Q') }), 'Refused: another token · ends …x7Q'],
    [failed(401, { authorization: otherToken(null) }), "Refused: another token · not this pilot's Secret Token"],
    [failed(401, { authorization: entraJwt }), 'Refused: no Secret Token · Azure used a token of its own'],
    [failed(401, { authorization: null }), 'Refused: no token · Secret Token missing'],
    [failed(401, { authorization: 'Basic [redacted]' }), 'Refused: no token · not a bearer token'],
    [
      failed(403, { requestHeaders: [['Origin', 'https://x.example']] }),
      'Refused: a web page · browsers may not call this endpoint',
    ],
    [failed(405, { method: 'PUT' }), "Refused · PUT can't be used there"],
    [
      failed(404, {
        resourceType: null,
        detail: '[call J1E89] The Tenant URL must end in /scim/v2; this call lacks it.',
      }),
      'Refused · The Tenant URL must end in /scim/v2',
    ],
  ])('%#: %s', (subject, sentence) => {
    expect(say(subject)).toBe(sentence);
    expect(describeCall(subject)).toMatchObject({ outcome: 'failed', probe: false });
  });

  test('a body that is no JSON names nobody', () => {
    expect(say(failed(400, { method: 'POST', body: '{broken', detail: '[call J1E89] The body is not JSON.' }))).toBe(
      'Could not create a user · The body is not JSON',
    );
  });

  test('a visitor who looks for a web page is odd, a Tenant URL without /scim/v2 is a failure', () => {
    const lost = (path: string) =>
      describeCall(failed(404, { resourceType: null, stage: 'endpoint', path, detail: '[call J1E89] Nothing.' }));
    expect(lost('/favicon.ico').outcome).toBe('odd');
    expect(lost('/').outcome).toBe('odd');
    expect(lost('/Users').outcome).toBe('failed');
    expect(lost('/scim/Users').outcome).toBe('failed');
  });

  test('notes stay short', () => {
    const subject = failed(400, { ...post, detail: `[call J1E89] ${'very '.repeat(100)}long.` });
    expect(describeCall(subject).sentence.note?.length).toBeLessThanOrEqual(80);
  });
});
