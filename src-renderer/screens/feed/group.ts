import { actionOf } from '../../../src-main/contract/catalogue/actions.ts';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import type { ActionLine, CallLine } from './lines.ts';

/** Calls dropped at the old end before their actions are let go too. */
const SLACK = 2_000;

/** Makes lines of calls (newest first), newest first: what a new call costs hardly grows with what is loaded. */
export interface Grouping<Line> {
  /** Calls that have not changed keep their line. */
  of(calls: readonly CallSummary[]): readonly Line[];
}

/** How many calls are new in front of those that were known; null where more has changed than that, or calls at the end are gone. */
function newInFront(calls: readonly CallSummary[], known: readonly CallSummary[]): number | null {
  const [head] = known;
  if (head === undefined) return null;
  const fresh = calls.findIndex((call) => call.position <= head.position);
  if (fresh === -1) return null;
  const kept = calls.length - fresh;
  if (kept > known.length) return null;
  // A later call may have shown one in another light. A comparison is next to nothing beside grouping.
  for (let index = 0; index < kept; index += 1) if (calls[fresh + index] !== known[index]) return null;
  return fresh;
}

/** A line for each call. */
export function createPlain(): Grouping<CallLine> {
  let known: readonly CallSummary[] = [];
  let lines: readonly CallLine[] = [];
  const lineOf = (call: CallSummary): CallLine => ({ kind: 'call', key: String(call.position), call });
  return {
    of(calls) {
      if (calls === known) return lines;
      const fresh = newInFront(calls, known);
      lines =
        fresh === null
          ? calls.map(lineOf)
          : [...calls.slice(0, fresh).map(lineOf), ...lines.slice(0, calls.length - fresh)];
      known = calls;
      return lines;
    },
  };
}

/** A line for each action. */
export function createGrouping(): Grouping<ActionLine> {
  let known: readonly CallSummary[] = [];
  /** Calls that were grouped and are no longer asked for: the oldest. */
  let slack = 0;
  /** Oldest first, so that a new one is added at the end and the places of the others stay. */
  let lines: ActionLine[] = [];
  let places = new Map<number, number>();
  let newestFirst: readonly ActionLine[] = [];

  const lineOf = (calls: readonly CallSummary[]): ActionLine => {
    const action = actionOf(calls);
    return { kind: 'action', key: String(action.position), action, pinned: false };
  };
  const positionOf = (line: ActionLine | undefined) => line?.action.position ?? 0;

  function add(call: CallSummary): void {
    const place = places.get(call.action);
    const before = place === undefined ? undefined : lines[place];
    if (place !== undefined && before !== undefined) {
      lines[place] = lineOf([...before.action.calls, call]);
      return;
    }
    // Most begin last; where its first call is not among these (a filter hid it), an action may have begun before others.
    let end = lines.length;
    while (end > 0 && positionOf(lines[end - 1]) > call.action) end -= 1;
    lines.splice(end, 0, lineOf([call]));
    for (let moved = end; moved < lines.length; moved += 1) places.set(positionOf(lines[moved]), moved);
  }

  function set(all: ActionLine[]): void {
    lines = all;
    places = new Map(all.map((line, place) => [line.action.position, place]));
    slack = 0;
  }

  function group(calls: readonly CallSummary[]): ActionLine[] {
    const groups = new Map<number, CallSummary[]>();
    for (const call of calls.toReversed()) {
      const some = groups.get(call.action);
      if (some === undefined) groups.set(call.action, [call]);
      else some.push(call);
    }
    return [...groups.values()].map(lineOf).sort((a, b) => positionOf(a) - positionOf(b));
  }

  /** Without the actions of which nothing is asked for any more; these are among the oldest. */
  function shownOf(oldest: CallSummary | undefined): ActionLine[] {
    if (oldest === undefined) return [];
    if (slack === 0) return lines.slice();
    let begun = 0;
    while (begun < lines.length && positionOf(lines[begun]) < oldest.position) begun += 1;
    const goOn = lines.slice(0, begun).filter(({ action }) => (action.calls.at(-1)?.position ?? 0) >= oldest.position);
    return [...goOn, ...lines.slice(begun)];
  }

  return {
    of(calls) {
      if (calls === known) return newestFirst;
      const fresh = newInFront(calls, known);
      if (fresh === null) set(group(calls));
      else {
        slack += fresh + known.length - calls.length;
        for (let index = fresh - 1; index >= 0; index -= 1) {
          const call = calls[index];
          if (call !== undefined) add(call);
        }
      }
      known = calls;
      const shown = shownOf(calls.at(-1));
      newestFirst = shown.toReversed();
      if (slack > SLACK) set(shown);
      return newestFirst;
    },
  };
}
