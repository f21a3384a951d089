import { useSyncExternalStore } from 'react';
import { type LiveState, live } from '../live.ts';

/** What the pilot last told this window. */
export const useLive = (): LiveState => useSyncExternalStore(live.subscribe, live.state);
