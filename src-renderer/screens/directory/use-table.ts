import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { TableQuestion } from '../../../src-main/contract/index.ts';
import { api, client } from '../../api.ts';
import { useLive } from '../../ui/use-live.ts';
import type { DirectoryRow } from './tables.ts';

const PAGE = 100;

/** One table of the directory, page by page; the server searches and pages by key. */
export function useTable(type: 'user' | 'group', state: TableQuestion['state'], search: string) {
  const { status } = useLive();
  const query = useInfiniteQuery({
    queryKey: [...api.directory.pathKey(), 'table', type, state, search],
    queryFn: async ({ pageParam, signal }): Promise<{ rows: DirectoryRow[]; next: string | null; total: number }> => {
      const question = { search, state, after: pageParam, limit: PAGE };
      if (type === 'user') {
        const page = await client.directory.users.query(question, { signal });
        return { ...page, rows: page.rows.map((row) => ({ type: 'user', row })) };
      }
      const page = await client.directory.groups.query(question, { signal });
      return { ...page, rows: page.rows.map((row) => ({ type: 'group', row })) };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: status !== null,
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[2] === type && previousQuery.queryKey[3] === state ? previous : undefined,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return {
    rows,
    total: query.data?.pages[0]?.total ?? 0,
    loaded: query.isSuccess,
    failed: query.isError,
    retry: query.refetch,
    more,
  };
}
