import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(max-width: 1099.98px)');

/** True under 1100 px: navigation as icons, fewer columns. */
export function useCompact(): boolean {
  return useSyncExternalStore(
    (changed) => {
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => query.matches,
  );
}
