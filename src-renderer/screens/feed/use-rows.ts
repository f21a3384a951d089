import { useMemo, useState } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { createGrouping } from './group.ts';
import { actionLines, callLines } from './lines.ts';
import type { FeedView } from './view.ts';

interface RowsOptions {
  view: FeedView['rows'];
  /** Newer ones wait (see `useHeld`). */
  limit: number;
  /** Nothing changes, not even an action that goes on. */
  still: boolean;
}

/** The rows of the feed (newest first) and how many wait. */
export function useRows(calls: CallSummary[], { view, limit, still }: RowsOptions) {
  const [grouping] = useState(createGrouping);
  return useMemo(() => {
    const first = calls.findIndex((call) => call.position <= limit);
    const ahead = first === -1 ? calls.length : first;
    const shown = ahead === 0 ? calls : calls.slice(ahead);
    if (view === 'calls') return { rows: callLines(shown), waiting: ahead };
    if (still) {
      const waiting = new Set(calls.slice(0, ahead).map((call) => call.action));
      return { rows: actionLines(grouping.of(shown)), waiting: [...waiting].filter((one) => one > limit).length };
    }
    // An action on screen may go on where it stands: nothing moves by that.
    const actions = grouping.of(calls);
    const begun = actions.findIndex((action) => action.position <= limit);
    const waiting = begun === -1 ? actions.length : begun;
    return { rows: actionLines(waiting === 0 ? actions : actions.slice(waiting)), waiting };
  }, [calls, view, limit, still, grouping]);
}
