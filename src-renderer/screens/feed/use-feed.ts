import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { type FeedFilter, type FeedList, feedKey, loadFeed, loadOlder } from '../../feed-cache.ts';
import { useLive } from '../../ui/use-live.ts';

const NONE: FeedList = { calls: [], next: null };

/** The feed under a filter. Read once the event stream stands, so that nothing falls between snapshot and stream. */
export function useFeed(filter: FeedFilter) {
  const queries = useQueryClient();
  const { status } = useLive();
  const query = useQuery({
    queryKey: feedKey(filter),
    queryFn: ({ signal }) => loadFeed(filter, signal),
    enabled: status !== null,
  });
  const loading = useRef(false);
  const older = useCallback(() => {
    if (loading.current) return;
    loading.current = true;
    // A failed page is asked for again at the next scroll; the frame says when the pilot is out of reach.
    void loadOlder(queries, filter).then(
      () => {
        loading.current = false;
      },
      () => {
        loading.current = false;
      },
    );
  }, [queries, filter]);
  return { list: query.data ?? NONE, loaded: query.isSuccess, failed: query.isError, retry: query.refetch, older };
}
