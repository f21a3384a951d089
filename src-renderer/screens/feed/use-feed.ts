import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type FeedList, feedKey, loadFeed, loadOlder, PAGE } from '../../feed-cache.ts';
import { useLive } from '../../ui/use-live.ts';

const RETRY_MS = 2_000;
const NONE: FeedList = { calls: [], next: null, searchedTo: null };

/**
 * The feed under a query. Read once the event stream stands, so that nothing falls between snapshot and stream. Until the answer
 * to a new query is there the list stays as it was.
 */
export function useFeed(query: string) {
  const queries = useQueryClient();
  const { status } = useLive();
  const answer = useQuery({
    queryKey: feedKey(query),
    queryFn: ({ signal }) => loadFeed(queries, query, signal),
    enabled: status !== null,
    placeholderData: keepPreviousData,
    // Its calls keep their identity by themselves; a comparison of thousands at each new one would cost more than all else.
    structuralSharing: false,
  });
  const list = answer.data ?? NONE;
  const loading = useRef(false);
  const older = useCallback(() => {
    if (loading.current) return;
    loading.current = true;
    // A failed page is asked for again at the next scroll; the frame says when the pilot is out of reach.
    void loadOlder(queries, query).then(
      () => {
        loading.current = false;
      },
      () => {
        loading.current = false;
      },
    );
  }, [queries, query]);

  const current = !answer.isPlaceholderData;
  const { searchedTo, next } = list;
  /** A filter with few hits is answered step by step, until a page is full; another query ends it. */
  const goesOn = current && searchedTo !== null && next !== null && list.calls.length < PAGE;
  const [failures, setFailures] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed step is tried again
  useEffect(() => {
    if (!goesOn || next === null) return;
    const stop = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    loadOlder(queries, query, { signal: stop.signal }).catch(() => {
      if (!stop.signal.aborted) again = setTimeout(() => setFailures((count) => count + 1), RETRY_MS);
    });
    return () => {
      stop.abort();
      clearTimeout(again);
    };
  }, [queries, query, goesOn, next, failures]);

  return {
    list,
    loaded: answer.isSuccess,
    failed: answer.isError,
    retry: answer.refetch,
    older,
    /** Null while nothing is searched; else the time back to which it was. */
    searching: !current || goesOn ? { to: current ? searchedTo : null } : null,
  };
}
