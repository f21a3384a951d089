import { useSyncExternalStore } from 'react';

/** Columns at the right of a row that can be left out. */
export const CHOICES = ['code', 'status', 'calls', 'ms'] as const;
export type Choice = (typeof CHOICES)[number];

/** How the feed is shown; the same in every tab, and kept by the browser. */
export interface FeedView {
  rows: 'actions' | 'calls';
  density: 'normal' | 'compact';
  columns: readonly Choice[];
}

const KEY = 'scim-pilot.feed-view';
const usual: FeedView = { rows: 'actions', density: 'normal', columns: ['calls', 'ms'] };

const listeners = new Set<() => void>();
let view = stored();

function stored(): FeedView {
  try {
    const kept = JSON.parse(window.localStorage.getItem(KEY) ?? '{}') as { [Name in keyof FeedView]?: unknown };
    const columns = Array.isArray(kept.columns)
      ? CHOICES.filter((one) => (kept.columns as unknown[]).includes(one))
      : usual.columns;
    return {
      rows: kept.rows === 'calls' ? 'calls' : 'actions',
      density: kept.density === 'compact' ? 'compact' : 'normal',
      columns,
    };
  } catch {
    // Nothing that can be read, or nothing may be kept: as usual.
    return usual;
  }
}

export function setFeedView(change: Partial<FeedView>): void {
  view = { ...view, ...change };
  try {
    window.localStorage.setItem(KEY, JSON.stringify(view));
  } catch {
    // It holds for this tab.
  }
  for (const listener of listeners) listener();
}

export function useFeedView(): FeedView {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => view,
  );
}
