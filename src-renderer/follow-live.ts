import { api, queryClient } from './api.ts';
import { addCalls } from './feed-cache.ts';
import { live } from './live.ts';

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

/** Keeps what is on screen true as events arrive; the answer stops it. */
export function followLive(): () => void {
  const reread = throttle(() => {
    void queryClient.invalidateQueries({ queryKey: api.overview.queryKey() });
    void queryClient.invalidateQueries({ queryKey: api.feed.cycles.queryKey() });
    void queryClient.invalidateQueries({ queryKey: api.feed.action.pathKey() });
    void queryClient.invalidateQueries({ queryKey: api.feed.nextCycle.queryKey() });
    void queryClient.invalidateQueries({ queryKey: api.directory.pathKey() });
  }, REREAD_MS);
  const rereadAttributes = throttle(
    () => void queryClient.invalidateQueries({ queryKey: api.attributes.overview.queryKey() }),
    REREAD_ATTRIBUTES_MS,
  );
  const rereadGuide = throttle(
    () => void queryClient.invalidateQueries({ queryKey: api.guide.read.queryKey() }),
    REREAD_GUIDE_MS,
  );
  const offCalls = live.onCalls((calls) => {
    addCalls(queryClient, calls);
    reread();
    rereadAttributes();
    rereadGuide();
  });
  const offReset = live.onReset(() => void queryClient.resetQueries());
  return () => {
    offCalls();
    offReset();
  };
}
