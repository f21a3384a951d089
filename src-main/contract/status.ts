import type { CallAction, CallStage, CallSummary } from './calls.ts';
import type { Cycle, NextCycle } from './cycles.ts';
import type { DirectoryCounts } from './directory.ts';
import type { Severity, Words } from './explanations.ts';
import type { FaultLab } from './faults.ts';
import type { Appearance } from './pilots.ts';
import type { TokenStatus } from './token.ts';
import type { TunnelStatus } from './tunnel.ts';

/** One call in the signal line's ticks. */
export interface SignalTick {
  at: number;
  durationMs: number;
  failed: boolean;
  practice: boolean;
  /** Whether Host was the public one. */
  via: CallSummary['via'];
  /** The last station the call reached. */
  stage: CallStage;
}

/** A time in which nobody could be answered. */
export interface Away {
  /** Milliseconds since 1970. */
  since: number;
  until: number;
  /** The pilot was not running, or the machine slept. */
  why: 'stopped' | 'asleep';
}

/** What the signal line and footer show; all of it measured. */
export interface PilotStatus {
  /** The pilot's name, e.g. "Pilot". */
  pilotName: string;
  /** The URL to paste into Azure's *Tenant URL* (public when there is a tunnel, else loopback). */
  tenantUrl: string;
  token: TokenStatus;
  tunnel: TunnelStatus;
  /** Median time to answer over the last 100 calls, milliseconds; null before the first. */
  endpointMedianMs: number | null;
  directory: DirectoryCounts;
  callsStored: number;
  /** Failed calls of the last hour. */
  failedLastHour: number;
  /** The newest call; null before the first. */
  lastCall: CallSummary | null;
  /** Calls of the last 60 s, oldest first. */
  ticks: SignalTick[];
  /** Size of the database files, bytes. */
  storageBytes: number;
  /** When this process began to serve, milliseconds since 1970. */
  startedAt: number;
  /** How the window looks; the same in every pilot. */
  appearance: Appearance;
  /** Azure's newest call that was let in, also of earlier runs, milliseconds since 1970; null before the first. */
  azureAt: number | null;
  /** The newest time of ten minutes or more in which the pilot was away; null when there was none, or it was dismissed. */
  away: Away | null;
  /** What is done to practice calls on purpose; null while the fault lab is off. */
  faultLab: FaultLab | null;
  /** When the last practice run of this pilot ended, milliseconds since 1970; null before the first, and while one is under way. */
  practiceEndedAt: number | null;
  /** Counts what was done by hand to records since the pilot was opened: a window that knows another number reads them again. */
  handActs: number;
}

/** Overview: is it working? */
export interface Overview {
  /** Since the first call of the last 24 h: records created, updated, archived (or deleted), and failed calls. */
  today: { created: number; updated: number; archived: number; failed: number };
  /** Azure's newest cycle or provisioning on demand, else practice's; null before the first. */
  cycle: Cycle | null;
  /** Null while that can't be told: before the first cycle, while one runs, after too many failures, or when it is overdue. */
  nextCycle: NextCycle | null;
  directory: DirectoryCounts;
  /** Of `directory.deleted`, the groups; the others are users. */
  deletedGroups: number;
  /** Records purged here whose ids Azure still knows. */
  purgedKnown: number;
  /** One bucket a minute over the last four hours; minutes without calls are absent. */
  minutes: import('./calls.ts').CallMinute[];
  /** Half of the answers are faster than `p50`, 95 of 100 faster than `p95` (milliseconds; last 1,000 calls); null before the first. */
  answerTime: { p50: number; p95: number } | null;
  /** Newest actions worth a line (probes left out), at most five. */
  latest: CallAction[];
  /** Newest failed calls of the last 24 h, at most five. */
  failures: CallSummary[];
  /** What failed or was odd in the last 24 h, by cause, the newest first. */
  needs: Need[];
}

/** One cause (an entry of the explanation catalogue) and the calls it fits. */
export interface Need {
  code: string;
  severity: Severity;
  title: Words;
  /** How many calls; of a cause that was only practised, the practised ones. */
  calls: number;
  /** True when practice alone met it: it needs no attention. */
  practice: boolean;
  /** When the first and the last of them came, milliseconds since 1970. */
  since: number;
  at: number;
  newest: CallSummary;
}
