import { useSyncExternalStore } from 'react';
import type { OpenedBundle } from '../../exports/bundle.ts';

/** The bundle that is looked at; it lies in this tab's memory alone and never in the pilot. */
let opened: OpenedBundle | null = null;
const listeners = new Set<() => void>();

export function showBundle(bundle: OpenedBundle | null): void {
  opened = bundle;
  for (const listener of listeners) listener();
}

export function useOpenedBundle(): OpenedBundle | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => opened,
  );
}
