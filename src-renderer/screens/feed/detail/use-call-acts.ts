import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../../api.ts';
import { type Command, useCommands } from '../../../commands/commands.ts';
import { curlOf } from '../../../exports/curl.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { markForCompare, useCompareMark } from './compare-mark.ts';

/** What can be done with a call, by button and by key. */
export interface CallActs {
  replay(): void;
  edit(): void;
  /** Marks it, lets go of it, or compares it with the marked one. */
  compare(): void;
  copyCurl(): Promise<boolean>;
}

/** The acts of one call; null without one. */
export function useCallActs(code: string | null): CallActs | null {
  const [, go] = useLocation();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const marked = useCompareMark();
  const copyCurl = useCallback(async () => {
    try {
      if (code === null) return false;
      const call = await queries.fetchQuery(api.feed.detail.queryOptions({ code }));
      await navigator.clipboard.writeText(curlOf(call));
      announce('cURL command copied');
      return true;
    } catch {
      announce('The cURL command could not be copied');
      return false;
    }
  }, [code, queries, announce]);
  return useMemo(() => {
    if (code === null) return null;
    return {
      replay: () => go(`/replay/${code}`),
      edit: () => go(`/replay/${code}/edit`),
      compare() {
        if (marked === null) {
          markForCompare(code);
          announce(`Call ${code} is marked: press D on another call to compare`);
        } else if (marked === code) {
          markForCompare(null);
          announce(`Call ${code} is not marked any more`);
        } else {
          markForCompare(null);
          go(`/compare/${marked}/${code}`);
        }
      },
      copyCurl,
    };
  }, [code, go, marked, announce, copyCurl]);
}

/** What the palette offers for a call. */
function commandsOf(code: string, acts: CallActs, marked: string | null): readonly Command[] {
  const group = `Call ${code}`;
  const compare =
    marked === null
      ? 'Mark this call to compare'
      : marked === code
        ? 'Mark this call no more'
        : `Compare this call with ${marked}`;
  return [
    { id: 'call-replay', title: 'Replay this call', group, keys: 'R', run: acts.replay },
    { id: 'call-edit', title: 'Edit this call and replay it', group, keys: 'E', run: acts.edit },
    { id: 'call-compare', title: compare, group, keys: 'D', run: acts.compare },
    { id: 'call-curl', title: 'Copy this call as cURL', group, keys: 'C', run: () => void acts.copyCurl() },
  ];
}

const NONE: readonly Command[] = [];

/** R, E, D and C act on the call that the reader stands on; the palette offers the same. */
export function useCallKeys(code: string | null): void {
  const acts = useCallActs(code);
  const marked = useCompareMark();
  useCommands(
    useMemo(() => (code === null || acts === null ? NONE : commandsOf(code, acts, marked)), [code, acts, marked]),
  );
  const taken = (act: (() => unknown) | undefined) => {
    if (act === undefined) return false;
    act();
    return true;
  };
  useKeys({
    r: () => taken(acts?.replay),
    e: () => taken(acts?.edit),
    d: () => taken(acts?.compare),
    c: () => taken(acts?.copyCurl),
  });
}
