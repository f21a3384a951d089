import { useSyncExternalStore } from 'react';
import { useAppearance } from '../appearance.ts';

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

const useNarrow = mediaHook('(max-width: 1099.98px)');
/** As narrow for type that is a fifth larger. */
const useNarrowPresented = mediaHook('(max-width: 1319.98px)');

/** True under 1100 px: navigation as icons, fewer columns. */
export function useCompact(): boolean {
  const { presenter } = useAppearance();
  const narrow = useNarrow();
  const presented = useNarrowPresented();
  return presenter ? presented : narrow;
}

/** True where larger type leaves two panes side by side hardly any room: the least telling gives way. */
export function useTight(): boolean {
  const { presenter } = useAppearance();
  const narrow = useNarrow();
  return presenter && narrow;
}

/** True from 1600 px: a table keeps all its columns beside an open detail. */
export const useWide = mediaHook('(min-width: 1600px)');

/** True under 700 px of height: what can be unfolded is folded. */
export const useShort = mediaHook('(max-height: 700px)');
