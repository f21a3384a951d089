import { useSyncExternalStore } from 'react';

/** The call that the next one is to be compared with. */
let marked: string | null = null;
const listeners = new Set<() => void>();

export function markForCompare(code: string | null): void {
  marked = code;
  for (const listener of listeners) listener();
}

/** The code of the marked call; null without one. */
export function useCompareMark(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => marked,
  );
}
