import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallStore, createCallStore } from '../../../src-main/calls/index.ts';
import { toActions } from '../../../src-main/contract/catalogue/actions.ts';
import type {
  CallAction,
  CallSummary,
  CapturedCall,
  PilotStatus,
  RecordChange,
  ResourceType,
  Writer,
} from '../../../src-main/contract/index.ts';
import { createDescribe, describeLookUp, describePlain } from '../../../src-main/insight/index.ts';
import { standardSchemas } from '../../../src-main/scim/index.ts';
import { createWriter, openDatabase } from '../../../src-main/storage/index.ts';
import { createSteppedQueries } from './stepped-queries.ts';

let dir: string;
let db: Database.Database;
let writer: Writer;
let store: CallStore;
let now = 1_800_000_000_000;

function openStore(): CallStore {
  const runner = createSteppedQueries(
    () => db,
    () => writer.drained(),
  );
  const describeCall = createDescribe({
    registry: () => standardSchemas,
    sharesExternalId: () => false,
    tenantAdmins: { named: () => false, hidden: () => null },
    nameOfUser: () => 'Henrik Solberg',
  });
  const clock = { now: () => now, monotonic: () => performance.now() };
  return createCallStore({
    db,
    writer,
    runner,
    clock,
    log: { info() {}, warn() {}, error() {} },
    describe: describeCall,
    describeLookUp,
    clean: (body) => body,
    describePlain,
    explain: () => [],
  });
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'scim-pilot-actions-'));
  db = openDatabase(dir);
  writer = createWriter(db, { log: { info() {}, warn() {}, error() {} }, appendDelayMs: 0 });
  store = openStore();
});
afterAll(async () => {
  store.close();
  await writer.drained();
  db.close();
  rmSync(dir, { recursive: true });
});

type Part = Partial<CapturedCall>;

/** A call as the endpoint captures it. */
function captured(part: Part): CapturedCall {
  const { seq, code } = store.nextId();
  return {
    seq,
    code,
    at: now,
    durationMs: 2,
    method: 'GET',
    path: '/scim/v2/Users',
    query: '',
    requestHeaders: [['Authorization', 'Bearer …']],
    requestBody: null,
    status: 200,
    responseHeaders: [],
    responseBody: null,
    source: '203.0.113.7',
    via: 'public',
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
    ...part,
  };
}

/** Stores calls in this order, as the endpoint does, and gives the actions they make up, newest first. */
async function actionsOf(parts: Part[], after?: (index: number) => void): Promise<CallAction[]> {
  const since = store.readings.lastPosition;
  now += 3_600_000;
  for (const [index, part] of parts.entries()) {
    let publish = () => {};
    const call = captured(part);
    writer.append(
      () => {
        publish = store.insert(call);
      },
      () => publish(),
    );
    after?.(index);
    now += 40;
  }
  await writer.drained();
  const page = await store.page({ before: null, limit: 500, query: '' });
  return toActions(page.calls.filter((call) => call.position > since));
}

const say = ({ sentence: { verb, object, note }, calls, outcome }: CallAction) =>
  `${[verb, object].filter((word) => word !== null).join(' ')}${note === null ? '' : `, ${note}`} (${calls.length}, ${outcome})`;

// What Entra sends (docs/entra.md §1), each with what came of it.

const base = (type: ResourceType) => `/scim/v2/${type}s`;
const lookUp = (attribute: string, value: string, found: Part = {}, type: ResourceType = 'User'): Part => ({
  path: base(type),
  query: `filter=${encodeURIComponent(`${attribute} eq "${value}"`)}`,
  resourceType: type,
  totalResults: found.resourceId ? 1 : 0,
  ...found,
});
const changed = (change: Partial<RecordChange>): RecordChange => ({
  resourceType: 'User',
  id: 'x',
  name: 'x',
  kind: 'updated',
  attributes: [],
  membersAdded: [],
  membersRemoved: [],
  ...change,
});
const record = (id: string, name: string, type: ResourceType = 'User') => ({
  resourceType: type,
  resourceId: id,
  resourceName: name,
});
const mail = { 'emails[type eq "work"].value': 'a@x.example' };
const create = (id: string, name: string, values: Record<string, string>, type: ResourceType = 'User'): Part => ({
  ...record(id, name, type),
  method: 'POST',
  path: base(type),
  status: 201,
  changes: [
    changed({
      resourceType: type,
      id,
      name,
      kind: 'created',
      attributes: Object.entries({ ...(type === 'User' ? mail : {}), ...values }).map(([path, after]) => ({
        path,
        after,
      })),
    }),
  ],
});
const conflict = (body: object): Part => ({
  method: 'POST',
  path: base('User'),
  status: 409,
  scimType: 'uniqueness',
  requestBody: { text: JSON.stringify(body), bytes: 1, cut: false },
});
const patch = (id: string, name: string, change: Partial<RecordChange>, type: ResourceType = 'User'): Part => ({
  ...record(id, name, type),
  method: 'PATCH',
  path: `${base(type)}/${id}`,
  changes: [changed({ resourceType: type, id, name, ...change })],
});
const read = (id: string, name: string, type: ResourceType = 'User'): Part => ({
  ...record(id, name, type),
  path: `${base(type)}/${id}`,
});
const manager = (id: string, name: string) =>
  patch(id, name, {
    attributes: [{ path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value', after: 'm1' }],
  });
const title = (id: string, name: string) => patch(id, name, { attributes: [{ path: 'title', after: 'Analyst' }] });
const members = (id: string, name: string, joined: number, left = 0) => {
  const some = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `m${index}`, name: `M${index}` }));
  return patch(id, name, { membersAdded: some(joined), membersRemoved: some(left) }, 'Group');
};
const guid = (seed: string) => `7c0d5a3e-8f1b-4a55-9a0e-${seed.padStart(12, '0')}`;

describe('one action', () => {
  test.each<[string, Part[]]>([
    [
      'Created Ada, 2 attributes, manager Henrik Solberg (3, ok)',
      [lookUp('userName', 'Ada@x.example'), create('u1', 'Ada', { userName: 'ada@X.example' }), manager('u1', 'Ada')],
    ],
    [
      'Created Ada, 2 attributes (3, ok)',
      [
        lookUp('userName', 'ada@x.example'),
        lookUp('emails[type eq "work"].value', 'a@x.example'),
        create('u2', 'Ada', { userName: 'ada@x.example', 'emails[type eq "work"].value': 'a@x.example' }),
      ],
    ],
    [
      'Created Ada, 2 attributes (2, ok)',
      [lookUp('externalId', guid('1')), create('u3', 'Ada', { externalId: guid('1') })],
    ],
    [
      'Updated Ada, title (3, ok)',
      [read('u4', 'Ada'), lookUp('userName', 'ada@x.example', record('u4', 'Ada')), title('u4', 'Ada')],
    ],
    ['Matched Ada, no change was sent (1, ok)', [lookUp('userName', 'ada@x.example', record('u5', 'Ada'))]],
    [
      'Could not create ada@x.example, userName is taken (2, failed)',
      [lookUp('userName', 'ada@x.example'), conflict({ userName: 'ada@x.example', emails: [{ value: 'x' }] })],
    ],
    [
      'Created Ada, after an answer 409 (3, odd)',
      [
        lookUp('userName', 'ada@x.example'),
        conflict({ userName: 'ada@x.example' }),
        create('u6', 'Ada', { userName: 'ada@x.example' }),
      ],
    ],
    [
      'Created group Finance, 12 members added (4, ok)',
      [
        lookUp('displayName', 'Finance', {}, 'Group'),
        create('g1', 'Finance', { displayName: 'Finance' }, 'Group'),
        members('g1', 'Finance', 7),
        members('g1', 'Finance', 5),
      ],
    ],
    [
      'Removed 3 members from Finance (3, ok)',
      [read('g2', 'Finance', 'Group'), members('g2', 'Finance', 0, 2), members('g2', 'Finance', 0, 1)],
    ],
    [
      'Tested the connection, users and groups answered (2, ok)',
      [lookUp('userName', guid('2')), lookUp('displayName', guid('3'), {}, 'Group')],
    ],
    [
      'Deleted Ada, kept in ServiceOps as archived (2, ok)',
      [
        { ...patch('u7', 'Ada', { kind: 'deleted' }), method: 'DELETE', status: 204 },
        { ...read('u7', 'Ada'), status: 404 },
      ],
    ],
  ])('%s', async (sentence, parts) => {
    expect((await actionsOf(parts)).map(say)).toEqual([sentence]);
  });
});

describe('several actions', () => {
  test('an update is no part of the create before it, nor is the next look of the same kind', async () => {
    const made = create('u8', 'Ada', { userName: 'ada@x.example' });
    expect((await actionsOf([made, title('u8', 'Ada'), read('u8', 'Ada'), read('u8', 'Ada')])).map(say)).toEqual([
      'Read Ada (1, ok)',
      'Read Ada (1, ok)',
      'Updated Ada, title (1, ok)',
      'Created Ada, 2 attributes (1, ok)',
    ]);
  });

  test('a refused change is made up for by one that asks for the same again, not by another', async () => {
    const asks = (...paths: string[]) => ({
      requestBody: {
        text: JSON.stringify({ Operations: paths.map((path) => ({ op: 'replace', path, value: 'x' })) }),
        bytes: 1,
        cut: false,
      },
    });
    const refused = (id: string, ...paths: string[]): Part => ({
      ...patch(id, 'Ada', {}),
      ...asks(...paths),
      status: 400,
      changes: [],
      detail: 'department wants text, not 5.',
    });
    const done = (id: string, ...paths: string[]): Part => ({ ...title(id, 'Ada'), ...asks(...paths) });
    const other = await actionsOf([refused('u20', 'department'), done('u20', 'title')]);
    expect(other.map(({ outcome, calls }) => [outcome, calls.length])).toEqual([
      ['ok', 1],
      ['failed', 1],
    ]);
    const half = await actionsOf([refused('u21', 'department', 'title'), done('u21', 'title')]);
    expect(half.map(({ outcome }) => outcome)).toEqual(['ok', 'failed']);
    const late = await actionsOf([
      refused('u22', 'department'),
      done('u22', 'title'),
      done('u22', 'urn:ietf:params:scim:schemas:core:2.0:User:department', 'title'),
    ]);
    expect(late.map(say)).toEqual(['Updated Ada, title (1, ok)', 'Updated Ada, after an answer 400 (2, odd)']);
    const again = await actionsOf([refused('u23', 'name.givenName'), refused('u23', 'name'), done('u23', 'name')]);
    expect(again.map(say)).toEqual(['Updated Ada, after an answer 400 (3, odd)']);
    const replaced = await actionsOf([refused('u24', 'department'), { ...done('u24'), method: 'PUT' }]);
    expect(replaced.map(say)).toEqual(['Updated Ada, after an answer 400 (2, odd)']);
  });

  test('practice, this machine and Azure are apart, and so are calls a minute apart', async () => {
    const look = lookUp('userName', 'ada@x.example');
    const made = create('u9', 'Ada', { userName: 'ada@x.example' });
    expect(await actionsOf([look, { ...made, practice: true }])).toHaveLength(2);
    expect(await actionsOf([look, { ...made, via: 'local' }])).toHaveLength(2);
    expect(await actionsOf([look, made], () => (now += 61_000))).toHaveLength(2);
  });

  test('a value is that of its attribute and type', async () => {
    const made = create('u10', 'Ada', { nickName: 'ada' });
    expect(await actionsOf([lookUp('userName', 'ada'), made])).toHaveLength(2);
    expect(
      await actionsOf([lookUp('displayName', 'ada', {}, 'Group'), create('u', 'a', { displayName: 'ada' })]),
    ).toHaveLength(2);
  });
});

test('what looked like a probe is a match query once a create comes with its value, stored and told live', async () => {
  const stop = new AbortController();
  const told: CallSummary[] = [];
  const watching = (async () => {
    for await (const { event } of store.watch(null, stop.signal, () => ({}) as PilotStatus)) {
      if (event.type === 'calls') told.push(...event.calls);
    }
  })();
  const [created, companion] = await actionsOf([
    lookUp('externalId', guid('4')),
    // Meant for a group of its own; it had joined what looked like a connection test.
    lookUp('externalId', guid('5'), {}, 'Group'),
    create('u11', 'Ada', { externalId: guid('4') }),
  ]);
  expect([created, companion].map((action) => action && say(action))).toEqual([
    'Tested the connection, groups answered (1, ok)',
    'Created Ada, 2 attributes (2, ok)',
  ]);
  await expect.poll(() => told.length).toBe(3);
  const [look, other, made] = told;
  expect(look?.probe).toBe(true);
  expect(made?.action).toBe(look?.position);
  expect(made?.corrects).toMatchObject([
    { position: look?.position, probe: false, sentence: { verb: 'Looked for', object: guid('4'), note: 'not found' } },
    { position: other?.position, action: other?.position, probe: true },
  ]);
  stop.abort();
  await watching;
});

test('a rollback in between breaks no action and makes no false one', async () => {
  const parts = [
    lookUp('userName', 'ada@x.example'),
    lookUp('userName', 'bob@x.example'),
    create('u12', 'Ada', { userName: 'ada@x.example' }),
    create('u13', 'Bob', { userName: 'bob@x.example' }),
  ];
  let lost = 0;
  const actions = await actionsOf(parts, (index) => {
    writer.append(() => {
      if (index === 1) throw new Error('not stored');
    });
    if (index === 0) {
      writer.append(() => {
        lost += 1;
        // Its place is taken by the next call.
        store.insert(captured(lookUp('userName', 'lost@x.example')));
        throw new Error('lost');
      });
    }
  });
  expect(lost).toBeGreaterThan(0);
  expect(actions.map(say)).toEqual(['Created Bob, 2 attributes (2, ok)', 'Created Ada, 2 attributes (2, ok)']);
});

test('cycles that grew live are those that are read from the store', async () => {
  const script = [
    lookUp('userName', guid('6')),
    lookUp('displayName', guid('7'), {}, 'Group'),
    lookUp('userName', 'eve@x.example'),
    create('u20', 'Eve', { userName: 'eve@x.example' }),
    title('u21', 'Ada'),
    conflict({ userName: 'ada@x.example' }),
  ];
  await actionsOf(script);
  // Asked while calls come in: what is stored, and what came meanwhile, each once.
  const [asked] = await Promise.all([store.cycles(), actionsOf(script), actionsOf(script)]);
  expect(asked.length).toBeGreaterThan(0);
  const live = await store.cycles();
  expect(live.at(-1)).toMatchObject({ calls: 6, actions: 4, created: 1, updated: 1, failed: 1 });
  const again = openStore();
  expect(await again.cycles()).toEqual(live);
  again.close();
});

/** What Entra does with one object, call by call. Every name, id and value is the object's own. */
const scripts: ((name: string) => Part[])[] = [
  (n) => [lookUp('userName', n), create(`u-${n}`, n, { userName: n }), manager(`u-${n}`, n)],
  (n) => [lookUp('externalId', guid(n)), create(`u-${n}`, n, { externalId: guid(n), userName: n })],
  (n) => [
    lookUp('userName', n),
    lookUp('externalId', guid(n)),
    create(`u-${n}`, n, { userName: n, externalId: guid(n) }),
    manager(`u-${n}`, n),
  ],
  (n) => [read(`u-${n}`, n), lookUp('userName', n, record(`u-${n}`, n)), title(`u-${n}`, n), manager(`u-${n}`, n)],
  (n) => [lookUp('userName', n), conflict({ userName: n })],
  (n) => [
    lookUp('externalId', guid(n), {}, 'Group'),
    create(`g-${n}`, n, { externalId: guid(n) }, 'Group'),
    members(`g-${n}`, n, 3),
    members(`g-${n}`, n, 2),
  ],
];

test('however objects are interleaved, each is one action of its own', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(scripts.length - 1), { minLength: 1, maxLength: 7 }),
      fc.infiniteStream(fc.nat()),
      async (chosen, turns) => {
        run += 1;
        const plays = chosen.map((script, index) => scripts[script]?.(`${run}00${index}`) ?? []);
        const left = plays.map((calls) => [...calls]);
        const parts: Part[] = [];
        const owners: number[] = [];
        while (left.some((calls) => calls.length > 0)) {
          const open = left.flatMap((calls, index) => (calls.length > 0 ? [index] : []));
          const turn = open[(turns.next().value ?? 0) % open.length] ?? 0;
          const part = left[turn]?.shift();
          if (part === undefined) throw new Error('Nothing left.');
          parts.push(part);
          owners.push(turn);
        }
        const first = store.readings.lastPosition + 1;
        const actions = await actionsOf(parts);
        const found = actions.map((action) => action.calls.map((call) => owners[call.position - first]));
        const own = plays.map((calls, index) => calls.map(() => index));
        const sorted = (groups: (number | undefined)[][]) => groups.map((group) => group.join()).sort();
        expect(sorted(found)).toEqual(sorted(own));
      },
    ),
    { numRuns: 60 },
  );
});
