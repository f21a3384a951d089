import type { FaultKind, FaultTarget } from './catalogue/faults.ts';

export type { FaultKind, FaultTarget };

/** What the fault lab is to do to practice calls. */
export interface FaultOrder {
  kind: FaultKind;
  /** A `not-found` takes queries without a hit alone, whatever this says. */
  calls: FaultTarget;
  /** Calls to take before it ends by itself. */
  count: number;
}

/** The fault lab while it is on. */
export interface FaultLab extends FaultOrder {
  /** Calls it will still take. */
  left: number;
  /** When it ends in any case, milliseconds since 1970. */
  until: number;
}
