import type { CallSummary } from './calls.ts';

/**
 * What calls that came close together probably were, from probes, silences and what was created: `initial` and `incremental` are
 * cycles of a provisioning job, `onDemand` is Azure's *Provision on demand*, `test` its *Test Connection*, `other` none of these.
 */
export type CycleKind = 'initial' | 'incremental' | 'onDemand' | 'test' | 'other';

/** Calls that came close together. Practice, this machine's calls and Azure's are apart. */
export interface Cycle {
  kind: CycleKind;
  /** Of its first call: its identity. */
  position: number;
  /** Of its newest call. */
  last: number;
  /** Arrival of its first and newest call, milliseconds since 1970. */
  at: number;
  lastAt: number;
  practice: boolean;
  via: CallSummary['via'];
  calls: number;
  /** An action counts once, by the most that it did; `updated` includes restored, `archived` deleted. */
  actions: number;
  created: number;
  updated: number;
  archived: number;
  failed: number;
}

/** When Azure's next cycle comes, as far as the last ones tell. */
export interface NextCycle {
  /** About; milliseconds since 1970. */
  at: number;
  /** Between the starts of two cycles: measured, else what Microsoft says (40 minutes). */
  everyMs: number;
  measured: boolean;
}
