import { actionOf } from '../../../src-main/contract/catalogue/actions.ts';
import type { CallAction, CallSummary } from '../../../src-main/contract/index.ts';

/** Calls dropped at the old end before what is grouped is made anew. */
const SLACK = 2_000;

/** Calls as actions, kept up while calls come in: what a new call costs does not grow with what is loaded. */
export interface Grouping {
  /** The actions of the calls (newest first), newest first. The same list as long as nothing has changed. */
  of(calls: readonly CallSummary[]): readonly CallAction[];
}

export function createGrouping(): Grouping {
  /** As last asked for. */
  let known: readonly CallSummary[] = [];
  /** Calls that were grouped and are no longer asked for: the oldest. */
  let slack = 0;
  /** Oldest first, so that a new one is added at the end and the places of the others stay. */
  let actions: CallAction[] = [];
  let places = new Map<number, number>();
  let newestFirst: readonly CallAction[] = [];

  function add(call: CallSummary): void {
    const place = places.get(call.action);
    const before = place === undefined ? undefined : actions[place];
    if (place !== undefined && before !== undefined) {
      actions[place] = actionOf([...before.calls, call]);
      return;
    }
    // Most begin last; where its first call is not among these (a filter hid it), an action may have begun before others.
    let end = actions.length;
    while (end > 0 && (actions[end - 1]?.position ?? 0) > call.action) end -= 1;
    actions.splice(end, 0, actionOf([call]));
    for (let moved = end; moved < actions.length; moved += 1) places.set(actions[moved]?.position ?? 0, moved);
  }

  function all(calls: readonly CallSummary[]): void {
    const groups = new Map<number, CallSummary[]>();
    for (const call of calls.toReversed()) {
      const group = groups.get(call.action);
      if (group === undefined) groups.set(call.action, [call]);
      else group.push(call);
    }
    actions = [...groups.values()].map(actionOf).sort((a, b) => a.position - b.position);
    places = new Map(actions.map((action, place) => [action.position, place]));
    slack = 0;
  }

  /** How many calls are new in front; null where more has changed than that. */
  function newInFront(calls: readonly CallSummary[]): number | null {
    const [head] = known;
    if (head === undefined) return null;
    const fresh = calls.findIndex((call) => call.position <= head.position);
    if (fresh === -1 || calls[fresh] !== head) return null;
    const kept = calls.length - fresh;
    if (kept > known.length) return null;
    // A later call may have shown one in another light. A comparison is next to nothing beside grouping.
    for (let index = 0; index < kept; index += 1) if (calls[fresh + index] !== known[index]) return null;
    return slack + known.length - kept > SLACK ? null : fresh;
  }

  return {
    of(calls) {
      if (calls === known) return newestFirst;
      const fresh = newInFront(calls);
      if (fresh === null) all(calls);
      else {
        slack += fresh + known.length - calls.length;
        for (let index = fresh - 1; index >= 0; index -= 1) {
          const call = calls[index];
          if (call !== undefined) add(call);
        }
      }
      known = calls;
      newestFirst = shownOf(calls.at(-1)).reverse();
      return newestFirst;
    },
  };

  /** Without the actions of which nothing is asked for any more. */
  function shownOf(oldest: CallSummary | undefined): CallAction[] {
    if (oldest === undefined) return [];
    if (slack === 0) return actions.slice();
    return actions.filter((action) => (action.calls.at(-1)?.position ?? 0) >= oldest.position);
  }
}
