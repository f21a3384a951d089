import type { QueryKey } from '@tanstack/react-query';
import { api, queryClient } from './api.ts';

/**
 * Something was done by hand to what is stored. What shows records is read again; what nobody shows now is dropped, so that no
 * link and no way back leads to a record as it was, or to one that was purged. `gone`: what was done away with, and what is read
 * below that key.
 */
export function rereadRecords(gone?: QueryKey): void {
  if (gone !== undefined) queryClient.removeQueries({ queryKey: gone });
  // Answers that showed a purged record can not be shown any more.
  for (const queryKey of [api.directory.pathKey(), api.feed.detail.pathKey(), api.replay.pathKey()]) {
    queryClient.removeQueries({ queryKey, fetchStatus: 'idle', predicate: (query) => query.getObserversCount() === 0 });
    void queryClient.invalidateQueries({ queryKey });
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
