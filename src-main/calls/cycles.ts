import type { CallSummary, Cycle, CycleKind } from '../contract/index.ts';

/** What the recognition of cycles reads of a call. */
export type CycleCall = Pick<
  CallSummary,
  | 'position'
  | 'action'
  | 'at'
  | 'method'
  | 'outcome'
  | 'practice'
  | 'via'
  | 'probe'
  | 'resourceType'
  | 'resourceId'
  | 'totalResults'
  | 'changeKind'
>;

const minute = 60_000;
/** A silence this long ends a cycle. Cycles are 20 to 40 minutes apart, calls within one seconds. */
const silenceMs = 5 * minute;
/** A probe after this long a pause begins another; a running cycle is never so quiet. Practice takes no breath. */
const breathMs = 20_000;
/** From the start of one cycle to that of the next. */
const rhythm = { from: 15 * minute, to: 50 * minute };
const cyclesKept = 1_000;
/** Actions whose later calls are awaited. */
const actionsRemembered = 4_096;

/** What an action has done so far, the most of it last. */
const ranks = { none: 0, updated: 1, archived: 2, created: 3 };
interface Done {
  rank: number;
  wrote: boolean;
  failed: boolean;
}

/** A cycle that goes on, with what its kind is read from. */
interface Open extends Cycle {
  probes: number;
  beganWithProbe: boolean;
  /** Actions about a user or group, how many of them began with a match query, and how many only looked. */
  objects: number;
  looked: number;
  changed: number;
}

/** Azure, this machine or practice. */
interface Scope {
  open: Open | null;
  /** There was a cycle before, or may have been. */
  earlier: boolean;
  /** Start of the last one; null when none is known. */
  lastStart: number | null;
}

/** All that is remembered; plain data, which crosses threads. */
export interface CyclesState {
  historyCut: boolean;
  scopes: Map<string, Scope>;
  actions: Map<number, Done>;
  known: Open[];
}

export interface Cycles {
  /** Calls in the order of positions. */
  add(call: CycleCall): void;
  /** Oldest first, the newest 1,000. */
  list(): Cycle[];
}

/** `historyCut`: the first calls to come are not the first that were. */
export function noCycles(historyCut: boolean): CyclesState {
  return { historyCut, scopes: new Map(), actions: new Map(), known: [] };
}

/** Goes on from `state`, which is its own from then on. */
export function createCycles(state: CyclesState): Cycles {
  const { historyCut, scopes, actions } = state;

  function scopeOf(call: CycleCall): Scope {
    const key = `${call.via} ${call.practice}`;
    let scope = scopes.get(key);
    if (scope === undefined) {
      scope = { open: null, earlier: historyCut, lastStart: null };
      scopes.set(key, scope);
    }
    return scope;
  }

  function begin(scope: Scope, { position, at, practice, via, probe }: CycleCall): Open {
    if (scope.open !== null && (scope.open.kind === 'initial' || scope.open.kind === 'incremental')) {
      scope.earlier = true;
      scope.lastStart = scope.open.at;
    }
    const open: Open = {
      kind: 'other',
      position,
      last: position,
      at,
      lastAt: at,
      practice,
      via,
      calls: 0,
      actions: 0,
      created: 0,
      updated: 0,
      archived: 0,
      failed: 0,
      probes: 0,
      beganWithProbe: probe,
      objects: 0,
      looked: 0,
      changed: 0,
    };
    scope.open = open;
    state.known.push(open);
    if (state.known.length >= 2 * cyclesKept) state.known = state.known.slice(-cyclesKept);
    return open;
  }

  function count(open: Open, call: CycleCall): void {
    const before = actions.get(call.action) ?? { rank: ranks.none, wrote: false, failed: false };
    const now = after(before, call);
    actions.set(call.action, now);
    if (actions.size > actionsRemembered) forgetOldest(actions);
    tally(open, before, -1);
    tally(open, now, 1);
    if (now.rank > ranks.none && before.rank === ranks.none) open.changed += 1;
    if (call.action !== call.position) return;
    open.actions += 1;
    if (!isAboutRecord(call)) return;
    open.objects += 1;
    if (call.totalResults !== null || call.method === 'POST') open.looked += 1;
  }

  return {
    add(call) {
      const scope = scopeOf(call);
      const pause = call.at - (scope.open?.lastAt ?? Number.NEGATIVE_INFINITY);
      const anew =
        call.probe &&
        call.resourceType === 'User' &&
        (scope.open?.objects ?? 0) > 0 &&
        pause >= (call.practice ? 0 : breathMs);
      const open = scope.open === null || pause >= silenceMs || anew ? begin(scope, call) : scope.open;
      open.last = call.position;
      open.lastAt = Math.max(open.lastAt, call.at);
      open.calls += 1;
      if (call.probe) open.probes += 1;
      count(open, call);
      open.kind = kindOf(open, scope);
    },
    list: () => state.known.slice(-cyclesKept).map(toCycle),
  };
}

function toCycle({ probes: _p, beganWithProbe: _b, objects: _o, looked: _l, changed: _c, ...cycle }: Open): Cycle {
  return cycle;
}

/** A quarter at once: one by one, a map is slow. */
function forgetOldest(actions: Map<number, Done>): void {
  for (const oldest of actions.keys()) {
    actions.delete(oldest);
    if (actions.size <= actionsRemembered * 0.75) return;
  }
}

/** An action once more of its calls is known; as `actionOf` has it, in a few numbers. */
function after(before: Done, call: CycleCall): Done {
  const refused = call.outcome === 'failed';
  if (!isWrite(call)) return { ...before, failed: before.failed || (refused && !before.wrote) };
  return { rank: refused ? before.rank : Math.max(before.rank, rankOf(call)), wrote: true, failed: refused };
}

function tally(open: Open, { rank, failed }: Done, by: 1 | -1): void {
  if (failed) open.failed += by;
  if (rank === ranks.created) open.created += by;
  else if (rank === ranks.archived) open.archived += by;
  else if (rank === ranks.updated) open.updated += by;
}

function rankOf({ changeKind }: CycleCall): number {
  switch (changeKind) {
    case null:
      return ranks.none;
    case 'created':
      return ranks.created;
    case 'archived':
    case 'deleted':
      return ranks.archived;
    default:
      return ranks.updated;
  }
}

function isWrite({ method, totalResults }: CycleCall): boolean {
  return totalResults === null && method !== 'GET';
}

function isAboutRecord(call: CycleCall): boolean {
  if (call.probe || call.resourceType === null) return false;
  return isWrite(call) || call.resourceId !== null || call.totalResults === 0;
}

function kindOf(open: Open, { earlier, lastStart }: Scope): CycleKind {
  const since = lastStart === null ? null : open.at - lastStart;
  const due = since !== null && since >= rhythm.from && since <= rhythm.to;
  // A cycle in which nothing has changed is nothing but its probes.
  if (open.objects === 0) return open.probes === 0 ? 'other' : due ? 'incremental' : 'test';
  if (open.probes === 0 && (open.via === 'local' || open.objects === 1) && !due) return 'other';
  if (open.objects === 1 && open.beganWithProbe && !due) return 'onDemand';
  // The first cycle looks for everybody; one that is restarted finds most of them unchanged.
  const looksForAll = 2 * open.looked >= open.objects;
  const findsAll = open.objects >= 4 && 2 * (open.objects - open.changed) >= open.objects;
  return looksForAll && (!earlier || findsAll) ? 'initial' : 'incremental';
}
