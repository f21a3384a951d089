import type { QueryKey } from '@tanstack/react-query';
import { api, queryClient } from './api.ts';
import { addCalls } from './feed-cache.ts';
import { live } from './live.ts';
import { rereadRecords } from './reread-records.ts';

const REREAD_MS = 400;
/** Walks over everybody. */
const REREAD_ATTRIBUTES_MS = 4_000;
/** Walks over the calls. */
const REREAD_GUIDE_MS = 400;

/** Runs `act` at once, then at most every `everyMs` while calls keep coming; the last one is never dropped. */
function throttle(act: () => void, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        run();
      }
    }, everyMs);
  };
  return () => {
    if (timer === undefined) run();
    else again = true;
  };
}

/**
 * Does `act` once what is being read now has come. What was asked before a call may not know of it, and a first read is not begun
 * again by `invalidateQueries`.
 */
function afterReading(queryKey: QueryKey, act: () => void): void {
  for (const { promise } of queryClient.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })) {
    // One that fails says so itself, and what is begun anew is asked after the call.
    void promise?.then(act, () => {});
  }
}

/** Gives what reads these again, at most every `everyMs`. */
function rereading(queryKeys: readonly QueryKey[], everyMs: number): () => void {
  const reread = throttle(() => {
    for (const queryKey of queryKeys) {
      afterReading(queryKey, reread);
      void queryClient.invalidateQueries({ queryKey });
    }
  }, everyMs);
  return reread;
}

/** Keeps what is on screen true as events arrive; the answer stops it. */
export function followLive(): () => void {
  const reread = rereading(
    [
      api.overview.queryKey(),
      api.feed.cycles.queryKey(),
      api.feed.action.pathKey(),
      api.feed.nextCycle.queryKey(),
      api.directory.pathKey(),
    ],
    REREAD_MS,
  );
  const rereadAttributes = rereading([api.attributes.overview.queryKey()], REREAD_ATTRIBUTES_MS);
  const rereadGuide = rereading([api.guide.read.queryKey()], REREAD_GUIDE_MS);
  const offCalls = live.onCalls((calls) => {
    // Calls are counted into what has been read, and not asked for anew.
    for (const queryKey of [api.feed.tally.queryKey(), api.feed.minutes.queryKey()]) {
      afterReading(queryKey, () => void queryClient.invalidateQueries({ queryKey }));
    }
    addCalls(queryClient, calls);
    reread();
    rereadAttributes();
    rereadGuide();
  });
  let handActs = live.state().status?.handActs;
  const offStatus = live.subscribe(() => {
    const now = live.state().status?.handActs;
    if (now === handActs) return;
    // The first status tells of nothing new: all is read after it.
    if (handActs !== undefined) {
      afterReading(api.directory.pathKey(), reread);
      rereadRecords();
    }
    handActs = now;
  });
  const offReset = live.onReset(() => void queryClient.resetQueries());
  return () => {
    offCalls();
    offStatus();
    offReset();
  };
}
