import { describe, expect, test } from 'vitest';
import { type CycleCall, createCycles, noCycles } from '../../../src-main/calls/cycles.ts';
import type { Cycle } from '../../../src-main/contract/index.ts';
import { nextCycle, shownCycle } from '../../../src-main/insight/next-cycle.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 9);

type Part = Partial<CycleCall> & { joins?: number };

/** What is on the wire, one second after the other. */
function play(historyCut = false) {
  const cycles = createCycles(noCycles(historyCut));
  let at = start;
  let position = 0;
  const add = ({ joins = 0, ...part }: Part) => {
    position += 1;
    at += 1_000;
    cycles.add({
      position,
      action: position - joins,
      at,
      method: 'GET',
      outcome: 'ok',
      practice: false,
      via: 'public',
      probe: false,
      resourceType: 'User',
      resourceId: null,
      totalResults: null,
      changeKind: null,
      ...part,
    });
  };
  return {
    at: () => at,
    cycles,
    add,
    wait(minutes: number) {
      at += minutes * minute;
    },
    test(part: Part = {}) {
      add({ probe: true, totalResults: 0, ...part });
      add({ probe: true, totalResults: 0, resourceType: 'Group', joins: 1, ...part });
    },
    created(part: Part = {}) {
      add({ totalResults: 0, ...part });
      add({ method: 'POST', resourceId: `u${position}`, changeKind: 'created', joins: 1, ...part });
    },
    refused() {
      add({ totalResults: 0 });
      add({ method: 'POST', outcome: 'failed', joins: 1 });
    },
    unchanged: () => add({ totalResults: 1, resourceId: 'u' }),
    updated(changeKind: CycleCall['changeKind'] = 'updated') {
      add({ resourceId: 'u' });
      add({ method: 'PATCH', resourceId: 'u', changeKind, joins: 1 });
    },
    times(count: number, act: () => void) {
      for (let index = 0; index < count; index += 1) act();
    },
  };
}

const kinds = (cycles: Cycle[]) => cycles.map(({ kind }) => kind);
const counts = ({ calls, actions, created, updated, archived, failed }: Cycle) => [
  calls,
  actions,
  created,
  updated,
  archived,
  failed,
];

describe('cycles are recognised as probable', () => {
  test('from the test to the first cycle and on', () => {
    const wire = play();
    wire.test();
    wire.wait(3);
    wire.test();
    wire.wait(10);
    // Provision on demand.
    wire.test();
    wire.created();
    wire.wait(10);
    // Start provisioning: everybody is looked for.
    wire.test();
    wire.unchanged();
    wire.times(3, wire.created);
    wire.refused();
    wire.wait(40);
    wire.test();
    wire.updated();
    wire.updated('archived');
    wire.created();
    wire.wait(40);
    // Nothing has changed in Azure.
    wire.test();
    const list = wire.cycles.list();
    expect(kinds(list)).toEqual(['test', 'onDemand', 'initial', 'incremental', 'incremental']);
    expect(list.map(counts)).toEqual([
      [4, 2, 0, 0, 0, 0],
      [4, 2, 1, 0, 0, 0],
      [11, 6, 3, 0, 0, 1],
      [8, 4, 1, 1, 1, 0],
      [2, 1, 0, 0, 0, 0],
    ]);
  });

  test('an action counts once, by the most it did, and not as failed when a later call made up for it', () => {
    const wire = play();
    wire.test();
    wire.created();
    wire.add({ method: 'PATCH', resourceId: 'u', changeKind: 'updated', joins: 2 });
    wire.add({ method: 'POST', outcome: 'failed' });
    wire.add({ method: 'POST', resourceId: 'v', changeKind: 'created', joins: 1 });
    expect(wire.cycles.list().map(counts)).toEqual([[7, 3, 2, 0, 0, 0]]);
  });

  test('a restart looks for everybody again and finds most unchanged', () => {
    const wire = play();
    wire.test();
    wire.times(3, wire.created);
    wire.wait(40);
    wire.test();
    wire.times(2, wire.updated);
    wire.wait(10);
    wire.test();
    wire.times(5, wire.unchanged);
    expect(kinds(wire.cycles.list())).toEqual(['initial', 'incremental', 'initial']);
  });

  test('where older calls are no longer kept, nothing is called the first', () => {
    const wire = play(true);
    wire.test();
    wire.times(3, wire.created);
    expect(kinds(wire.cycles.list())).toEqual(['incremental']);
  });

  test('Azure, practice and this machine are apart, whatever the order', () => {
    const wire = play();
    const practice = { practice: true, via: 'local' } as const;
    wire.test();
    wire.test(practice);
    wire.created();
    wire.created(practice);
    wire.created(practice);
    wire.created();
    wire.add({ via: 'local', resourceId: 'u' });
    // The simulator begins its next activity at once.
    wire.test(practice);
    wire.created(practice);
    const list = wire.cycles.list();
    expect(list.map(({ kind, practice, via, created }) => [kind, practice, via, created])).toEqual([
      ['initial', false, 'public', 2],
      ['initial', true, 'local', 2],
      ['other', false, 'local', 0],
      ['onDemand', true, 'local', 1],
    ]);
    expect(list[0]?.last).toBeGreaterThan(list[1]?.position ?? 0);
  });
});

describe('the next cycle', () => {
  const everyCycle = (minutes: number, count: number) => {
    const wire = play();
    wire.times(count, () => {
      wire.test();
      wire.created();
      wire.created();
      wire.wait(minutes);
    });
    return wire;
  };

  test('comes about as long after the start of the last as that came after the one before', () => {
    const wire = everyCycle(30, 3);
    const list = wire.cycles.list();
    const next = nextCycle(list, wire.at() - 10 * minute);
    expect(next?.measured).toBe(true);
    expect(Math.round(((next?.at ?? 0) - (list.at(-1)?.at ?? 0)) / minute)).toBe(30);
  });

  test('after one cycle it is what Microsoft says; none is told while one runs or when it is overdue', () => {
    const wire = everyCycle(0, 1);
    expect(nextCycle(wire.cycles.list(), wire.at())).toBeNull();
    expect(nextCycle(wire.cycles.list(), wire.at() + 2 * minute)).toMatchObject({
      everyMs: 40 * minute,
      measured: false,
    });
    expect(nextCycle(wire.cycles.list(), wire.at() + 61 * minute)).toBeNull();
  });

  test('none is told after failures, or when practice alone has run', () => {
    const failing = everyCycle(40, 1);
    failing.test();
    failing.times(2, failing.refused);
    expect(nextCycle(failing.cycles.list(), failing.at() + 2 * minute)).toBeNull();
    const refused = everyCycle(40, 1);
    refused.add({ resourceType: null, outcome: 'failed' });
    expect(nextCycle(refused.cycles.list(), refused.at() + 2 * minute)).toBeNull();
    const practice = play();
    practice.test({ practice: true });
    practice.times(3, () => practice.created({ practice: true }));
    expect(nextCycle(practice.cycles.list(), practice.at() + 2 * minute)).toBeNull();
    expect(shownCycle(practice.cycles.list())).toMatchObject({ practice: true, created: 3 });
  });

  test('what Overview counts is Azure’s newest, not a test or practice after it', () => {
    const wire = everyCycle(40, 1);
    wire.test({ practice: true });
    wire.created({ practice: true });
    wire.wait(10);
    wire.add({ resourceId: null, resourceType: null });
    expect(shownCycle(wire.cycles.list())).toMatchObject({ kind: 'initial', created: 2, practice: false });
  });
});
