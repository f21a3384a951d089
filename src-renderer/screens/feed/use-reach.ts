import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../api.ts';
import { type FeedList, LONG_PAGE, loadOlder } from '../../feed-cache.ts';

/** The list is read down to a call that is at most so many calls old: a few pages. One further back is opened without its row. */
const REACH = 2_000;

/** Reads the feed on down to the open call, which may be older than what is loaded when it was opened from elsewhere. */
export function useReach(code: string | null, query: string, { calls, next }: FeedList): void {
  const queries = useQueryClient();
  const { data: call } = useQuery({ ...api.feed.detail.queryOptions({ code: code ?? '' }), enabled: code !== null });
  const newest = calls[0]?.position ?? 0;
  // A filter may hide it: nobody knows how far one would have to read.
  const wanted = code !== null && call !== undefined && query === '' && newest - call.position <= REACH;
  const from = wanted && next !== null && call.position < next ? next : null;
  useEffect(() => {
    if (from === null) return;
    const stop = new AbortController();
    // Not tried again: the call itself is there, and the frame says when the pilot is out of reach.
    loadOlder(queries, query, { signal: stop.signal, limit: LONG_PAGE }).catch(() => {});
    return () => stop.abort();
  }, [queries, query, from]);
}
