import { entryOf } from '../contract/catalogue/explanations/index.ts';
import type { CallMinute, CallSummary, Overview } from '../contract/index.ts';
import type { CallNeed } from './needs.ts';

/** How far back minutes are counted. */
export const tallyMs = 24 * 3_600_000;
const minute = 60_000;
/** Minutes that may be too old before they are let go together. */
const slack = 60;

/** Of the kept calls, how many. */
export interface Totals {
  failed: number;
  odd: number;
  practice: number;
}

type NeedCount = Omit<CallNeed, 'code' | 'practice'> & { position: number };

interface MinuteCount extends Omit<CallMinute, 'at'> {
  created: number;
  updated: number;
  archived: number;
  /** By code, practice apart. */
  needs: Map<string, NeedCount>;
}

/** All that is counted; plain data, which crosses threads. */
export interface TallyState {
  /** Calls before this position are gone, and not counted. */
  from: number;
  totals: Totals;
  /** By the minute since 1970, the last 24 hours. */
  minutes: Map<number, MinuteCount>;
}

export function emptyTally(from: number): TallyState {
  return { from, totals: { failed: 0, odd: 0, practice: 0 }, minutes: new Map() };
}

/** Calls that are counted together: alike, and of one minute where that is recent. */
export interface Counted extends Pick<CallSummary, 'outcome' | 'practice' | 'changeKind' | 'why'> {
  calls: number;
  /** When the first and the last of them came. */
  since: number;
  at: number;
  /** Of the newest. */
  position: number;
}

export function countInto({ totals, minutes }: TallyState, of: Counted, now: number): void {
  const { outcome, practice, changeKind, calls, at } = of;
  if (outcome !== 'ok') totals[outcome] += calls;
  if (practice) totals.practice += calls;
  if (at < now - tallyMs) return;
  const key = Math.floor(at / minute);
  let one = minutes.get(key);
  if (one === undefined) {
    one = { calls: 0, failed: 0, practice: 0, created: 0, updated: 0, archived: 0, needs: new Map() };
    minutes.set(key, one);
    if (minutes.size > tallyMs / minute + slack) forgetOld(minutes, now);
  }
  one.calls += calls;
  if (outcome === 'failed') one.failed += calls;
  if (practice) one.practice += calls;
  if (changeKind === 'created') one.created += calls;
  else if (changeKind === 'archived' || changeKind === 'deleted') one.archived += calls;
  else if (changeKind !== null) one.updated += calls;
  if (outcome !== 'ok') for (const code of of.why) if (isNeed(code)) countNeed(one.needs, code, of);
}

function forgetOld(minutes: TallyState['minutes'], now: number): void {
  for (const key of minutes.keys()) if (key < Math.floor((now - tallyMs) / minute)) minutes.delete(key);
}

function isNeed(code: string): boolean {
  const entry = entryOf(code);
  return entry !== null && entry.severity !== 'info';
}

function countNeed(needs: MinuteCount['needs'], code: string, { practice, calls, since, at, position }: Counted): void {
  add(needs, keyOf(code, practice), { calls, since, at, position });
}

const keyOf = (code: string, practice: boolean) => (practice ? `practice ${code}` : code);

function add<Key>(needs: Map<Key, NeedCount>, key: Key, { calls, since, at, position }: NeedCount): void {
  const known = needs.get(key);
  if (known === undefined) {
    needs.set(key, { calls, since, at, position });
    return;
  }
  known.calls += calls;
  known.since = Math.min(known.since, since);
  known.at = Math.max(known.at, at);
  known.position = Math.max(known.position, position);
}

/** Minutes since a time, oldest first; empty ones are absent. */
export function minutesSince(state: TallyState, since: number): CallMinute[] {
  return recent(state, since)
    .map(([at, { calls, failed, practice }]) => ({ at: at * minute, calls, failed, practice }))
    .sort((a, b) => a.at - b.at);
}

export function countsSince(state: TallyState, since: number): Overview['today'] {
  const sum = { created: 0, updated: 0, archived: 0, failed: 0 };
  for (const [, one] of recent(state, since)) {
    for (const name of ['created', 'updated', 'archived', 'failed'] as const) sum[name] += one[name];
  }
  return sum;
}

/** What failed or was odd since a time, by code, the newest first, each with the position of its newest call. */
export function needsSince(state: TallyState, since: number): (CallNeed & { position: number })[] {
  const all = new Map<string, NeedCount>();
  for (const [, { needs }] of recent(state, since)) for (const [key, need] of needs) add(all, key, need);
  const codes = new Set([...all.keys()].map((key) => key.replace('practice ', '')));
  return [...codes]
    .flatMap((code) => {
      // Azure's calls count alone where there are any: what was practised too is no more of a need by that.
      const own = all.get(keyOf(code, false));
      const need = own ?? all.get(keyOf(code, true));
      return need === undefined ? [] : [{ code, practice: own === undefined, ...need }];
    })
    .sort((a, b) => b.position - a.position);
}

function recent({ minutes }: TallyState, since: number): [number, MinuteCount][] {
  const first = Math.floor(since / minute);
  return [...minutes].filter(([key]) => key >= first);
}
