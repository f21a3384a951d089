import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainAppearance } from '../../src-main/contract/catalogue/appearance.ts';
import type { CallDetail, CallSummary, Cycle, PilotStatus } from '../../src-main/contract/index.ts';
import { readSignal } from '../../src-renderer/frame/signal.ts';
import { tokenMatters, usedWords } from '../../src-renderer/frame/token-words.ts';
import { tunnelReading, tunnelStory } from '../../src-renderer/frame/tunnel.ts';
import { noBodyOf, storyOf } from '../../src-renderer/screens/feed/detail/story.ts';
import { createGrouping, createPlain } from '../../src-renderer/screens/feed/group.ts';
import { withBands } from '../../src-renderer/screens/feed/lines.ts';
import { awayStory, cycleStory } from '../../src-renderer/screens/overview/cycle-story.ts';
import { verdictOf } from '../../src-renderer/screens/overview/verdict.ts';
import { sinceThen } from '../../src-renderer/screens/replay/verdict.ts';
import { formatAgo, formatBytes, formatMs } from '../../src-renderer/ui/format.ts';
import { briefPath, splitPath } from '../../src-renderer/ui/values.ts';
import { fakeTokenStatus, fakeTunnel } from '../support/fake-pilot-api.ts';
import { callOf } from '../unit/exports/support.ts';

/** What the window makes of what it reads, without a browser. */

const noon = new Date(2026, 10, 23, 12).getTime();

const call = (change: Partial<CallSummary> = {}): CallSummary => ({
  position: 1,
  code: '7K2Q9',
  at: noon,
  durationMs: 3,
  method: 'POST',
  path: '/scim/v2/Users',
  query: '',
  status: 201,
  scimType: null,
  outcome: 'ok',
  practice: false,
  via: 'public',
  source: '20.190.128.1',
  stage: 'directory',
  probe: false,
  resourceType: 'User',
  resourceId: null,
  resourceName: 'Orla Brandt',
  totalResults: null,
  changeKind: 'created',
  sentence: { verb: 'Created', object: 'Orla Brandt', note: null },
  action: 1,
  why: [],
  ...change,
});

const status = (change: Partial<PilotStatus> = {}): PilotStatus => ({
  pilotName: 'Pilot',
  tenantUrl: 'https://pilot.example/scim/v2',
  token: fakeTokenStatus({}),
  tunnel: fakeTunnel({ kind: 'own', state: 'up', publicOrigin: 'https://pilot.example' }),
  endpointMedianMs: 2,
  directory: { users: 1, archived: 0, groups: 0, memberships: 0, deleted: 0 },
  callsStored: 1,
  failedLastHour: 0,
  lastCall: call(),
  ticks: [],
  storageBytes: 0,
  startedAt: 0,
  appearance: plainAppearance,
  azureAt: null,
  away: null,
  faultLab: null,
  practiceEndedAt: null,
  handActs: 0,
  ...change,
});

const problem = { code: 'code-1', what: 'It broke.', cure: 'Mend it.', link: null };
const unreachable = { ok: false, at: noon, problem };

describe('the signal line', () => {
  test.each([
    [{ state: 'off' }, 'todo', 'off', 'is off'],
    [{ state: 'starting' }, 'waiting', 'starting', 'is starting'],
    [{ state: 'up' }, 'todo', 'checking', 'being checked'],
    [{ state: 'up', reach: { ok: true, at: noon - 12_000, problem: null } }, 'ok', undefined, 'checked 12 s ago'],
    [{ state: 'up', reach: { ok: false, at: noon, problem } }, 'failed', 'unreachable', 'It broke. Mend it. (code-1'],
    [
      {
        state: 'up',
        reach: { ok: false, at: noon, problem },
        stale: { seenOrigin: 'https://old.example', publicOrigin: 'https://new.example' },
      },
      'failed',
      'unreachable',
      'It broke. Mend it.',
    ],
    [{ state: 'reconnecting', problem, nextTryAt: noon + 3_000 }, 'waiting', 'reconnecting', 'try comes in 3 s'],
    [{ state: 'down', problem }, 'failed', 'down', 'It broke. Mend it. (code-1)'],
    [
      { state: 'up', stale: { seenOrigin: 'https://old.example', publicOrigin: 'https://new.example' } },
      'odd',
      'other address in Azure',
      'Azure still calls https://old.example/scim/v2: replace it under Provisioning by https://new.example/scim/v2',
    ],
  ] as const)('tells a tunnel that is %o', (part, mark, reading, story) => {
    const tunnel = fakeTunnel({ kind: 'ngrok', ...part });
    expect(readSignal(status({ tunnel, lastCall: null })).tunnel).toBe(mark);
    expect(tunnelReading(tunnel)).toBe(reading);
    expect(tunnelStory(tunnel, noon)).toContain(story);
  });

  test('is dashed until a call came, and lit by one', () => {
    expect(readSignal(status({ lastCall: null }))).toMatchObject({
      azure: 'waiting',
      segments: ['dark', 'dark', 'dark'],
    });
    expect(readSignal(status())).toMatchObject({ azure: 'ok', tunnel: 'ok', segments: ['lit', 'lit', 'lit'] });
  });

  test('breaks where the last call was refused', () => {
    const refused = (stage: CallSummary['stage']) =>
      readSignal(status({ lastCall: call({ outcome: 'failed', status: 401, stage }) }));
    expect(refused('endpoint')).toMatchObject({ endpoint: 'failed', segments: ['lit', 'lit', 'dark'] });
    expect(refused('directory')).toMatchObject({ directory: 'failed', segments: ['lit', 'lit', 'lit'] });
  });

  test('practice and local calls prove nothing about Azure', () => {
    expect(readSignal(status({ lastCall: call({ practice: true }) }))).toMatchObject({
      azure: 'practice',
      segments: ['dark', 'dark', 'lit'],
    });
    const lastCall = call({ via: 'local' });
    const unlit = { azure: 'waiting', tunnel: 'todo', segments: ['dark', 'lit', 'lit'] };
    expect(readSignal(status({ lastCall, tunnel: fakeTunnel({}) }))).toMatchObject(unlit);
    // The same with a public address of one's own: this call did not come by it.
    expect(readSignal(status({ lastCall }))).toMatchObject(unlit);
  });
});

test('the verdict claims no more than was measured', () => {
  const of = (change: Partial<PilotStatus>, now = noon) => verdictOf(status(change), [], now).verdict;
  expect(of({ lastCall: null })).toBe('Listening. Azure has not called yet.');
  expect(of({})).toBe('Azure is provisioning. Nothing has failed.');
  expect(of({ failedLastHour: 2 })).toBe('2 calls failed in the last hour.');
  expect(of({}, noon + 2 * 3_600_000)).toBe('Azure has gone quiet.');
  const practised = { lastCall: call({ practice: true, at: noon - 1_000 }), startedAt: noon - 60_000 };
  expect(of(practised)).toBe('A practice run is under way. Nothing has failed.');
  expect(of({ ...practised, practiceEndedAt: noon - 500 })).toBe('The practice run came through.');
  expect(of(practised, noon + 5_000)).toBe('The practice run came through.');
  expect(of({ tunnel: fakeTunnel({}) })).toBe('Provisioning works on this machine.');
});

test('a replay says how often its record was changed since, and where no further was counted', () => {
  const last = { at: noon, by: 'admin' as const, callCode: null };
  const said = (changes: number, more: boolean) =>
    sinceThen({ rules: [], record: { changes, more, last }, original: callOf() }, noon)[0];
  expect(said(1, false)).toMatch(/^The user was changed 1 time, last .* by hand\.$/);
  expect(said(1_000, true)).toMatch(/^The user was changed more than 1,000 times, last /);
});

test('a tunnel through which nothing comes is the verdict, whatever came before', () => {
  for (const part of [{ state: 'off' }, { state: 'down', problem }, { state: 'up', reach: unreachable }] as const) {
    const tunnel = fakeTunnel({ kind: 'ngrok', ...part });
    for (const change of [{ lastCall: null }, { failedLastHour: 3 }, {}]) {
      const { verdict, advice } = verdictOf(status({ tunnel, ...change }), [], noon);
      expect(verdict).toBe('Azure cannot reach this pilot.');
      expect(advice).toContain('Settings, Connection');
      // Before its first call nothing says that Azure has a job which would come again.
      expect(advice).toContain('Until then Test Connection fails in Azure.');
      const later = verdictOf(status({ tunnel, ...change, azureAt: noon - 3_600_000 }), [], noon).advice;
      expect(later).toContain('A provisioning job that runs tries again in its next cycle');
    }
  }
  // Coming back by itself, or merely at another address: told below, and Azure's calls decide the verdict.
  for (const part of [{ state: 'reconnecting', problem }, { state: 'starting' }] as const) {
    const { verdict } = verdictOf(status({ tunnel: fakeTunnel({ kind: 'ngrok', ...part }) }), [], noon);
    expect(verdict).toBe('Azure is provisioning. Nothing has failed.');
  }
});

describe('the Secret Token', () => {
  const until = noon + 3_600_000;
  const rotated = { overlap: [{ ending: 'P_tk', until }], azureUses: { ending: 'P_tk', newest: false } };

  test.each([
    [{}, /^Azure has not called with it yet\.$/],
    [{ azureTested: true }, /^Azure has tested the connection with it, and provisioned nothing yet\.$/],
    [{ azureUses: { ending: '7Qxd', newest: true } }, /^Azure uses it\.$/],
    [rotated, /^Azure last worked with the one before it \(ends …P_tk\), which is accepted until /],
    [{ ...rotated, azureTested: true }, /^Azure’s test used the new one: it is not saved there yet.+ends …P_tk/],
    [{ ...rotated, overlap: [] }, /which is refused now\.$/],
  ])('which one Azure uses: %o', (part, words) => {
    expect(usedWords(fakeTokenStatus(part), noon)).toMatch(words);
  });

  test('a rotated one that Azure has only tested wants Save, not another paste', () => {
    const notes = (azureTested: boolean) =>
      tokenMatters(fakeTokenStatus({ ...rotated, azureTested }), noon).map(({ note }) => note);
    expect(notes(false)).toEqual([expect.stringContaining('Paste it as Secret Token')]);
    expect(notes(true)).toEqual([expect.stringMatching(/not saved there yet.+It is refused from .+press Save\.$/)]);
  });

  test('a wrong one is named by its ending; many of them are guesses, told once', () => {
    const refused = (ending: string, via: 'public' | 'local' = 'public') =>
      ({ kind: 'other', ending, calls: 2, lastAt: noon, via }) as const;
    const titles = (...list: ReturnType<typeof refused>[]) =>
      tokenMatters(fakeTokenStatus({ refused: list }), noon).map(({ title }) => title);
    expect(titles(refused('x7Q'))).toEqual(['Azure reached us with a different token (ends …x7Q)']);
    expect(titles(...['aaa', 'bbb', 'ccc', 'ddd'].map((one) => refused(one)), refused('eee', 'local'))).toEqual([
      'Somebody is guessing: at least 4 different tokens within an hour',
      'Calls with a different token (ends …eee)',
    ]);
  });
});

test('only a failed call of its own is one that Azure repeats', () => {
  const advice = (failures: CallSummary[], change: Partial<PilotStatus> = {}) =>
    verdictOf(status({ failedLastHour: 2, ...change }), failures, noon).advice;
  const failed = (change: Partial<CallSummary>) => call({ outcome: 'failed', ...change });
  expect(advice([failed({}), failed({ via: 'local' })])).toMatch(/^The newest are listed below\. Azure tries/);
  expect(advice([failed({ practice: true }), failed({ via: 'local' })])).toContain('None of them came from Azure.');
  // One of the two is not known: nothing is said of it.
  expect(advice([failed({ via: 'local' })])).toBe('The newest are listed below.');
  expect(advice([], { tunnel: fakeTunnel({}), failedLastHour: 1 })).toBe(
    'It is listed below. It came from this machine, not from Azure.',
  );
});

describe('the rows of the feed', () => {
  const cycle = (change: Partial<Cycle>): Cycle => ({
    kind: 'incremental',
    position: 1,
    last: 1,
    at: noon,
    lastAt: noon,
    practice: false,
    via: 'public',
    calls: 1,
    actions: 1,
    created: 0,
    updated: 0,
    archived: 0,
    failed: 0,
    ...change,
  });

  test('a band stands over each cycle, and again where another came in between', () => {
    const calls = [
      call({ position: 12, action: 12 }),
      call({ position: 11, action: 11, practice: true }),
      call({ position: 10, action: 10 }),
      call({ position: 2, action: 2 }),
      call({ position: 1, action: 1 }),
    ];
    const cycles = [
      cycle({ kind: 'test', position: 2, last: 2, at: noon - 86_400_000, lastAt: noon - 86_400_000 }),
      cycle({ position: 10, last: 12, at: noon - 60_000, actions: 12, created: 3, failed: 1 }),
      cycle({ kind: 'initial', position: 11, last: 11, practice: true }),
    ];
    const lines = withBands(createGrouping().of(calls), cycles, noon);
    expect(
      lines.map((line) => (line.kind === 'band' ? `${line.title}: ${line.facts}, ${line.failed}` : line.key)),
    ).toEqual([
      'Incremental cycle, probable: 11:59:00 to 12:00:00, 12 actions, 3 created, 1',
      '12',
      'Practice, initial cycle: 12:00:00, 1 action, 0',
      '11',
      'Incremental cycle, probable: 11:59:00 to 12:00:00, 12 actions, 3 created, 1',
      '10',
      'Connection test: Yesterday 12:00:00, 1 action, 0',
      '2',
      // In no cycle that is known: it goes on under the last band.
      '1',
    ]);
    expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
  });

  test('grouped step by step is grouped at once, and what has not changed stays the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ back: fc.nat(6), corrects: fc.nat(20) }), { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(fc.constantFrom('live', 'older', 'cut'), fc.integer({ min: 1, max: 12 })), { maxLength: 12 }),
        (made, moves) => {
          const all: CallSummary[] = [];
          for (const [index, { back, corrects }] of made.entries()) {
            const position = index + 1;
            const action = all[index - back]?.action ?? position;
            const corrected =
              corrects === 0 && index > 0 ? [{ ...all[index - 1], action: index } as CallSummary] : null;
            all.push(call({ position, action, ...(corrected === null ? {} : { corrects: corrected }) }));
          }
          const grouping = createGrouping();
          const plain = createPlain();
          let from = Math.floor(all.length / 2);
          let to = from;
          let shown: CallSummary[] = [];
          for (const [move, by] of moves) {
            const before = shown;
            if (move === 'live') {
              const fresh = all.slice(to, to + by);
              to += fresh.length;
              const changed = new Map(fresh.flatMap(({ corrects = [] }) => corrects).map((one) => [one.position, one]));
              shown = [...fresh.toReversed(), ...before].map((one) => changed.get(one.position) ?? one);
            } else if (move === 'older') {
              const older = all.slice(Math.max(0, from - by), from).toReversed();
              from -= older.length;
              shown = [...before, ...older];
            } else {
              shown = before.slice(0, Math.max(0, before.length - by));
              from = to - shown.length;
            }
            const lines = grouping.of(shown);
            const actions = lines.map((line) => line.action);
            const wanted = createGrouping()
              .of(shown)
              .map((line) => line.action);
            // A call that was dropped may still be counted in its action; no action more or less is shown.
            expect(actions.map((one) => one.position)).toEqual(wanted.map((one) => one.position));
            for (const [index, one] of actions.entries()) {
              expect(one.calls.slice(-(wanted[index]?.calls.length ?? 0))).toEqual(wanted[index]?.calls);
            }
            expect(grouping.of(shown)).toBe(lines);
            expect(plain.of(shown).map((line) => line.call)).toEqual(shown);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

test('the story of a cycle says how much was done and when the next one comes, and no more', () => {
  const cycle: Cycle = {
    kind: 'incremental',
    position: 1,
    last: 9,
    at: noon - 10 * 60_000,
    lastAt: noon - 9 * 60_000,
    practice: false,
    via: 'public',
    calls: 20,
    actions: 10,
    created: 3,
    updated: 5,
    archived: 1,
    failed: 1,
  };
  const known = { startedAt: noon - 3_600_000, practiceEndedAt: null };
  const next = { at: noon + 30 * 60_000, everyMs: 40 * 60_000, measured: true };
  expect(cycleStory(cycle, next, known, noon)).toBe(
    'The last incremental cycle (probable) did 9 of its 10 actions, at 11:50. The next cycle is expected about 12:30.',
  );
  expect(cycleStory({ ...cycle, failed: 0 }, { ...next, at: noon - 1 }, known, noon)).toMatch(
    /all of its 10 actions.*any moment/,
  );
  expect(cycleStory({ ...cycle, lastAt: noon }, null, known, noon)).toBe(
    'An incremental cycle (probable) is under way: 10 actions so far, 1 failed.',
  );
  const practice = { ...cycle, practice: true, failed: 0 };
  expect(cycleStory(practice, null, known, noon)).toContain('The last practice cycle did all of');
  const now = { ...practice, lastAt: noon - 1_000 };
  expect(cycleStory(now, null, known, noon)).toContain('A practice cycle is under way');
  // Its end is known at once.
  expect(cycleStory(now, null, { ...known, practiceEndedAt: noon - 500 }, noon)).toContain(
    'The last practice cycle did all of',
  );
  expect(cycleStory(now, null, { ...known, practiceEndedAt: noon - 2_000 }, noon)).toContain(
    'A practice cycle is under way',
  );
  // Nothing tells of the end of one that another program plays, but it takes no breath.
  expect(cycleStory({ ...practice, lastAt: noon - 6_000 }, null, known, noon)).toContain('The last practice cycle did');
  // A run ends with the process that plays it; Azure goes on, whoever starts again.
  const restarted = { ...known, startedAt: noon - 500 };
  expect(cycleStory(now, null, restarted, noon)).toContain('The last practice cycle did all of');
  expect(cycleStory({ ...cycle, lastAt: noon - 1_000 }, null, restarted, noon)).toContain('is under way');
  expect(cycleStory({ ...practice, lastAt: noon }, null, restarted, noon)).toContain('A practice cycle is under way');
  expect(cycleStory({ ...cycle, kind: 'onDemand' }, null, known, noon)).toBe(
    'Provision on demand (probable) failed, at 11:50.',
  );
  expect(cycleStory({ ...cycle, kind: 'test' }, next, known, noon)).toBeNull();
});

test('the story of an absence tells what to do only where something is to be done', () => {
  const away = { since: noon - 10 * 3_600_000, until: noon - 3_600_000, why: 'stopped' } as const;
  expect(awayStory(away, noon - 60_000, noon)).toEqual({
    what: 'SCIM Pilot was closed from 02:00 to 11:00 (9 h).',
    cure: 'Azure has called since, last at 11:59; it sends again what it could not deliver.',
  });
  expect(awayStory(away, away.since, noon).cure).toContain('Restart provisioning');
  const nap = { since: noon - 40 * 60_000, until: noon - 60_000, why: 'asleep' } as const;
  expect(awayStory(nap, nap.since, noon)).toEqual({
    what: 'This machine slept from 11:20 to 11:59 (39 min).',
    cure: 'Azure tries about every 40 minutes, and then sends what it could not deliver: nothing is to be done.',
  });
});

test('the story of a call leaves out the code and invents nothing', () => {
  const detail: CallDetail = {
    ...call({ outcome: 'failed', status: 409 }),
    requestHeaders: [],
    requestBody: null,
    responseHeaders: [],
    responseBody: null,
    answerGone: false,
    changesGone: false,
    source: '127.0.0.1',
    via: 'local',
    stage: 'directory',
    detail: '[call 7K2Q9] The userName is taken.',
    totalResults: null,
    changes: [],
    explanations: [],
  };
  expect(storyOf(detail)).toEqual({
    what: 'The userName is taken.',
    also: 'The call was refused and nothing was stored.',
  });
  expect(storyOf({ ...detail, outcome: 'ok', method: 'PATCH' }).what).toMatch(/^Accepted, but nothing changed/);
  expect(storyOf({ ...detail, outcome: 'ok', method: 'GET', totalResults: 0 }).what).toContain('Nothing matched');
  const search = { ...detail, method: 'POST', path: '/scim/v2/Users/.search' };
  expect(storyOf({ ...search, outcome: 'ok', totalResults: 1 }).what).toContain('One record matched');
  expect(storyOf(search).also).toBeNull();
});

test('a call whose record was purged is not told as one that changed nothing', () => {
  const gone = callOf({ method: 'POST', changeKind: 'created', resourceName: 'Aled Pryce', changesGone: true });
  expect(storyOf({ ...gone, answerGone: true })).toEqual({
    what: 'Aled Pryce was created.',
    also: 'The record was purged since: what this call changed, and its answer, are no longer kept.',
  });
  expect(storyOf({ ...gone, method: 'PATCH', changeKind: 'updated' })).toEqual({
    what: 'Aled Pryce was updated.',
    also: 'The record was purged since: what this call changed is no longer kept.',
  });
  // A bundle may name neither.
  expect(storyOf({ ...gone, changeKind: null, resourceName: null }).what).toBe('The record was changed.');
});

test('a body that was too large is not told as none', () => {
  expect(noBodyOf(callOf({ status: 413, outcome: 'failed' }))).toBe('The body was too large and was not kept.');
  expect(noBodyOf(callOf({ status: 404 }))).toBe('No body was sent.');
});

test('figures and paths are written short', () => {
  expect([formatMs(0.01), formatMs(0.42), formatMs(0.97), formatMs(1234.4)]).toEqual(['<0.1', '0.4', '1', '1,234']);
  expect([formatAgo(noon, noon + 1_500), formatAgo(noon, noon + 4_000), formatAgo(noon, noon + 3 * 3_600_000)]).toEqual(
    ['just now', '4 s ago', '3 h ago'],
  );
  expect(formatBytes(8.1 * 1_048_576)).toBe('8.1 MB');
  const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';
  expect(splitPath(department)).toEqual({ prefix: '…enterprise:2.0:User:', leaf: 'department' });
  expect([briefPath(department), briefPath('emails[type eq "work"].value')]).toEqual(['department', 'emails[work]']);
});
