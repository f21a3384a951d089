import type { PracticeActivity } from '../../contract/index.ts';
import { readDeleted } from './answers.ts';
import type { SimulatorEvent } from './events.ts';
import type { Job } from './job.ts';
import type { Leaf } from './mapping.ts';
import { begin, initialCycle, probe, userItem } from './play.ts';
import { provision } from './provision.ts';
import { seededRandom } from './random.ts';
import { remove } from './requests.ts';
import { inventTenant, type SourceUser } from './tenant.ts';

const collections = ['Users', 'Groups'] as const;

/**
 * One activity alone. Somebody beside the `users` of the tenant leaves, so that who was provisioned on demand is still there
 * afterwards.
 */
export async function* playActivity(
  job: Job,
  activity: PracticeActivity,
  { users: size, groups, seed, fields = [] }: { users: number; groups: number; seed: number; fields?: readonly Leaf[] },
): AsyncGenerator<SimulatorEvent> {
  const random = seededRandom(seed + 2);
  const tenant = inventTenant({ users: size + 1, groups, seed });
  const [first, leaver] = tenant.users;
  const users = tenant.users.filter((user) => user !== leaver);
  if (first === undefined || leaver === undefined) throw new RangeError('An activity needs a user at least.');
  switch (activity) {
    case 'connection test':
      yield begin(job, activity, 'Entra asks for a user and a group that nobody has.');
      for (const collection of collections) yield* probe(job, collection, random);
      return;
    case 'provision on demand':
      yield begin(job, activity, `${nameOf(first)} is provisioned.`);
      yield* probe(job, 'Users', random);
      yield* provision(job, userItem(first));
      return;
    case 'custom fields': {
      yield begin(job, activity, `${nameOf(first)} is provisioned with a value for each custom field.`);
      yield* probe(job, 'Users', random);
      const item = userItem(first);
      yield* provision(job, { ...item, leaves: [...item.leaves, ...fields] });
      return;
    }
    case 'leaver':
      yield begin(job, activity, `${nameOf(leaver)} is provisioned, disabled and deleted.`);
      yield* leave(job, leaver);
      return;
    case 'initial cycle':
      yield* initialCycle(job, { users, groups: tenant.groups }, collections, random);
      return;
  }
}

/** The whole way out: disabled at once, deleted 30 days later (docs/entra.md §1.8, §1.11). */
async function* leave(job: Job, user: SourceUser): AsyncGenerator<SimulatorEvent> {
  yield* provision(job, userItem(user));
  const link = job.links.get(user.objectId);
  if (link === undefined) return;
  user.attributes.IsSoftDeleted = 'True';
  yield* provision(job, userItem(user));
  if (job.escrow.has(user.objectId)) return;
  const said = () => `Deleted ${nameOf(user)}, as Entra does 30 days after a user was deleted there.`;
  yield* job.ask(remove('Users', link.id), readDeleted, said, user.objectId);
}

function nameOf({ objectId, attributes }: SourceUser): string {
  return attributes.displayName ?? objectId;
}
