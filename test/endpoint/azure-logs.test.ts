import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AzureEntry, AzureFilter, AzureImport } from '../../src-main/contract/index.ts';
import { csvFiles, entry, graphRecord, monitorRecord } from '../support/azure-log.ts';
import { startTestPilot, type TestPilot } from '../support/pilot.ts';

let pilot: TestPilot;

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const everything: AzureFilter = {
  status: null,
  action: null,
  cause: null,
  text: '',
  person: null,
  cycle: null,
  matched: null,
  missing: null,
  from: null,
  to: null,
};

beforeAll(async () => {
  pilot = await startTestPilot();
});
afterAll(async () => {
  expect(pilot.logged).toEqual([]);
  await pilot.close();
  rmSync(pilot.dataDir, { recursive: true, force: true });
});

/** Imports texts as files, in pieces, and waits until they are matched. */
async function bring(...texts: string[]): Promise<AzureImport> {
  const { azureLogs } = pilot.api;
  const { id } = await azureLogs.begin(texts.map((text, n) => ({ name: `log ${n}`, bytes: Buffer.byteLength(text) })));
  for (const [file, text] of texts.entries()) {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 50_000) await azureLogs.write(id, file, bytes.subarray(at, at + 50_000));
  }
  await azureLogs.finish(id);
  return settled(id);
}

async function settled(id: number): Promise<AzureImport> {
  const find = () => pilot.api.azureLogs.list().find((one) => one.id === id);
  await vi.waitUntil(() => ['ready', 'unmatched'].includes(find()?.state ?? ''), { timeout: 30_000 });
  return find() as AzureImport;
}

async function rowsOf(id: number, filter: Partial<AzureFilter> = {}) {
  return pilot.api.azureLogs.rows({ id, filter: { ...everything, ...filter }, after: null, limit: 500 });
}

let made = 0;
/** Creates a user as Azure does: looks for it, then posts it. Gives what Azure's log will know of it. */
async function provision(objectId: string | null) {
  made += 1;
  const userName = `person${made}@fabrikvale.example`;
  await pilot.request('GET', `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`);
  const { json, status } = await pilot.request('POST', '/Users', {
    schemas: [core],
    userName,
    displayName: `Person ${made}`,
    ...(objectId === null ? {} : { externalId: objectId }),
  });
  expect(status).toBe(201);
  return { id: String(json.id), userName, name: `Person ${made}`, at: Date.now() };
}

const identity = (id: string | null, name: string | null) => ({ id, name, userName: null, type: 'User' });
const newest = async () => (await pilot.api.feed.page({ before: null, limit: 1, query: '' })).calls[0];

describe('Matching', () => {
  test('tells two changes of one record apart by what Azure wrote, and lists the calls that no row tells of', async () => {
    const before = Date.now();
    const who = await provision(null);
    const write = async (path: string, value: string | boolean) => {
      const { status } = await pilot.request('PATCH', `/Users/${who.id}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'Replace', path, value }],
      });
      expect(status).toBe(200);
      return (await newest())?.code;
    };
    const title = await write('title', 'Harbour Master');
    const nick = await write('nickName', 'HM');
    const unseen = await write('userType', 'Employee');
    const changed = (id: string, properties: AzureEntry['properties'], apart: number) =>
      entry({ id, at: Date.now() + apart, action: 'update', target: identity(who.id, who.userName), properties });
    const property = (name: string, to: string) => ({ name, from: null, to });
    const found = await bring(
      JSON.stringify([
        // The order of the times is not that of the calls.
        graphRecord(changed('n', [property('nickName', 'hm'), property('locale', 'nb-NO')], 10)),
        graphRecord(changed('t', [property('title', 'Harbour Master')], 20)),
        graphRecord(entry({ id: 'first', at: before - 10, action: 'create', status: 'skipped' })),
      ]),
    );
    const { rows } = await rowsOf(found.id, { action: 'update' });
    const details = await Promise.all(rows.map(({ row }) => pilot.api.azureLogs.row(found.id, row)));
    const told = details.map((one) => [one?.entry.id, one?.match?.call, one?.matches[0]?.reasons[2]]);
    expect(told).toEqual([
      ['t', title, 'the value that Azure wrote is in the call: title'],
      ['n', nick, '1 of the 2 values that Azure wrote are in the call: nickName'],
    ]);

    const { azureLogs } = pilot.api;
    const silent = await azureLogs.silent({ id: found.id, why: null, before: null, limit: 100 });
    expect(silent.next).toBeNull();
    const { silent: counted } = await azureLogs.insight(found.id);
    expect(counted.reduce((sum, { calls }) => sum + calls, 0)).toBe(silent.calls.length);
    expect(silent.calls.map(({ code }) => code)).not.toContain(title);
    const local = await azureLogs.silent({ id: found.id, why: 'local', before: null, limit: 1 });
    expect(local.calls.map(({ code }) => code)).toEqual([unseen]);
    const older = await azureLogs.silent({ id: found.id, why: 'local', before: local.next, limit: 100 });
    expect([...local.calls, ...older.calls].map(({ position }) => position)).toEqual(
      silent.calls.map(({ position }) => position),
    );
    await azureLogs.delete(found.id);
  });

  test('finds the call by the code that Azure quotes, by id, by objectId, by name; and tells why', async () => {
    const byId = await provision(null);
    const byObject = await provision('99ee7052-4d64-4fa2-9e4d-3fb1a2939999');
    const byName = await provision(null);
    const refused = await pilot.request('POST', '/Users', { schemas: [core], userName: byName.userName });
    expect(refused.status).toBe(409);
    const code = /\[call (\w+)\]/.exec(refused.text)?.[1];
    const skew = 90_000;
    const created = (who: typeof byId, change: Partial<AzureEntry>) =>
      entry({ at: who.at + skew, jobId: 'scim.1', action: 'create', durationMs: 1_000, ...change });
    const log = [
      created(byId, { id: 'e1', target: identity(byId.id, byId.userName) }),
      created(byObject, { id: 'e2', source: identity('99ee7052-4d64-4fa2-9e4d-3fb1a2939999', 'Somebody else') }),
      created(byName, { id: 'e3', properties: [{ name: 'userName', from: null, to: byName.userName.toUpperCase() }] }),
      ...['e4', 'e5', 'e6'].map((id) =>
        created(byName, {
          id,
          at: Date.now() + skew,
          status: 'failure',
          source: identity('0b', 'Nobody we know'),
          error: {
            code: 'SystemForCrossDomainIdentityManagementServiceIncompatible',
            reason: `StatusCode: Conflict\r\nWeb Response: \r\n${refused.text}`,
            details: null,
            category: null,
            recommended: null,
          },
        }),
      ),
    ];
    const found = await bring(JSON.stringify(log.map((one) => graphRecord(one))));
    expect(found).toMatchObject({
      entries: 6,
      matched: 6,
      state: 'ready',
      broken: null,
      files: [{ format: 'graph', read: 6 }],
    });
    // Three quote the same call, and one was created with our id: the clocks' difference is known.
    expect(Math.abs((found.skewMs ?? 0) - skew)).toBeLessThan(2_000);
    const { rows } = await rowsOf(found.id);
    const detailOf = async (id: string) => {
      for (const { row } of rows) {
        const detail = await pilot.api.azureLogs.row(found.id, row);
        if (detail?.entry.id === id) return detail;
      }
      throw new Error(`No entry ${id}`);
    };
    const one = await detailOf('e1');
    expect(one.match).toMatchObject({ certainty: 'id' });
    expect(one.matches.map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(one.matches[0]?.reasons).toEqual([
      'Azure’s target id is the id in the call',
      'POST is what “create” sends',
      'both say that it succeeded',
      expect.stringMatching(/^\d+ s apart$/),
    ]);
    const two = await detailOf('e2');
    expect(two.match).toMatchObject({ certainty: 'id' });
    expect(two.matches[0]?.reasons[0]).toMatch(/externalId is the objectId/);
    expect((await detailOf('e3')).match).toMatchObject({ certainty: 'name' });
    expect((await detailOf('e3')).matches[0]?.reasons).toContain('the value that Azure wrote is in the call: userName');
    const four = await detailOf('e4');
    expect(four.match).toMatchObject({ certainty: 'code', call: code });
    expect(four.matches[0]).toMatchObject({ score: 100, status: 409, reasons: [expect.stringContaining(code ?? '?')] });
    const { certainty, silent } = await pilot.api.azureLogs.insight(found.id);
    expect(certainty).toEqual({ code: 3, id: 2, name: 1 });
    expect(silent).toEqual([]);
  });

  test('a quote that Azure cut or put otherwise still names its call; another pilot’s code, long before, does not', async () => {
    const { userName, at } = await provision(null);
    const refused = await pilot.request('POST', '/Users', { schemas: [core], userName });
    const code = /\[call (\w+)\]/.exec(refused.text)?.[1] ?? '';
    const quoting = (id: string, reason: string, when = at) =>
      entry({
        id,
        jobId: 'scim.1',
        action: 'create',
        status: 'failure',
        at: when,
        source: identity('0c', 'Nobody we know'),
        error: { code: 'X', reason, details: null, category: null, recommended: null },
      });
    const log = [
      quoting('c1', `Web Response: {"detail":"[call ${code}] The userName \\"${userName}\\" is already us…`),
      quoting('c2', `Web Response: {"detail":"[call ${code}] The userName \\"${userName}\\""}`),
      quoting('c3', `Web Response: {"detail":"[call ${code}] The user`, at - 600_000),
      quoting(
        'c4',
        `Web Response: {"detail":"[call ${code}] The userName \\"somebody.else@fabrikvale.example\\" is taken"}`,
        at - 600_000,
      ),
      quoting('c5', `The application refused the user as one that it has already ([call ${code}]).`),
      quoting('c6', `Web Response: {"detail":"[call ${code}] The userName \\"${userName}\\""}`, at - 600_000),
    ];
    const found = await bring(JSON.stringify(log.map((one) => graphRecord(one))));
    const { rows } = await rowsOf(found.id);
    const told: [string | null, string | null][] = [];
    for (const { row } of rows) {
      const detail = await pilot.api.azureLogs.row(found.id, row);
      told.push([detail?.entry.id ?? null, detail?.match?.certainty ?? null]);
    }
    expect(told.sort()).toEqual([
      ['c1', 'code'],
      ['c2', 'code'],
      ['c3', null],
      ['c4', null],
      ['c5', 'code'],
      ['c6', 'code'],
    ]);
    await pilot.api.azureLogs.delete(found.id);
  });

  test('a call belongs to one entry, and a code of another pilot to none', async () => {
    const who = await provision(null);
    await pilot.request('PATCH', `/Users/${who.id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
    });
    const at = Date.now();
    const about = { jobId: 'scim.1', target: identity(who.id, who.userName), at };
    const log = [
      entry({ ...about, id: 'f1', action: 'disable' }),
      entry({ ...about, id: 'f2', action: 'disable', at: at + 2_500 }),
      entry({ ...about, id: 'f3', action: 'create', at: who.at }),
      entry({
        jobId: 'scim.other',
        id: 'f4',
        at,
        status: 'failure',
        error: {
          code: 'X',
          reason: '[call 7K2Q9] userName is taken',
          details: null,
          category: null,
          recommended: null,
        },
      }),
      entry({ jobId: 'scim.other', id: 'f5', at, action: 'update', source: identity('zz', 'A stranger') }),
    ];
    const { id, matched } = await bring(log.map((one) => JSON.stringify(monitorRecord(one))).join('\n'));
    expect(matched).toBe(2);
    const { rows } = await rowsOf(id);
    const missing = rows.map(({ at: when, action, missing: why }) => [when, action, why]);
    expect(missing).toEqual([
      [at + 2_500, 'disable', 'unknown'],
      [at, 'update', 'other-application'],
      [at, 'other', 'other-application'],
      [at, 'disable', null],
      [who.at, 'create', null],
    ]);
  });

  test('an entry without a call is explained', async () => {
    const at = Date.now();
    const hour = 3_600_000;
    const call = await newest();
    const log = [
      entry({ id: 'g1', jobId: 'j', at, status: 'skipped', action: 'other', source: identity('s', 'Skipped') }),
      entry({
        id: 'g2',
        jobId: 'j',
        at,
        status: 'failure',
        action: 'create',
        error: { code: 'DuplicateSourceEntries', reason: 'two', details: null, category: null, recommended: null },
      }),
      entry({ id: 'g3', jobId: 'j', at: at - 10_000 * hour, action: 'update' }),
      entry({ id: 'g4', jobId: 'j', at: at + hour, action: 'update' }),
      entry({
        id: 'g5',
        jobId: 'j',
        at: (call?.at ?? 0) + 1_000,
        action: 'update',
        target: identity('no-such-id', 'Nobody'),
      }),
      entry({ id: 'g6', jobId: 'j', at: null, action: 'update' }),
    ];
    const { id } = await bring(JSON.stringify({ value: log.map((one) => graphRecord(one)) }));
    const { rows } = await rowsOf(id);
    const told = new Map<string | null, { why: string | null; words: string | null }>();
    for (const { row } of rows) {
      const detail = await pilot.api.azureLogs.row(id, row);
      told.set(detail?.entry.id ?? null, { why: detail?.missing ?? null, words: detail?.missingWords ?? null });
    }
    expect(told.get('g1')).toEqual({ why: 'skipped', words: expect.stringMatching(/Azure skipped it/) });
    expect(told.get('g2')).toEqual({ why: 'not-sent', words: expect.stringMatching(/never left Azure’s own side/) });
    expect(told.get('g3')).toEqual({ why: 'older', words: expect.stringMatching(/older than the oldest call .* UTC/) });
    expect(told.get('g4')).toEqual({
      why: 'newer',
      words: expect.stringMatching(/nothing has reached this pilot since/),
    });
    expect(told.get('g5')).toEqual({ why: 'unknown', words: expect.stringMatching(/none with its id or name/) });
    expect(told.get('g6')).toEqual({ why: 'no-time', words: expect.stringMatching(/no time/) });
  });
});

describe('An import', () => {
  const at = Date.UTC(2026, 2, 4, 9, 0, 0);
  const step = (
    name: string,
    type: string,
    status: AzureEntry['status'],
    description: string,
    details: [string, string][] = [],
  ) => ({
    name,
    type,
    status,
    description,
    details,
  });
  const log: AzureEntry[] = [
    entry({
      id: 'h1',
      changeId: 'c1',
      jobId: 'j',
      cycleId: 'first',
      at,
      action: 'create',
      durationMs: 1_200,
      source: identity('o1', 'Orla Brandt'),
      steps: [step('EntryExportAdd', 'export', 'success', "User 'orla' was created")],
      properties: [{ name: 'userName', from: null, to: 'orla@x.example' }],
    }),
    entry({
      id: 'h2',
      changeId: 'c2',
      jobId: 'j',
      cycleId: 'first',
      at: at + 1_000,
      action: 'other',
      status: 'skipped',
      source: identity('o2', 'Bo Lind'),
      steps: [
        step('EntrySynchronizationSkip', 'scoping', 'skipped', "User 'bo' will be skipped", [
          ['Assigned to the application', 'False'],
        ]),
      ],
    }),
    entry({
      id: 'h3',
      changeId: 'c3',
      jobId: 'j',
      cycleId: 'second',
      at: at + 60_000,
      action: 'update',
      status: 'failure',
      durationMs: 400,
      source: identity('o1', 'Orla Brandt'),
      error: { code: 'InvalidAnchor', reason: '=HYPERLINK("x")', details: null, category: null, recommended: null },
    }),
  ];

  test('of the CSV triple is one log, its parts put to their entries; duplicates are kept once', async () => {
    const files = csvFiles(log);
    const found = await bring(
      files.properties,
      files.steps,
      files.logs,
      JSON.stringify([graphRecord(log[0] as AzureEntry)]),
    );
    expect(found).toMatchObject({
      name: 'log 0 and 3 more',
      entries: 3,
      duplicates: 1,
      byStatus: { success: 1, failure: 1, skipped: 1 },
      from: at,
      to: at + 60_000,
    });
    expect(found.files.map(({ format }) => format)).toEqual(['csv-properties', 'csv-steps', 'csv-logs', 'graph']);
    // The guide may tell who was skipped, which no call does.
    const { steps } = await pilot.api.guide.read();
    expect(steps.find(({ id }) => id === 'verify')?.words).toBe('Azure’s log log 0 and 3 more: 1 skipped, 1 failed.');
    const { rows, total } = await rowsOf(found.id);
    expect(total).toBe(3);
    expect(rows[1]).toMatchObject({ name: 'Bo Lind', skip: 'not-assigned' });
    const detail = await pilot.api.azureLogs.row(found.id, rows[2]?.row ?? 0);
    expect(detail?.entry).toEqual(log[0]);
  });

  test('of the steps alone shows what they tell', async () => {
    const found = await bring(csvFiles(log).steps);
    const { rows } = await rowsOf(found.id);
    expect(rows.map(({ action, status, at: when }) => [action, status, when])).toEqual([
      ['other', 'skipped', null],
      ['create', 'success', null],
    ]);
  });

  test('tells counts, causes, cycles, people and how long it took; is narrowed; and becomes a CSV without formulas', async () => {
    const { id } = await bring(JSON.stringify(log.map((one) => graphRecord(one, true))));
    const { azureLogs } = pilot.api;
    const insight = await azureLogs.insight(id);
    expect(insight.counts).toEqual(
      expect.arrayContaining([
        { action: 'create', status: 'success', entries: 1 },
        { action: 'update', status: 'failure', entries: 1 },
        { action: 'other', status: 'skipped', entries: 1 },
      ]),
    );
    expect(insight.failures).toMatchObject([{ code: 'InvalidAnchor', entries: 1, people: 1 }]);
    expect(insight.skipped).toMatchObject([{ skip: 'not-assigned', entries: 1 }]);
    expect(insight.cycles.map((cycle) => [cycle.id, cycle.entries, cycle.failed])).toEqual([
      ['second', 1, 1],
      ['first', 2, 0],
    ]);
    expect(insight.people).toMatchObject([
      { key: 'o1', entries: 2, failed: 1 },
      { key: 'o2', entries: 1 },
    ]);
    expect(insight.slowest.map(({ durationMs }) => durationMs)).toEqual([1_200, 400]);
    expect(insight.missing).toEqual(
      expect.arrayContaining([
        { why: 'older', entries: 2 },
        { why: 'skipped', entries: 1 },
      ]),
    );

    const names = async (filter: Partial<AzureFilter>) => (await rowsOf(id, filter)).rows.map(({ name }) => name);
    expect(await names({ status: 'skipped' })).toEqual(['Bo Lind']);
    expect(await names({ person: 'o1' })).toEqual(['Orla Brandt', 'Orla Brandt']);
    expect(await names({ text: 'BO lind' })).toEqual(['Bo Lind']);
    expect(await names({ cycle: 'second', action: 'update' })).toEqual(['Orla Brandt']);
    expect(await names({ cause: insight.failures[0]?.cause ?? '' })).toEqual(['Orla Brandt']);
    expect(await names({ matched: true })).toEqual([]);

    const timeline = await azureLogs.timeline({ id, from: at, to: at + 60_000, slots: 60 });
    expect(timeline.entries).toEqual([
      { at, success: 1, failure: 0, skipped: 0, other: 0, joined: 0 },
      { at: at + 1_000, success: 0, failure: 0, skipped: 1, other: 0, joined: 0 },
      { at: at + 60_000, success: 0, failure: 1, skipped: 0, other: 0, joined: 0 },
    ]);
    expect(timeline.marks?.entries).toHaveLength(3);
    const coarse = await azureLogs.timeline({ id, from: at, to: at + 60_000, slots: 10 });
    expect(coarse.entries).toEqual([
      { at, success: 1, failure: 0, skipped: 1, other: 0, joined: 0 },
      { at: at + 60_000, success: 0, failure: 1, skipped: 0, other: 0, joined: 0 },
    ]);

    const { text, next } = await azureLogs.csv({ id, filter: everything, after: null });
    expect(next).toBeNull();
    expect(text.split('\r\n')).toHaveLength(5);
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text).toContain('is not assigned to the application');
  });

  test('is deleted with everything of it, and can be cancelled while it is read', async () => {
    const { azureLogs } = pilot.api;
    const { id } = await bring(JSON.stringify(log.map((one) => graphRecord(one))));
    const other = await bring(csvFiles(log).logs);
    await azureLogs.delete(id);
    expect(azureLogs.list().some((one) => one.id === id)).toBe(false);
    expect((await rowsOf(id)).total).toBe(0);
    expect((await rowsOf(other.id)).total).toBe(3);

    const half = await azureLogs.begin([{ name: 'half.json', bytes: 1_000 }]);
    await azureLogs.write(half.id, 0, Buffer.from(`[${JSON.stringify(graphRecord(log[0] as AzureEntry))},`));
    expect(azureLogs.list()[0]).toMatchObject({ id: half.id, state: 'reading', entries: 1 });
    await expect(azureLogs.begin([{ name: 'other.json', bytes: 1 }])).rejects.toThrow('Another log is being read');
    await azureLogs.cancel(half.id);
    expect(azureLogs.list().some((one) => one.id === half.id)).toBe(false);
    await expect(azureLogs.write(half.id, 0, Buffer.from('x'))).rejects.toThrow('not being read any more');
  });

  test('that broke off is kept as far as it was read, also over a restart', async () => {
    const text = JSON.stringify(log.map((one) => graphRecord(one)));
    const cut = await bring(text.slice(0, -40));
    expect(cut).toMatchObject({
      entries: 2,
      files: [{ problemCount: 1, problems: [{ words: expect.stringMatching(/cut off/), line: 1 }] }],
    });

    const half = await pilot.api.azureLogs.begin([{ name: 'half.json', bytes: 10_000 }]);
    await pilot.api.azureLogs.write(half.id, 0, Buffer.from(text.slice(0, -40)));
    await pilot.stop();
    pilot = await startTestPilot({ dataDir: pilot.dataDir });
    const [kept] = pilot.api.azureLogs.list();
    expect(kept).toMatchObject({
      state: 'unmatched',
      entries: 2,
      broken: expect.stringMatching(/stopped while the files were read/),
    });
    await pilot.api.azureLogs.match(half.id);
    expect(await settled(half.id)).toMatchObject({ state: 'ready', broken: kept?.broken });
  });
});
