import { readPatched } from './answers.ts';
import type { SimulatorEvent } from './events.ts';
import type { Job } from './job.ts';
import { addMembers, removeMembers, setManager } from './requests.ts';
import type { SourceGroup, SourceUser } from './tenant.ts';

/** Members that go into one PATCH. Entra sends several at once; how many at most is not documented. */
const membersPerPatch = 20;

/** §1.12: a PATCH of its own once both users exist; nothing when the endpoint holds the right manager already. */
export async function* referManager(
  job: Job,
  { objectId, attributes, manager }: SourceUser,
): AsyncGenerator<SimulatorEvent> {
  const link = job.links.get(objectId);
  const managerId = manager === null ? undefined : job.links.get(manager)?.id;
  if (!link || managerId === undefined || managerId === link.manager) return;
  const name = attributes.displayName ?? objectId;
  const done = yield* job.ask(
    setManager(link.id, managerId, link.manager !== null, job.compliant),
    readPatched,
    () =>
      link.managerSent
        ? { odd: `Set the manager of ${name} again: it was not returned as set, so Entra repeats it in every cycle.` }
        : `Set the manager of ${name}.`,
    objectId,
  );
  if (!done) return;
  job.tally.updated++;
  link.manager = managerId;
  link.managerSent = true;
}

/** §1.15: who joined and who left since members were last sent. People the endpoint has no id for are left out. */
export async function* referMembers(
  job: Job,
  { objectId, displayName, members }: SourceGroup,
): AsyncGenerator<SimulatorEvent> {
  const link = job.links.get(objectId);
  if (!link) return;
  const wanted = new Set(members.flatMap((member) => job.links.get(member)?.id ?? []));
  const joining = [...wanted].filter((id) => !link.members.has(id));
  const leaving = [...link.members].filter((id) => !wanted.has(id));
  for (const ids of chunks(joining)) {
    const sentence = `Added ${count(ids)} to ${displayName}.`;
    const done = yield* job.ask(addMembers(link.id, ids, job.compliant), readPatched, () => sentence, objectId);
    if (!done) continue;
    job.tally.updated++;
    for (const id of ids) link.members.add(id);
  }
  for (const ids of chunks(leaving)) {
    const sentence = `Removed ${count(ids)} from ${displayName}.`;
    const done = yield* job.ask(removeMembers(link.id, ids, job.compliant), readPatched, () => sentence, objectId);
    if (!done) continue;
    job.tally.updated++;
    for (const id of ids) link.members.delete(id);
  }
}

function count(ids: readonly string[]): string {
  return ids.length === 1 ? 'a member' : `${ids.length} members`;
}

function chunks(ids: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let at = 0; at < ids.length; at += membersPerPatch) all.push(ids.slice(at, at + membersPerPatch));
  return all;
}
