import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallStore, callQueries, createCallStore, searchIndexFile } from '../../../src-main/calls/index.ts';
import type { CapturedCall, RecordChange } from '../../../src-main/contract/index.ts';
import { createWriter, openDatabase } from '../../../src-main/storage/index.ts';

/** A query over stored calls, with and without the index, against a plain reading of the same calls. */

const noon = new Date(2026, 10, 23, 12).getTime();
const log = { info() {}, warn() {}, error() {} };
const stored: CapturedCall[] = [];
let dir: string;
let db: Database.Database;
let store: CallStore;

const people = ['Ada Lovelace', 'Grace Hopper', 'Orla Brandt', 'Müller, Jörg', '李小龍'];
const titles = ['Clerk', 'Tide "Analyst"', 'Tide Analyst', 'Čistič'];
let random = 7;
const pick = <T>(list: readonly T[]): T => {
  random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
  return list[(random >>> 16) % list.length] as T;
};

const body = (text: string) => ({ text, bytes: text.length, cut: false });
const changeOf = (path: string, before: string): RecordChange => ({
  resourceType: 'User',
  id: 'id-1',
  name: 'Ada Lovelace',
  kind: 'updated',
  attributes: [{ path, before, after: 'Clerk' }],
  membersAdded: [{ id: 'id-2', name: `Member ${before}` }],
  membersRemoved: [],
});
/** Calls with something that no other has, among those that only the index leads to. */
const single: Record<number, Partial<CapturedCall>> = {
  40: { method: 'GET', query: 'filter=userName+eq+%22Zs%C3%B3fia%40fabrikvale.example%22' },
  110: { resourceName: 'Xanthippe' },
  180: { resourceId: '9f6a5b0f3c1e' },
  250: { method: 'POST', requestBody: body('{"nickName":"\\u017bubr"}') },
  320: { status: 400, responseBody: body('{"detail":"No such quokka"}') },
  390: { method: 'PATCH', status: 200, changes: [changeOf('costCentre', 'Wombat')] },
};

function callAt(index: number): CapturedCall {
  const { seq, code } = store.nextId();
  const method = pick(['GET', 'GET', 'PATCH', 'POST']);
  const name = pick(people);
  const group = pick([true, false, false]);
  const status = method === 'GET' ? pick([200, 200, 404]) : pick([200, 400, 409]);
  const title = pick(titles);
  const resourceType = group ? 'Group' : 'User';
  const change: RecordChange = {
    resourceType,
    id: `id-${index % 50}`,
    name,
    kind: method === 'POST' ? 'created' : 'updated',
    attributes: [{ path: 'title', before: pick(titles), after: title }],
    membersAdded: [],
    membersRemoved: [],
  };
  const body = JSON.stringify({ title, number: index });
  const rare = index === 77 || index === 1_234;
  return {
    seq,
    code,
    at: noon - (2_100 - index) * 2_000,
    durationMs: rare ? 900 : (index % 40) + 0.4,
    method,
    path: `/scim/v2/${resourceType}s/id-${index % 50}`,
    query: method === 'GET' && index % 3 === 0 ? `filter=displayName+eq+%22${encodeURIComponent(name)}%22` : '',
    requestHeaders: [],
    requestBody: method === 'GET' ? null : { text: index % 2 === 0 ? body : escaped(body), bytes: 1, cut: false },
    status,
    responseHeaders: [],
    responseBody: status >= 400 ? { text: `{"detail":"Refused ${index % 97}"}`, bytes: 1, cut: false } : null,
    source: pick(['20.190.128.1', '127.0.0.1']),
    via: pick(['public', 'local']),
    practice: pick([true, false, false, false]),
    stage: 'directory',
    scimType: status === 409 ? 'uniqueness' : null,
    detail: null,
    resourceType,
    resourceId: `id-${index % 50}`,
    resourceName: pick([true, true, false]) ? name : null,
    totalResults: method === 'GET' ? index % 3 : null,
    changes: method === 'GET' || status >= 400 ? [] : [change],
    shows: null,
    ...single[index],
  };
}

/** As Entra may write it: other than ASCII by escapes. */
function escaped(json: string): string {
  return json.replaceAll(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'scim-pilot-query-'));
  db = openDatabase(dir);
  const writer = createWriter(db, { log, appendDelayMs: 1 });
  store = createCallStore({
    db,
    writer,
    log,
    runner: { run: async (name, input) => callQueries[name](db, input as never) as never },
    clock: { now: () => noon, monotonic: () => performance.now() },
    describe: (call) => ({
      sentence: { verb: 'Read', object: call.resourceName, note: null },
      outcome: call.status >= 400 ? 'failed' : 'ok',
      probe: call.query !== '' && call.totalResults === 0,
      plain: false,
      why: call.status === 409 ? ['SP-TAKEN', 'SP-NAME'] : [],
    }),
    explain: () => [],
    describeLookUp: (_, value) => ({ verb: 'Looked for', object: value, note: null }),
    clean: (body) => body,
    describePlain: () => ({ verb: 'Read', object: null, note: null }),
  });
  for (let index = 0; index < 2_000; index++) {
    const call = callAt(index);
    stored.push(call);
    let publish = () => {};
    writer.append(
      () => {
        publish = store.insert(call);
      },
      () => publish(),
    );
  }
  await writer.drained();
  // What came last is not in the index: it is looked through.
  db.exec(
    'CREATE TEMP TABLE later AS SELECT * FROM calls WHERE position > 1700; DELETE FROM calls WHERE position > 1700',
  );
  index();
  db.exec('INSERT INTO calls SELECT * FROM later');
});
afterAll(() => {
  store.close();
  db.close();
  rmSync(dir, { recursive: true });
});

const index = () => callQueries['calls.index'](db, { forMs: 60_000, changed: [] });

interface Asked {
  text: string;
  plain(call: CapturedCall): boolean;
}

const low = (text: string | null | undefined) => (text ?? '').toLowerCase();
const unescaped = (text: string) =>
  text.replaceAll(/\\u(....)|\\(")/g, (_, hex, quote) => quote ?? String.fromCharCode(Number.parseInt(hex, 16)));
const bodyOf = (body: CapturedCall['requestBody']) => low(unescaped(body?.text ?? ''));
const addressOf = ({ path, query }: CapturedCall) => low(decodeURIComponent(`${path}?${query.replaceAll('+', ' ')}`));
const valuesOf = ({ changes }: CapturedCall) =>
  low(changes.flatMap(({ attributes }) => attributes.map((one) => `${one.before}|${one.after}`)).join('|'));
const inBodies = (call: CapturedCall, text: string) =>
  bodyOf(call.requestBody).includes(text) || bodyOf(call.responseBody).includes(text) || valuesOf(call).includes(text);
const about = (call: CapturedCall, text: string) =>
  low(call.resourceName).includes(text) ||
  (call.query !== '' && addressOf(call).split('?')[1]?.includes(text) === true);

const word = fc.constantFrom(
  'Lovelace',
  'müller',
  '小龍',
  'Hopper',
  '龍',
  'Tide',
  'tide analyst',
  'refused 96',
  'nobody',
  'čis',
  '1234',
  'id-4',
  'analyst"',
  'o',
  'ti',
  '"',
);
const quote = (text: string) => `"${text.replaceAll('"', '\\"')}"`;
const terms: fc.Arbitrary<Asked> = fc.oneof(
  fc.constantFrom<Asked>(
    { text: 'failed', plain: (call) => call.status >= 400 },
    { text: 'ok', plain: (call) => call.status < 400 },
    { text: 'practice', plain: (call) => call.practice },
    { text: 'probe', plain: (call) => call.query !== '' && call.totalResults === 0 },
    { text: 'via:public', plain: (call) => call.via === 'public' },
    { text: 'why:sp-name', plain: (call) => call.status === 409 },
    { text: 'action:created', plain: (call) => call.changes[0]?.kind === 'created' },
    { text: 'action:matched', plain: (call) => call.query !== '' && (call.totalResults ?? 0) > 0 },
    { text: 'scimtype:uniqueness', plain: (call) => call.scimType === 'uniqueness' },
    {
      text: 'attribute:title',
      plain: ({ changes }) => changes.some(({ attributes }) => attributes.some(({ path }) => path === 'title')),
    },
    { text: 'ms>500', plain: (call) => call.durationMs > 500 },
    { text: 'ms:12', plain: (call) => Math.round(call.durationMs) === 12 },
    { text: 'since:30m', plain: (call) => call.at >= noon - 1_800_000 },
    { text: 'until:30m', plain: (call) => call.at < noon - 1_800_000 },
    { text: 'source:20.', plain: (call) => call.source.startsWith('20.') },
  ),
  fc
    .constantFrom('GET', 'PATCH', 'POST', 'DELETE')
    .map((method) => ({ text: `method:${method}`, plain: (call: CapturedCall) => call.method === method })),
  fc
    .constantFrom(200, 404, 409, 500)
    .map((status) => ({ text: `status:${status}`, plain: (call: CapturedCall) => call.status === status })),
  fc
    .constantFrom('id-4', 'id-49')
    .map((id) => ({ text: `id:${id}`, plain: (call: CapturedCall) => call.resourceId?.startsWith(id) === true })),
  word.map((text) => ({
    text: `user:${quote(text)}`,
    plain: (call: CapturedCall) => call.resourceType === 'User' && about(call, low(text)),
  })),
  word.map((text) => ({ text: `body:${quote(text)}`, plain: (call: CapturedCall) => inBodies(call, low(text)) })),
  word.map((text) => ({
    text: `request:${quote(text)}`,
    plain: (call: CapturedCall) => bodyOf(call.requestBody).includes(low(text)),
  })),
  word.map((text) => ({
    text: `response:${quote(text)}`,
    plain: (call: CapturedCall) => bodyOf(call.responseBody).includes(low(text)),
  })),
  word.map((text) => ({
    text: `path:${quote(text)}`,
    plain: (call: CapturedCall) => addressOf(call).includes(low(text)),
  })),
  word.map((text) => ({
    text: quote(text),
    plain: (call: CapturedCall) =>
      low(call.resourceName).includes(low(text)) || addressOf(call).includes(low(text)) || inBodies(call, low(text)),
  })),
);
const { query: queries } = fc.letrec<{ query: Asked }>((tie) => ({
  query: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    terms,
    tie('query').map(({ text, plain }) => ({ text: `not(${text})`, plain: (call: CapturedCall) => !plain(call) })),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => ({
      text: `or(${a.text} ${b.text})`,
      plain: (call: CapturedCall) => a.plain(call) || b.plain(call),
    })),
    fc.tuple(tie('query'), tie('query')).map(([a, b]) => ({
      text: `and(${a.text} ${b.text})`,
      plain: (call: CapturedCall) => a.plain(call) && b.plain(call),
    })),
  ),
}));

async function everyPage(query: string): Promise<string[]> {
  const codes: string[] = [];
  let before: number | null = null;
  do {
    const page = await store.page({ before, limit: 500, query });
    codes.push(...page.calls.map(({ code }) => code));
    before = page.next;
  } while (before !== null);
  return codes;
}

test('finds what a plain reading finds, newest first, in pages', async () => {
  await fc.assert(
    fc.asyncProperty(queries, async ({ text, plain }) => {
      const expected = stored.filter(plain).map(({ code }) => code);
      expect((await everyPage(text)).join(' '), text).toBe(expected.toReversed().join(' '));
    }),
    { numRuns: 50 },
  );
}, 60_000);

test('asked about single calls it says the same', async () => {
  const positions = stored.map((_, at) => at + 1).filter((at) => at % 7 === 0);
  const plain = positions.filter((at) => inBodies(stored[at - 1] as CapturedCall, 'tide'));
  expect(await store.matching('body:tide', positions)).toEqual(plain);
});

test('a rare text is found, and a rare time', async () => {
  expect(await everyPage('body:"\\"number\\":1234"')).toEqual(
    [stored[1_234]?.code].filter((code) => stored[1_234]?.method !== 'GET' && code !== undefined),
  );
  expect(await everyPage('ms>500')).toEqual([stored[1_234]?.code, stored[77]?.code]);
});

test('whatever a term may find is in the index', async () => {
  const found: [query: string, at: number][] = [
    ['user:zsófia', 40],
    ['path:ZSÓFIA', 40],
    ['zsófia@', 40],
    ['name:xanthippe', 110],
    ['xanthippe', 110],
    ['id:9f6a5b0f', 180],
    ['request:żubr', 250],
    ['body:żubr', 250],
    ['response:quokka', 320],
    ['quokka', 320],
    ['body:wombat', 390],
    ['"member wombat"', 390],
    ['attribute:costcentre', 390],
    [`code:${stored[430]?.code}`, 430],
    [String(stored[430]?.code), 430],
  ];
  for (const [query, at] of found) expect(await everyPage(query), query).toEqual([stored[at]?.code]);
});

test('an unreadable query is refused in words', async () => {
  await expect(store.page({ before: null, limit: 10, query: 'colour:red' })).rejects.toThrow('There is no “colour:”');
});

test('an answer completed after it was indexed is found', async () => {
  const late = stored[40] as CapturedCall;
  const text = '{"displayName":"Completed Afterwards"}';
  store.amend({ ...late, responseBody: { text, bytes: text.length, cut: false } });
  callQueries['calls.index'](db, { forMs: 0, changed: [late.seq] });
  expect(await everyPage('response:"completed afterwards"')).toEqual([late.code]);
});

test('the index forgets the calls that are gone, and one of other calls is made anew', async () => {
  db.exec('DELETE FROM calls WHERE position <= 900');
  index();
  const kept = stored.slice(900);
  expect(await everyPage('lovelace')).toEqual(
    kept
      .filter((call) => low(call.resourceName).includes('lovelace') || addressOf(call).includes('lovelace'))
      .map(({ code }) => code)
      .toReversed(),
  );
  const copy = mkdtempSync(join(tmpdir(), 'scim-pilot-query-'));
  const other = openDatabase(copy);
  try {
    writeFileSync(searchIndexFile(copy), 'no database at all, but something that lies in its place');
    expect(callQueries['calls.index'](other, { forMs: 10, changed: [] })).toEqual({ indexed: 0, more: false });
    expect(callQueries['calls.find'](other, { query: 'x', before: null, limit: 1, now: noon })).toMatchObject({
      found: [],
      next: null,
    });
  } finally {
    other.close();
    rmSync(copy, { recursive: true });
  }
});
