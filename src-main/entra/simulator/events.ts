import type { EntraErrorCode } from './answers.ts';

/** Entra's activities: the whole play's in their order (docs/entra.md §1.1, §1.2, §1.2b), then those that are only played alone. */
export type SimulatorPhase =
  | 'connection test'
  | 'initial cycle'
  | 'incremental cycle'
  | 'provision on demand'
  | 'custom fields'
  | 'leaver';

/** One HTTP exchange of the simulator. */
export interface SimulatorCall {
  /** From 1, in the order sent. */
  number: number;
  /** When it was sent, milliseconds since 1970. */
  at: number;
  method: string;
  /** Path and query as sent, e.g. `/scim/v2/Users?filter=userName+eq+%22…%22`. */
  path: string;
  requestBody: string | null;
  /** Null when no answer came. */
  status: number | null;
  responseBody: string;
  /** Until the whole answer was read, milliseconds with fractions. */
  durationMs: number;
}

/** What a run did. */
export interface SimulatorSummary {
  calls: number;
  /** Users and groups created. */
  created: number;
  /** Accepted PATCHes other than disables: attributes, managers, members, names. */
  updated: number;
  /** Users disabled. */
  disabled: number;
  /** Calls that Entra would count as failed. */
  failed: number;
  /** Calls whose answer was accepted but will cost something later. */
  odd: number;
  /** Objects left in escrow: failed and not healed by a later attempt. Entra tries them again in its next cycle. */
  escrowed: number;
  /** Half of the answers took no longer, milliseconds; null when none came. */
  medianMs: number | null;
  durationMs: number;
  /** Why the run ended early, one sentence; null when it played to its end. */
  stopped: string | null;
  cancelled: boolean;
}

export type SimulatorEvent =
  | { type: 'phase'; phase: SimulatorPhase; sentence: string }
  | {
      type: 'call';
      phase: SimulatorPhase;
      call: SimulatorCall;
      /** `odd`: accepted, but Entra will repeat or misread something because of it. */
      outcome: 'ok' | 'odd' | 'failed';
      /** The code Azure's provisioning log would show; null unless failed. */
      code: EntraErrorCode | null;
      sentence: string;
    }
  | { type: 'end'; summary: SimulatorSummary };
