import { useMemo, useState } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { createGrouping, createPlain } from './group.ts';
import type { ActionLine, CallLine } from './lines.ts';
import type { FeedView } from './view.ts';

interface RowsOptions {
  view: FeedView['rows'];
  /** Newer ones wait (see `useHeld`). */
  limit: number;
  /** Nothing changes, not even an action that goes on. */
  still: boolean;
}

/** The rows of the feed (newest first) and how many wait. */
export function useRows(
  calls: CallSummary[],
  { view, limit, still }: RowsOptions,
): { rows: readonly (ActionLine | CallLine)[]; waiting: number } {
  const [plain] = useState(createPlain);
  const [grouping] = useState(createGrouping);
  return useMemo(() => {
    const first = calls.findIndex((call) => call.position <= limit);
    const ahead = first === -1 ? calls.length : first;
    const shown = ahead === 0 ? calls : calls.slice(ahead);
    if (view === 'calls') return { rows: plain.of(shown), waiting: ahead };
    if (still) {
      const waiting = new Set(calls.slice(0, ahead).map((call) => call.action));
      return { rows: grouping.of(shown), waiting: [...waiting].filter((one) => one > limit).length };
    }
    // An action on screen may go on where it stands: nothing moves by that.
    const lines = grouping.of(calls);
    const begun = lines.findIndex((line) => line.action.position <= limit);
    const waiting = begun === -1 ? lines.length : begun;
    return { rows: waiting === 0 ? lines : lines.slice(waiting), waiting };
  }, [calls, view, limit, still, plain, grouping]);
}
