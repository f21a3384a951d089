import type { CallSummary } from './calls.ts';
import type { PilotTrouble } from './pilots.ts';
import type { PilotStatus } from './status.ts';

/**
 * What the window is told as it happens, over one subscription. Every event has an id (the position of the newest call it
 * covers) with which a reconnecting window resumes without a gap.
 */
export type PilotEvent =
  /** Calls stored since the last event, oldest first. */
  | { type: 'calls'; calls: CallSummary[] }
  /** The status as it is now; sent at start and after each batch of calls, at most ten a second. */
  | { type: 'status'; status: PilotStatus }
  /** No pilot is open, and why; a status says that one is again. */
  | { type: 'closed'; trouble: PilotTrouble }
  /** The window was away too long to be told call by call: read the screens again. */
  | { type: 'reset' };
