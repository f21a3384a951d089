import type { GuideStepId } from './catalogue/guide-steps.ts';
import type { Explanation } from './explanations.ts';

export type { GuideStepId };

/** A call that a step stands on. */
export interface GuideCall {
  code: string;
  /** Milliseconds since 1970. */
  at: number;
  status: number;
  /** Who or what it was about; null when not known. */
  name: string | null;
  /** The detail of a refusal. */
  detail: string | null;
}

/**
 * `todo`: nothing yet. `heard`: Azure's part was seen, the admin's was not. `ticked`: the admin says so. `seen`: seen working.
 * `problem`: the newest signal says that it does not work.
 */
export type GuideState = 'todo' | 'heard' | 'ticked' | 'seen' | 'problem';

/** How a step stands. */
export interface GuideStep {
  id: GuideStepId;
  state: GuideState;
  /** When it got there, milliseconds since 1970; null for todo. */
  at: number | null;
  /** What was concluded, in a sentence; null where the state says it all. */
  words: string | null;
  /** The call it stands on; null for ticks. */
  call: GuideCall | null;
  /** Why that call is a problem, and what to do; null for every other step. */
  explanation: Explanation | null;
}

/** The portal's own ids of the application, from its address. */
export interface PortalIds {
  /** Of the enterprise application (service principal). */
  objectId: string;
  appId: string | null;
}

/** Everything the Set-up screen shows. */
export interface Guide {
  steps: GuideStep[];
  /** Small ticks within steps, by name: when each was set, milliseconds since 1970. */
  ticks: Record<string, number>;
  portal: PortalIds | null;
  /** How many users the admin expects Azure to create, and how many are let in; null: any number. */
  limit: { expected: number; most: number } | null;
  /** What Azure did since the guide began, by its calls. */
  counts: { created: number; updated: number; archived: number; failed: number; groups: number };
  /** Custom fields of which no value has come yet, by label. */
  missingFields: string[];
  /** The newest call of Azure; null before the first. */
  lastCall: GuideCall | null;
}
