import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryPage } from '../../../../src-main/contract/index.ts';
import { api, client } from '../../../api.ts';
import type { Shown } from './shown.ts';

const PAGE = 200;
/** How often a page is asked for that other readings come between. */
const TRIES = 5;

/** A record's history: what the record itself tells of it, and page by page what is older than that. */
export function useHistory({ type, record }: Shown) {
  const { id, history, olderHistory } = record;
  const first: HistoryPage = { entries: history, older: olderHistory };
  const query = useInfiniteQuery({
    // Below the record's own key: who purges it has neither read again.
    queryKey: [...api.directory[type].queryKey({ id }), 'history'],
    queryFn: ({ pageParam, signal }) =>
      client.directory.history.query(
        { type: type === 'user' ? 'User' : 'Group', id, before: pageParam, limit: PAGE },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.older,
    // Where the record tells all of it there is nothing to ask.
    enabled: olderHistory !== null,
    placeholderData: { pages: [first], pageParams: [null] },
  });
  const [reading, setReading] = useState(false);
  const pages = olderHistory === null ? [first] : (query.data?.pages ?? [first]);
  const showOlder = async () => {
    setReading(true);
    // While calls come in, all pages are read again and again: such a reading is let end, and may end this one.
    for (let tries = 0; tries < TRIES; tries++) {
      const { data, isError } = await query.fetchNextPage({ cancelRefetch: false });
      if (isError || (data?.pages.length ?? 0) > pages.length) break;
    }
    setReading(false);
  };
  return {
    entries: pages.flatMap((page) => page.entries),
    more: (pages.at(-1)?.older ?? null) !== null,
    reading,
    failed: query.isError,
    showOlder: () => void showOlder(),
  };
}
