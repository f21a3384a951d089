import { defaultGroupMappings, defaultUserMappings } from '../../contract/catalogue/default-mappings.ts';
import type { Clock } from '../../contract/index.ts';
import { readList } from './answers.ts';
import type { SimulatorEvent, SimulatorPhase } from './events.ts';
import { type Job, matchingTargets, type Remark } from './job.ts';
import { leavesOf } from './mapping.ts';
import { type Item, provision } from './provision.ts';
import { type SeededRandom, seededRandom } from './random.ts';
import { referManager, referMembers } from './references.ts';
import { type Collection, matchQuery } from './requests.ts';
import { changeTenant, inventTenant, type SourceGroup, type SourceTenant, type SourceUser } from './tenant.ts';

/** The whole play: connection test, initial cycle, incremental cycle. */
export async function* play(
  job: Job,
  { users, groups, seed }: { users: number; groups: number; seed: number },
  clock: Clock,
): AsyncGenerator<SimulatorEvent> {
  const random = seededRandom(seed + 2);
  const tenant = inventTenant({ users, groups, seed });
  const collections: Collection[] = groups > 0 ? ['Users', 'Groups'] : ['Users'];

  yield begin(job, 'connection test', 'Entra asks for a user and a group that nobody has.');
  for (const collection of collections) yield* probe(job, collection, random);

  yield* initialCycle(job, tenant, collections, random);

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

/** Everybody in scope: users, their managers, groups, their members. */
export async function* initialCycle(
  job: Job,
  { users, groups }: SourceTenant,
  collections: readonly Collection[],
  random: SeededRandom,
): AsyncGenerator<SimulatorEvent> {
  yield begin(job, 'initial cycle', `${users.length} users and ${groups.length} groups are in scope.`);
  for (const collection of collections) yield* probe(job, collection, random);
  for (const user of users) yield* provision(job, userItem(user));
  for (const user of users) yield* referManager(job, user);
  for (const group of groups) yield* provision(job, groupItem(group));
  for (const group of groups) yield* referMembers(job, group);
}

/** Opens an activity. */
export function begin(job: Job, phase: SimulatorPhase, sentence: string): SimulatorEvent {
  job.phase = phase;
  return { type: 'phase', phase, sentence };
}

/** The GUID query that opens every activity (docs/entra.md §1.1). When it fails, so does the activity. */
export async function* probe(job: Job, collection: Collection, random: SeededRandom): AsyncGenerator<SimulatorEvent> {
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

export function userItem({ objectId, attributes }: SourceUser): Item {
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
