import { useSyncExternalStore } from 'react';
import type { CallAction } from '../../../src-main/contract/index.ts';

/** Actions that stay on top of the feed, by position; in this tab, until they are let go. */
let pins: ReadonlyMap<number, CallAction> = new Map();
const listeners = new Set<() => void>();

export function togglePin(action: CallAction): void {
  const next = new Map(pins);
  if (!next.delete(action.position)) next.set(action.position, action);
  pins = next;
  for (const listener of listeners) listener();
}

export function usePins(): ReadonlyMap<number, CallAction> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pins,
  );
}
