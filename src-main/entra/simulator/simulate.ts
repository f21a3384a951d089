import { defaultGroupMappings, defaultUserMappings } from '../../contract/catalogue/default-mappings.ts';
import type { Clock } from '../../contract/index.ts';
import { readList } from './answers.ts';
import { createClient, readTenantUrl } from './client.ts';
import type { SimulatorEvent, SimulatorPhase } from './events.ts';
import { Job, JobStopped, matchingTargets, type Remark } from './job.ts';
import { leavesOf } from './mapping.ts';
import { type Item, provision } from './provision.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import { referManager, referMembers } from './references.ts';
import { type Collection, matchQuery } from './requests.ts';
import { Tally } from './tally.ts';
import { changeTenant, inventTenant, type SourceGroup, type SourceUser } from './tenant.ts';

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
    yield* play(job, options, clock);
  } catch (error) {
    if (error instanceof JobStopped) stopped = error.message;
    else if (!signal.aborted) throw error;
  }
  yield { type: 'end', summary: tally.summary({ stopped, cancelled: signal.aborted, escrowed: job.escrow.size }) };
}

async function* play(
  job: Job,
  { users, groups, seed }: SimulatorOptions,
  clock: Clock,
): AsyncGenerator<SimulatorEvent> {
  const random = seededRandom(seed + 2);
  const tenant = inventTenant({ users, groups, seed });
  const collections: Collection[] = groups > 0 ? ['Users', 'Groups'] : ['Users'];

  yield begin(job, 'connection test', 'Entra asks for a user and a group that nobody has.');
  for (const collection of collections) yield* probe(job, collection, random);

  yield begin(job, 'initial cycle', `${users} users and ${groups} groups are in scope.`);
  for (const collection of collections) yield* probe(job, collection, random);
  for (const user of tenant.users) yield* provision(job, userItem(user));
  for (const user of tenant.users) yield* referManager(job, user);
  for (const group of tenant.groups) yield* provision(job, groupItem(group));
  for (const group of tenant.groups) yield* referMembers(job, group);

  const changed = changeTenant(tenant, seed, stamp(clock));
  const due = ({ objectId }: SourceUser | SourceGroup): boolean =>
    job.escrow.has(objectId) || changed.some((one) => one.objectId === objectId);
  const retried = job.escrow.size === 0 ? '' : ` ${job.escrow.size} wait in escrow and are tried again.`;
  yield begin(job, 'incremental cycle', `${changed.length} users and groups changed in Entra.${retried}`);
  for (const collection of collections) yield* probe(job, collection, random);
  for (const user of tenant.users) if (due(user)) yield* provision(job, userItem(user));
  for (const user of tenant.users) yield* referManager(job, user);
  for (const group of tenant.groups) if (due(group)) yield* provision(job, groupItem(group));
  for (const group of tenant.groups) yield* referMembers(job, group);
}

function begin(job: Job, phase: SimulatorPhase, sentence: string): SimulatorEvent {
  job.phase = phase;
  return { type: 'phase', phase, sentence };
}

/** The GUID query that opens every activity (docs/entra.md §1.1). When it fails, so does the activity. */
async function* probe(job: Job, collection: Collection, random: SeededRandom): AsyncGenerator<SimulatorEvent> {
  const thing = collection === 'Users' ? 'user' : 'group';
  const [attribute = 'id'] = matchingTargets(collection === 'Users' ? defaultUserMappings : defaultGroupMappings);
  const remark = (list: readonly unknown[]): Remark =>
    list.length === 0
      ? `Connectivity probe: no ${thing} has this GUID as ${attribute}, and the endpoint says so properly.`
      : {
          odd: `Connectivity probe: ${list.length} found for a GUID that no ${thing} has. The endpoint seems to ignore the filter.`,
        };
  const passed = yield* job.ask(matchQuery(collection, attribute, random.guid()), readList, remark, null);
  if (!passed) job.stop();
}

function userItem({ objectId, attributes }: SourceUser): Item {
  return {
    collection: 'Users',
    objectId,
    name: attributes.displayName ?? objectId,
    mappings: defaultUserMappings,
    leaves: leavesOf(defaultUserMappings, attributes),
  };
}

function groupItem({ objectId, displayName }: SourceGroup): Item {
  return {
    collection: 'Groups',
    objectId,
    name: displayName,
    mappings: defaultGroupMappings,
    leaves: leavesOf(defaultGroupMappings, { objectId, displayName }),
  };
}

/** `2026-03-04 09.41.27.120`: new in every run, and free of characters that trouble filters (quirk 30). */
function stamp(clock: Clock): string {
  return new Date(clock.now()).toISOString().replace('T', ' ').replace('Z', '').replaceAll(':', '.');
}
