import type { NextCycle } from '../src-main/contract/index.ts';
import { api } from './api.ts';
import { useLive } from './ui/use-live.ts';
import { useSlowly } from './use-slowly.ts';

/** About when Azure comes again; null where that can't be told, undefined until it was asked. */
export function useNextCycle(): NextCycle | null | undefined {
  const { status } = useLive();
  return useSlowly(api.feed.nextCycle.queryOptions(), status !== null);
}
