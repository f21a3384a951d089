import { describe, expect, test } from 'vitest';
import {
  type CallFacts,
  complete,
  describeQuery,
  fits,
  hasPart,
  parseQuery,
  partsOf,
  switchPart,
  withoutPart,
  withPart,
} from '../../../src-main/contract/query/index.ts';

const noon = new Date(2026, 10, 23, 12).getTime();
const minute = 60_000;

const call: CallFacts = {
  code: '7K2Q9',
  at: noon - 5 * minute,
  durationMs: 41.4,
  method: 'PATCH',
  address: '/scim/v2/Users/2819c223-7f76',
  status: 400,
  scimType: 'invalidValue',
  outcome: 'failed',
  practice: false,
  via: 'public',
  probe: false,
  source: '20.190.128.7',
  resourceType: 'User',
  resourceId: '2819c223-7f76',
  resourceName: 'Ådå Lovelace',
  object: 'Ådå Lovelace',
  totalResults: null,
  changeKind: 'updated',
  why: ['SP-WRONG-TYPE'],
  request: '{"Operations":[{"path":"title","value":"Caf\\u00e9 \\"Owner\\""}]}',
  response: '{"detail":"[call 7K2Q9] Cost centre wants a number"}',
  changedPaths: ['title', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'],
  changedValues: 'Clerk\nCafé',
};
const lookUp: CallFacts = {
  ...call,
  method: 'GET',
  address: '/scim/v2/Users?filter=userName eq "grace@fabrikvale.example"',
  status: 200,
  outcome: 'ok',
  resourceName: null,
  object: null,
  totalResults: 1,
  changeKind: null,
  request: null,
  response: null,
  changedPaths: [],
  changedValues: '',
};

function read(text: string) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.query;
}
const verdict = (text: string, facts: CallFacts) => fits(read(text), facts, noon);

describe('what fits', () => {
  test.each([
    'failed',
    'why:sp-wrong-type',
    'why:SP-WRONG',
    'not(practice)',
    'not(probe)',
    'not(odd)',
    'method:patch',
    'path:/users/2819',
    'status:400',
    'status:4xx',
    'status=400',
    'status>=400',
    'status>399',
    'status<401',
    'status<=400',
    'status:300..400',
    'status:300-400',
    'ms>41',
    'ms:41',
    'ms:40..42',
    'ms<=41.4',
    'user:lovelace',
    'user:"ÅDÅ L"',
    'name:ådå',
    'id:2819C',
    'code:7k2q9',
    'code:7K2Q9',
    'source:20.190.',
    'via:public',
    'action:updated',
    'scimtype:INVALIDVALUE',
    'attribute:title',
    'attribute:Department',
    'body:"café \\"owner\\""',
    'request:café',
    'response:"cost centre"',
    'body:clerk',
    'lovelace',
    '"Cost centre"',
    '7K2Q9',
    'since:10m',
    'since:today',
    'until:1m',
    'until:11:55',
    'since:11:55',
    'between:2026-11-23..2026-11-23',
    'between:1h..1m',
    'since:2026-11-23T11:54',
    'or(status:404 user:ådå)',
    'status:400 and user:ådå',
    'not(or(status:404 odd))',
    'and(failed not(practice))',
    'off(status:404)',
    'not(off(failed))',
    'or(off(failed))',
    '',
    '   ',
    'FAILED',
    'a=b x failed'.replace('a=b x ', ''),
  ])('%s', (text) => {
    expect(verdict(text, call)).toBe(true);
  });

  test.each([
    'odd',
    'why:WRONG',
    'ok',
    'practice',
    'probe',
    'method:GET',
    'path:/groups',
    'status:404',
    'status:5xx',
    'status>400',
    'status<400',
    'ms>41.4',
    'ms:40',
    'user:grace',
    'group:ådå',
    'id:819c',
    'code:7K2QA',
    'source:190',
    'via:local',
    'action:created',
    'action:matched',
    'scimtype:uniqueness',
    'attribute:active',
    'body:u00e9',
    'request:clerk',
    'response:café',
    'nobody',
    'since:4m',
    'until:6m',
    'since:11:56',
    'until:yesterday',
    'between:1d..1h',
    'not(failed)',
    'or(odd ok)',
    'and(failed odd)',
    'not(and(failed user:ådå))',
  ])('not %s', (text) => {
    expect(verdict(text, call)).toBe(false);
  });

  test('a look-up is found by what it asked for, and is a match when it found somebody', () => {
    for (const text of ['user:grace', 'grace', 'action:matched', 'path:"eq \\"grace"'])
      expect(verdict(text, lookUp)).toBe(true);
    expect(verdict('action:matched', { ...lookUp, totalResults: 0 })).toBe(false);
  });

  test('what is not known does not tell, unless the rest does', () => {
    const { request: _, response: __, changedPaths: ___, changedValues: ____, ...row } = call;
    expect(verdict('body:clerk', row)).toBeUndefined();
    expect(verdict('lovelace', row)).toBe(true);
    expect(verdict('nobody', row)).toBeUndefined();
    expect(verdict('not(body:clerk)', row)).toBeUndefined();
    expect(verdict('odd body:clerk', row)).toBe(false);
    expect(verdict('or(failed body:clerk)', row)).toBe(true);
    expect(verdict('attribute:title', row)).toBeUndefined();
  });
});

test.each([
  ['', 'All calls'],
  [
    'failed user:ada since:10m not(practice)',
    'Failed calls about users named like “ada”, in the last 10 minutes, without practice',
  ],
  [
    'status>=400 body:"department"',
    'Calls answered 400 or more, with “department” in what was sent, refused or changed',
  ],
  ['not(probe)', 'Calls without probes'],
  [
    'or(status:404 status:409) PATCH'.replace(' PATCH', ' method:PATCH'),
    'PATCH calls either answered 404 or answered 409',
  ],
  ['not(or(odd practice))', 'Calls that are not odd and without practice'],
  ['failed off(user:ada)', 'Failed calls'],
  ['since:1d until:2026-11-19', 'Calls in the last day, until 2026-11-19'],
])('%s reads: %s', (text, words) => {
  expect(describeQuery(read(text))).toBe(words);
});

test.each([
  ['status:', 0, /After “status:” comes a status/],
  ['failed status:abc', 7, /“abc” does not fit here: status takes a status/],
  ['user>ada', 0, /takes “:”, not “>”/],
  ['colour:red', 0, /There is no “colour:” to filter by/],
  ['failed:yes', 0, /stands alone/],
  ['body:"open', 5, /not closed/],
  ['not(failed', 0, /a “\)” is missing/],
  ['failed)', 6, /closes nothing/],
  ['or()', 0, /Something must stand/],
  ['failed or odd', 7, /“or” takes brackets/],
  ['(failed)', 0, /needs a word before it/],
  ['user:ada(x)', 8, /in quotes/],
  ['since:2026-02-30', 0, /does not fit here/],
  ['since:25:00', 0, /does not fit here/],
  ['status:499..400', 0, /does not fit/],
  ['""', 0, /nothing between/],
  ['body:"a"b', 8, /blank must follow/],
  ['x'.repeat(2_001), 2_000, /at most 2000 characters/],
  [`${'not('.repeat(21)}failed${')'.repeat(21)}`, 80, /nested too deep/],
])('%s is refused at its place', (text, from, message) => {
  const parsed = parseQuery(text);
  expect(parsed.ok).toBe(false);
  if (parsed.ok) return;
  expect(parsed.problem.message).toMatch(message);
  expect(parsed.problem.from).toBe(from);
});

describe('completion', () => {
  const known = {
    users: ['Ada Lovelace', 'Alan Turing'],
    groups: ['Finance'],
    sources: ['20.190.128.7'],
    whys: ['SP-WRONG-TYPE'],
  };
  const labels = (text: string) => complete(text, text.length, known).options.map(({ label }) => label);

  test('of keys, flags and groups', () => {
    expect(labels('sta')).toEqual(['status>']);
    expect(labels('failed not(pr')).toEqual(['probe', 'practice']);
    expect(labels('n')).toEqual(['name:', 'not(…)']);
    expect(labels('')).toContain('since:');
  });
  test('of values, quoted where they must be', () => {
    expect(labels('user:al')).toEqual(['user:Alan Turing']);
    expect(complete('failed user:"ada l', 18, known)).toMatchObject({
      from: 7,
      options: [{ insert: 'user:"Ada Lovelace" ' }],
    });
    expect(labels('via:')).toEqual(['via:public', 'via:local']);
    expect(labels('status>')).toEqual(['status>400', 'status>401', 'status>404', 'status>409']);
    expect(labels('via:public')).toEqual([]);
    expect(labels('body:"not fai')).toEqual([]);
  });
  test('whatever is offered can be read', () => {
    for (const key of [
      'user:',
      'group:',
      'status:',
      'action:',
      'attribute:',
      'since:',
      'until:',
      'between:',
      'path:',
      'method:',
      'ms>',
      'scimtype:',
      'via:',
      'source:',
    ])
      for (const { insert } of complete(key, key.length, known).options)
        expect(parseQuery(insert), insert).toMatchObject({ ok: true });
  });
});

test('chips edit the text', () => {
  expect(withPart('', 'failed', true)).toBe('failed');
  expect(withPart('user:ada', 'not(probe)', true)).toBe('user:ada not(probe)');
  expect(withPart('user:ada  failed body:x', 'failed', false)).toBe('user:ada body:x');
  expect(withPart('off(failed)', 'failed', true)).toBe('failed');
  expect([hasPart('user:ada FAILED', 'failed'), hasPart('not(failed)', 'failed')]).toEqual([true, false]);
  const [first, second] = partsOf('user:ada status:404');
  if (first === undefined || second === undefined) throw new Error('two parts');
  expect(switchPart('user:ada status:404', first.part)).toBe('off(user:ada) status:404');
  const [off] = partsOf('off( user:ada ) status:404');
  expect(off?.on).toBe(false);
  if (off) expect(switchPart('off( user:ada ) status:404', off.part)).toBe('user:ada status:404');
  expect(withoutPart('user:ada status:404', second.part)).toBe('user:ada');
});
