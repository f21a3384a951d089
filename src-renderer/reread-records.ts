import { partialMatchKey, type QueryKey } from '@tanstack/react-query';
import { api, queryClient } from './api.ts';

/** What this window is doing away with: whoever still shows it for a moment has no use of reading it again. */
const going = new Set<QueryKey>();

/** Does away with what is read at and below a key: dropped when it is gone, and not read again meanwhile. */
export async function doAway<Result>(gone: QueryKey, act: () => Promise<Result>): Promise<Result> {
  going.add(gone);
  try {
    const result = await act();
    // Who shows it is told first, and leaves.
    setTimeout(() => {
      going.delete(gone);
      queryClient.removeQueries({ queryKey: gone });
    });
    return result;
  } catch (error) {
    going.delete(gone);
    throw error;
  }
}

/**
 * Something was done by hand to what is stored. What shows records is read again; what nobody shows now is dropped, so that no
 * link and no way back leads to a record as it was, or to one that was purged.
 */
export function rereadRecords(): void {
  // Answers that showed a purged record can not be shown any more.
  for (const queryKey of [api.directory.pathKey(), api.feed.detail.pathKey(), api.replay.pathKey()]) {
    queryClient.removeQueries({ queryKey, fetchStatus: 'idle', predicate: (query) => query.getObserversCount() === 0 });
    void queryClient.invalidateQueries({
      queryKey,
      predicate: (query) => ![...going].some((gone) => partialMatchKey(query.queryKey, gone)),
    });
  }
  for (const queryKey of [
    api.overview.queryKey(),
    api.attributes.pathKey(),
    api.profile.pathKey(),
    api.guide.pathKey(),
  ]) {
    void queryClient.invalidateQueries({ queryKey });
  }
}
