import { useSyncExternalStore } from 'react';

/** A hook that follows a media query. */
function mediaHook(words: string): () => boolean {
  const query = window.matchMedia(words);
  const follow = (changed: () => void) => {
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  };
  const matches = () => query.matches;
  return () => useSyncExternalStore(follow, matches);
}

/** True under 1100 px: navigation as icons, fewer columns. */
export const useCompact = mediaHook('(max-width: 1099.98px)');

/** True from 1600 px: a table keeps all its columns beside an open detail. */
export const useWide = mediaHook('(min-width: 1600px)');
