import type { CallAction, CallSummary, Cycle, CycleKind } from '../../../src-main/contract/index.ts';
import { count, formatClock, formatDay, formatNumber } from '../../ui/format.ts';

/** A line of the feed. */
export type FeedLine = BandLine | ActionLine | CallLine;

/** Above calls that came close together. */
export interface BandLine {
  kind: 'band';
  key: string;
  title: string;
  practice: boolean;
  /** When, and what was done. */
  facts: string;
  failed: number;
}

export interface ActionLine {
  kind: 'action';
  key: string;
  action: CallAction;
  pinned: boolean;
  /**
   * Where a filter lets only some calls of the action through and `action.calls` are all of them: the positions of those some.
   * `unread`: the others could not be had.
   */
  listed?: ReadonlySet<number> | 'unread';
}

/** A call by itself. */
export interface CallLine {
  kind: 'call';
  key: string;
  call: CallSummary;
}

const TITLES: Record<CycleKind, string> = {
  initial: 'Initial cycle, probable',
  incremental: 'Incremental cycle, probable',
  onDemand: 'Provision on demand, probable',
  test: 'Connection test',
  other: 'Other calls',
};

const PRACTICE_TITLES: Record<CycleKind, string> = {
  initial: 'Practice, initial cycle',
  incremental: 'Practice, incremental cycle',
  onDemand: 'Practice, one object',
  test: 'Practice, connection test',
  other: 'Practice',
};

function bandOf(cycle: Cycle, key: string, now: number): BandLine {
  const { at, lastAt } = cycle;
  const day = formatDay(at, now);
  const begin = day === 'Today' ? formatClock(at) : `${day} ${formatClock(at)}`;
  const times = lastAt - at < 1_000 ? begin : `${begin} to ${formatClock(lastAt)}`;
  const done = [
    [cycle.created, 'created'],
    [cycle.updated, 'updated'],
    [cycle.archived, 'archived'],
  ] as const;
  const counts = done.filter(([number]) => number > 0).map(([number, word]) => `${formatNumber(number)} ${word}`);
  return {
    kind: 'band',
    key,
    title: cycle.practice ? PRACTICE_TITLES[cycle.kind] : TITLES[cycle.kind],
    practice: cycle.practice,
    facts: [times, count(cycle.actions, 'action'), ...counts].join(', '),
    failed: cycle.failed,
  };
}

type Row = ActionLine | CallLine;

const firstOf = (row: Row) => (row.kind === 'call' ? row.call : (row.action.calls[0] ?? row.action.decisive));

/** Whether the cycle is the one that a call with this position belongs to, as far as it can be told by them. */
function holds(cycle: Cycle, { position, practice, via }: CallSummary): boolean {
  return cycle.practice === practice && cycle.via === via && cycle.position <= position;
}

/** Puts the bands of the cycles (oldest first) between rows (newest first). */
export function withBands(rows: readonly Row[], cycles: readonly Cycle[], now: number): FeedLine[] {
  const lines: FeedLine[] = [];
  const parts = new Map<Cycle, number>();
  let shown: Cycle | null = null;
  let newest = cycles.length - 1;
  for (const row of rows) {
    const call = firstOf(row);
    // Cycles that began later are behind us.
    while (newest >= 0 && (cycles[newest]?.position ?? 0) > call.position) newest -= 1;
    const cycle: Cycle | null =
      shown !== null && isWithin(shown, call, cycles, newest) ? shown : cycleOf(call, cycles, newest);
    if (cycle !== null && cycle !== shown) {
      // A cycle that another one interrupts has a band for each of its parts.
      const part = parts.get(cycle) ?? 0;
      parts.set(cycle, part + 1);
      lines.push(bandOf(cycle, `band-${cycle.position}-${part}`, now));
    }
    shown = cycle;
    lines.push(row);
  }
  return lines;
}

/** As long as no other cycle has begun in between, a row belongs to the band above it. */
function isWithin(shown: Cycle, call: CallSummary, cycles: readonly Cycle[], newest: number): boolean {
  return cycles[newest] === shown && holds(shown, call);
}

function cycleOf(call: CallSummary, cycles: readonly Cycle[], newest: number): Cycle | null {
  for (let index = newest; index >= 0; index -= 1) {
    const cycle = cycles[index];
    if (cycle !== undefined && holds(cycle, call))
      return call.position <= cycle.last || index === newest ? cycle : null;
  }
  return null;
}

/** Pinned actions stand on top, under a band of their own, and nowhere else. */
export function withPinned(
  rows: readonly Row[],
  pinned: ReadonlyMap<number, CallAction>,
): { top: FeedLine[]; rest: Row[] } {
  if (pinned.size === 0) return { top: [], rest: [...rows] };
  const rest: Row[] = [];
  const shown = new Map(
    [...pinned.values()].map((action): [number, ActionLine] => [
      action.position,
      { kind: 'action', key: String(action.position), action, pinned: true },
    ]),
  );
  for (const row of rows) {
    if (row.kind === 'action' && pinned.has(row.action.position))
      shown.set(row.action.position, { ...row, pinned: true });
    else rest.push(row);
  }
  const facts = count(pinned.size, 'action');
  const band: BandLine = { kind: 'band', key: 'pinned', title: 'Pinned', practice: false, facts, failed: 0 };
  return { top: [band, ...shown.values()], rest };
}

/** The codes of the calls that keys step through, from top to bottom; an open action is walked call by call. */
export function stopsOf(lines: readonly FeedLine[], open: ReadonlySet<number>): string[] {
  return lines.flatMap((line) => {
    if (line.kind === 'band') return [];
    if (line.kind === 'call') return [line.call.code];
    return open.has(line.action.position) ? shownCalls(line).map(({ code }) => code) : [line.action.decisive.code];
  });
}

/** The line with all calls of its action; those that a filter let through are remembered. */
export function withWhole(line: ActionLine, whole: readonly CallSummary[] | 'unread', narrowed: boolean): ActionLine {
  if (whole === 'unread') return { ...line, listed: 'unread' };
  const listed = new Map(line.action.calls.map((call) => [call.position, call]));
  const others = whole.filter(({ position }) => !listed.has(position));
  if (others.length === 0) return line;
  const calls = [...listed.values(), ...others].sort((a, b) => a.position - b.position);
  const durationMs = calls.reduce((sum, call) => sum + call.durationMs, 0);
  const all = { ...line, action: { ...line.action, calls, durationMs } };
  return narrowed ? { ...all, listed: new Set(listed.keys()) } : all;
}

/** Calls that an open row shows: the newest, and before others those that fit the filter. The rest are among the plain calls. */
const SHOWN_CALLS = 50;

export function shownCalls({ action: { calls }, listed }: ActionLine): readonly CallSummary[] {
  if (calls.length <= SHOWN_CALLS) return calls;
  if (listed === undefined || listed === 'unread') return calls.slice(-SHOWN_CALLS);
  const fitting = calls.filter(({ position }) => listed.has(position)).slice(-SHOWN_CALLS);
  const room = SHOWN_CALLS - fitting.length;
  const others = room === 0 ? [] : calls.filter(({ position }) => !listed.has(position)).slice(-room);
  return [...fitting, ...others].sort((a, b) => a.position - b.position);
}
