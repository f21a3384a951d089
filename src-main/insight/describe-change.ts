import type { AttributeChange, CallSentence, Json, MemberRef, RecordChange } from '../contract/index.ts';
import type { World } from './explain/index.ts';
import { leafOf } from './leaf.ts';
import { asObject, asText, count, listNames } from './wire.ts';

const managerPath = /:User:manager(\.value)?$/i;

type Names = Pick<World, 'nameOfUser'>;

/** The sentence of a call that changed something. */
export function describeChange(change: RecordChange, world: Names): CallSentence {
  return change.resourceType === 'Group' ? ofGroup(change) : ofUser(change, world);
}

function ofUser(change: RecordChange, { nameOfUser }: Names): CallSentence {
  const object = change.name;
  switch (change.kind) {
    case 'created':
      return { verb: 'Created', object, note: count(change.attributes.length, 'attribute') };
    case 'archived':
      return { verb: 'Archived', object, note: 'active: true → false' };
    case 'restored':
      return { verb: 'Restored', object, note: 'active: false → true' };
    case 'deleted':
      return { verb: 'Deleted', object, note: 'kept in ServiceOps as archived' };
    case 'updated': {
      const [only] = change.attributes;
      if (only !== undefined && change.attributes.every((one) => managerPath.test(one.path))) {
        return only.after === undefined
          ? { verb: 'Removed the manager of', object, note: nameOfManager(only.before, nameOfUser) }
          : { verb: 'Set manager of', object, note: nameOfManager(only.after, nameOfUser) };
      }
      return { verb: 'Updated', object, note: changedLeaves(change.attributes) };
    }
  }
}

function ofGroup(change: RecordChange): CallSentence {
  const object = change.name;
  const { membersAdded, membersRemoved, attributes } = change;
  const joined = membersAdded.length + (change.moreAdded ?? 0);
  const left = membersRemoved.length + (change.moreRemoved ?? 0);
  switch (change.kind) {
    case 'created':
      return {
        verb: 'Created group',
        object,
        note: joined === 0 ? 'no members yet' : count(joined, 'member'),
      };
    case 'deleted':
      return {
        verb: 'Deleted group',
        object,
        note: left === 0 ? 'it had no members' : `it had ${count(left, 'member')}`,
      };
    default:
  }
  const renamed = attributes.find((one) => one.path.toLowerCase() === 'displayname');
  const was = asText(renamed?.before);
  if (renamed !== undefined) return { verb: 'Renamed group', object, note: was === null ? null : `was ${was}` };
  const added = count(joined, 'member');
  const removed = count(left, 'member');
  const members = { added: joined, removed: left };
  if (joined > 0 && left > 0) {
    return { verb: 'Changed members of', object, note: `${added} added, ${removed} removed`, members };
  }
  if (joined > 0) {
    return { verb: `Added ${added} to`, object, note: listNames(namesOf(membersAdded), joined), members };
  }
  if (left > 0) {
    return { verb: `Removed ${removed} from`, object, note: listNames(namesOf(membersRemoved), left), members };
  }
  return { verb: 'Updated group', object, note: changedLeaves(attributes) };
}

function namesOf(members: readonly MemberRef[]): string[] {
  return members.map((member) => member.name);
}

/** A manager as a change holds it: an id, or an object around it. */
function nameOfManager(value: Json | undefined, nameOfUser: World['nameOfUser']): string | null {
  const id = asText(value) ?? asText(asObject(value)?.value);
  return id === null ? null : (nameOfUser(id) ?? 'a user not known here');
}

function changedLeaves(attributes: readonly AttributeChange[]): string | null {
  const leaves = [...new Set(attributes.map((one) => leafOf(one.path)))];
  return leaves.length === 0 ? null : listNames(leaves);
}
