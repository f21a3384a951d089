import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { parseQuery } from '../../../src-main/contract/query/index.ts';
import { useWindowState } from '../../frame/window-state.tsx';
import { offerDraft } from './offered-draft.ts';

/** The query in an address of `feedWhere`, taken from the page itself: the router undoes only some of its percent signs. */
function queryIn(hash: string): string | null {
  const written = /^#\/?feed\/where\/(.*)$/.exec(hash)?.[1];
  if (written === undefined) return null;
  try {
    return decodeURIComponent(written);
  } catch {
    return null;
  }
}

/** The feed under the query that its address names. From there on the query is the field's. */
export function FeedWhere() {
  const { setQuery } = useWindowState();
  const [address, go] = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another query
  useEffect(() => {
    const query = queryIn(window.location.hash);
    if (query !== null) {
      const readable = parseQuery(query).ok;
      offerDraft(readable ? null : query);
      setQuery(readable ? query : '');
    }
    go('/feed', { replace: true });
  }, [address, setQuery, go]);
  return null;
}
