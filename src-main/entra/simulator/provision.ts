import type { AttributeMapping } from '../../contract/catalogue/default-mappings.ts';
import { type Answer, type KnownResource, readCreated, readKnown, readMatch, readPatched } from './answers.ts';
import type { Exchange } from './client.ts';
import type { SimulatorEvent } from './events.ts';
import { type Job, type Link, matchingTargets, type Remark } from './job.ts';
import { type Difference, differences, type Leaf } from './mapping.ts';
import { type Collection, createGroup, createUser, matchQuery, readById, update } from './requests.ts';
import { readTarget } from './target.ts';

/** A source object on its way to the endpoint. */
export interface Item {
  collection: Collection;
  /** Its id in Entra. */
  objectId: string;
  name: string;
  mappings: readonly AttributeMapping[];
  leaves: readonly Leaf[];
}

/**
 * One object: found by the id Entra keeps, else by match query; created when nobody matches, otherwise patched where it
 * differs (docs/entra.md §1.3 to §1.8). References follow separately.
 */
export async function* provision(job: Job, item: Item): AsyncGenerator<SimulatorEvent> {
  job.escrow.delete(item.objectId);
  const link = job.links.get(item.objectId);
  const found = link ? yield* read(job, item, link) : yield* match(job, item);
  if (found === 'failed') return;
  if (found === null) yield* create(job, item);
  else yield* patch(job, item, found);
}

async function* read(
  job: Job,
  { collection, objectId, name }: Item,
  link: Link,
): AsyncGenerator<SimulatorEvent, KnownResource | 'failed'> {
  const remark = ({ resource }: KnownResource): Remark => {
    const members = resource.members;
    return collection === 'Groups' && Array.isArray(members) && members.length > 0
      ? { odd: `Read ${name}: its members came along although they were excluded (docs/entra.md quirk 24).` }
      : `Read ${name} by the id Entra keeps, to compare.`;
  };
  return (yield* job.ask(readById(collection, link.id), readKnown, remark, objectId)) ?? 'failed';
}

/** Asks by each matching attribute in turn, never combined (§1.4). */
async function* match(
  job: Job,
  { collection, objectId, name, mappings, leaves }: Item,
): AsyncGenerator<SimulatorEvent, KnownResource | null | 'failed'> {
  const judge = (exchange: Exchange): Answer<{ match: KnownResource | null }> => {
    const answer = readMatch(exchange);
    return answer.ok ? { ok: true, value: { match: answer.value } } : answer;
  };
  for (const target of matchingTargets(mappings)) {
    const value = leaves.find((leaf) => leaf.target === target)?.value;
    if (value === undefined) continue;
    const asked = yield* job.ask(
      matchQuery(collection, target, String(value)),
      judge,
      ({ match }) =>
        match ? `Matched ${name} by ${target}; Entra keeps the id ${match.id}.` : `No match for ${name} by ${target}.`,
      objectId,
    );
    if (!asked) return 'failed';
    if (asked.match) return asked.match;
  }
  return null;
}

async function* create(job: Job, { collection, objectId, name, leaves }: Item): AsyncGenerator<SimulatorEvent> {
  const created = yield* job.ask(
    collection === 'Users' ? createUser(leaves) : createGroup(leaves),
    readCreated,
    ({ id }) => `Created ${name}; Entra keeps the id ${id} and uses it from now on.`,
    objectId,
  );
  if (!created) return;
  job.tally.created++;
  const { sent } = job.link(objectId, created.id);
  for (const { target, value } of leaves) sent.set(target, value);
}

async function* patch(
  job: Job,
  { collection, objectId, name, mappings, leaves }: Item,
  { id, resource }: KnownResource,
): AsyncGenerator<SimulatorEvent> {
  const link = job.link(objectId, id);
  const managerTarget = mappings.find(({ source }) => source === 'manager')?.target;
  if (managerTarget !== undefined) {
    const manager = readTarget(resource, managerTarget);
    link.manager = typeof manager === 'string' && manager !== '' ? manager : null;
  }
  const changed = differences(leaves, resource);
  if (changed.length === 0) return;
  const disables = changed.some(({ target, value }) => target === 'active' && value === false);
  const done = yield* job.ask(
    update(collection, link.id, changed, job.compliant),
    readPatched,
    () => describe(name, changed, link),
    objectId,
  );
  if (!done) return;
  if (disables) job.tally.disabled++;
  else job.tally.updated++;
  for (const { target, value } of changed) link.sent.set(target, value);
}

function describe(name: string, changed: readonly Difference[], { sent }: Link): Remark {
  const active = changed.find(({ target }) => target === 'active');
  const others = changed.filter((difference) => difference !== active).map(({ target }) => target);
  const parts = [
    ...(active ? [active.value ? `Enabled ${name} again` : `Disabled ${name}`] : []),
    ...(others.length > 0 ? [`${active ? 'updated' : `Updated ${name}:`} ${others.join(', ')}`] : []),
  ];
  const repeated = changed.filter(({ target, value }) => sent.get(target) === value).map(({ target }) => target);
  const sentence = `${parts.join(', and ')}.`;
  return repeated.length === 0
    ? sentence
    : {
        odd: `${sentence} ${repeated.join(', ')} had been sent before and came back changed: Entra sends it again in every cycle (docs/entra.md quirk 32).`,
      };
}
