import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { AzureFilter } from '../../../src-main/contract/index.ts';
import { api, client } from '../../api.ts';

const PAGE = 100;

export const NO_FILTER: AzureFilter = {
  status: null,
  action: null,
  cause: null,
  text: '',
  person: null,
  cycle: null,
  matched: null,
  missing: null,
  from: null,
  to: null,
};

/** The entries of an import that a filter lets through, page by page. `entries`: how many there are, which grows while it is read. */
export function useRows(id: number, filter: AzureFilter, entries: number) {
  const query = useInfiniteQuery({
    queryKey: [...api.azureLogs.pathKey(), 'table', id, filter, entries],
    queryFn: ({ pageParam, signal }) =>
      client.azureLogs.rows.query({ id, filter, after: pageParam, limit: PAGE }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (previous, before) => (before?.queryKey[3] === id ? previous : undefined),
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    rows,
    total: query.data?.pages[0]?.total ?? null,
    loaded: query.isSuccess,
    failed: query.isError,
    retry: query.refetch,
    more,
  };
}
