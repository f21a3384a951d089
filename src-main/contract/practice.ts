import type { PracticeActivity } from './catalogue/practice-activities.ts';

export type { PracticeActivity };

/** What a practice run plays. */
export interface PracticeOptions {
  /** People to provision. */
  users: number;
  /** 0: the group mapping is disabled. */
  groups: number;
  /** The same seed invents the same people. */
  seed: number;
  /** The PATCH forms of the `aadOptscim062020` flag. */
  compliant: boolean;
}

/** One call of a practice run, as Entra would judge its answer. */
export interface PracticeCall {
  /** From 1, in the order sent. */
  number: number;
  /** When it was sent, milliseconds since 1970. */
  at: number;
  method: string;
  path: string;
  /** Null when no answer came. */
  status: number | null;
  durationMs: number;
  /** `odd`: accepted, but Entra will repeat or misread something because of it. */
  outcome: 'ok' | 'odd' | 'failed';
  sentence: string;
  /** The code Azure's provisioning log would show; null unless failed. */
  code: string | null;
}

/** An activity of Entra within a run. */
export interface PracticePhase {
  name: string;
  sentence: string;
  calls: number;
}

/** A practice run, under way or over. */
export interface PracticeRun {
  /** Null: the whole play, from the connection test to an incremental cycle. */
  activity: PracticeActivity | null;
  options: PracticeOptions;
  /** Milliseconds since 1970. */
  startedAt: number;
  running: boolean;
  /** Milliseconds since 1970; null while it runs. */
  endedAt: number | null;
  phases: PracticePhase[];
  calls: number;
  failed: number;
  odd: number;
  created: number;
  /** The newest last; at most 100. */
  latest: PracticeCall[];
  /** How it ended; null while it runs. */
  end: PracticeEnd | null;
}

export interface PracticeEnd {
  updated: number;
  disabled: number;
  /** Objects that failed and were not healed: Entra tries them again in its next cycle. */
  escrowed: number;
  medianMs: number | null;
  durationMs: number;
  cancelled: boolean;
  /** Why it ended early, one sentence; null when it played to its end. */
  stopped: string | null;
}
