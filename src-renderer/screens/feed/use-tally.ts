import { useQuery } from '@tanstack/react-query';
import type { CallTally } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { useLive } from '../../ui/use-live.ts';

/** Calls that came are added as they are told; those that are kept no longer go out of the counts with the next reading. */
const REREAD_MS = 60_000;

/** How many of all calls failed, were odd or practised; null until that is known. */
export function useTally(): CallTally | null {
  const { status } = useLive();
  const { data } = useQuery({
    ...api.feed.tally.queryOptions(),
    enabled: status !== null,
    refetchInterval: REREAD_MS,
  });
  return data ?? null;
}
