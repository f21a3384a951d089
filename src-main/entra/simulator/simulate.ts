import type { Clock, PracticeActivity } from '../../contract/index.ts';
import { createClient, readTenantUrl } from './client.ts';
import type { SimulatorEvent } from './events.ts';
import { Job, JobStopped } from './job.ts';
import type { Leaf } from './mapping.ts';
import { play } from './play.ts';
import { playActivity } from './play-activity.ts';
import { Tally } from './tally.ts';

export interface SimulatorOptions {
  /** The Tenant URL, with `?aadOptscim062020` for the compliant forms. */
  url: string;
  /** The Secret Token, without "Bearer". */
  token: string;
  users: number;
  /** 0 plays an application whose group mapping is disabled: no call goes to /Groups. */
  groups: number;
  /** The same seed invents the same people. */
  seed: number;
  /** The forms of the `aadOptscim062020` flag although the URL doesn't carry it (docs/entra.md quirk 3). */
  compliant: boolean;
  /** One activity alone; the whole play when left out. */
  activity?: PracticeActivity;
  /** What the activity `custom fields` sends beside the default mappings. */
  fields?: readonly Leaf[];
  /** Milliseconds to wait for an answer; 30,000 when left out. Entra's own limit is not documented. */
  timeoutMs?: number;
  clock?: Clock;
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/**
 * Plays Entra against a SCIM endpoint: connection test, initial cycle, incremental cycle (docs/entra.md §1), one call at a
 * time. Yields every call as it is answered and closes with `end`; refusals are events, not errors. Aborting `signal` ends
 * the run at once. Throws a TypeError for a Tenant URL that is none.
 */
export async function* simulate(
  options: SimulatorOptions,
  signal: AbortSignal,
): AsyncGenerator<SimulatorEvent, void, undefined> {
  const { base, compliant } = readTenantUrl(options.url);
  const { token, timeoutMs = 30_000, clock = systemClock } = options;
  const tally = new Tally(clock);
  const job = new Job(createClient({ base, token, timeoutMs, clock, signal }), tally, compliant || options.compliant);
  let stopped: string | null = null;
  try {
    yield* options.activity === undefined ? play(job, options, clock) : playActivity(job, options.activity, options);
  } catch (error) {
    if (error instanceof JobStopped) stopped = error.message;
    else if (!signal.aborted) throw error;
  }
  yield { type: 'end', summary: tally.summary({ stopped, cancelled: signal.aborted, escrowed: job.escrow.size }) };
}
