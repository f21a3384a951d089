import type { AttributeChange, CallOutcome, CallSentence, Json, MemberRef, RecordChange } from '../contract/index.ts';
import { parsePath, type SchemaRegistry } from '../scim/index.ts';
import type { DescribeOptions } from './describe.ts';
import { asObject, asText, count, listNames } from './wire.ts';

interface Described {
  sentence: CallSentence;
  outcome: CallOutcome;
}

const managerPath = /:User:manager(\.value)?$/i;

/** The sentence of a call that changed something. */
export function describeChange(change: RecordChange, options: DescribeOptions): Described {
  const sentence = change.resourceType === 'Group' ? ofGroup(change) : ofUser(change, options);
  const unmapped = change.kind === 'deleted' ? [] : unmappedPaths(change, options.registry());
  if (unmapped.length === 0) return { sentence, outcome: 'ok' };
  const verb = unmapped.length === 1 ? 'has' : 'have';
  return {
    outcome: 'odd',
    sentence: { ...sentence, note: `${listNames(unmapped.map(leafOf))} ${verb} no field here` },
  };
}

function ofUser(change: RecordChange, { nameOfUser }: DescribeOptions): CallSentence {
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
function nameOfManager(value: Json | undefined, nameOfUser: DescribeOptions['nameOfUser']): string | null {
  const id = asText(value) ?? asText(asObject(value)?.value);
  return id === null ? null : (nameOfUser(id) ?? 'a user not known here');
}

function changedLeaves(attributes: readonly AttributeChange[]): string | null {
  const leaves = [...new Set(attributes.map((one) => leafOf(one.path)))];
  return leaves.length === 0 ? null : listNames(leaves);
}

/** What people call an attribute: `department` of the enterprise URN, `familyName` of `name.familyName`, `work e-mail`. */
function leafOf(path: string): string {
  const inExtension = path.toLowerCase().startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1) : path;
  const valuePath = /^(\w+)\[type eq "([^"]+)"\](?:\.(\w+))?$/.exec(inExtension);
  if (valuePath !== null) {
    const [, list = '', type = '', sub] = valuePath;
    if (list === 'emails') return `${type} e-mail`;
    if (list === 'phoneNumbers') return `${type} phone`;
    return sub === undefined || sub === 'value' ? `${type} ${list}` : sub;
  }
  const dot = inExtension.lastIndexOf('.');
  const leaf = dot < 0 ? inExtension : inExtension.slice(dot + 1);
  return leaf === 'value' && dot > 0 ? inExtension.slice(0, dot) : leaf;
}

/** Whether the schemas know a path, remembered: paths repeat, and finding out about an unknown one throws. */
const known = new WeakMap<SchemaRegistry, Map<string, boolean>>();
const rememberedPaths = 2_000;

function unmappedPaths({ resourceType, attributes }: RecordChange, registry: SchemaRegistry): string[] {
  let paths = known.get(registry);
  if (paths === undefined || paths.size >= rememberedPaths) {
    paths = new Map();
    known.set(registry, paths);
  }
  const remembered = paths;
  return attributes.map((one) => one.path).filter((path) => !isKnown(resourceType, path, registry, remembered));
}

function isKnown(
  resourceType: RecordChange['resourceType'],
  path: string,
  registry: SchemaRegistry,
  remembered: Map<string, boolean>,
): boolean {
  const plain = path.replace(/\[[^\]]*\]/, '');
  const key = `${resourceType} ${plain}`;
  let answer = remembered.get(key);
  if (answer === undefined) {
    answer = resolves(resourceType, plain, registry);
    remembered.set(key, answer);
  }
  return answer;
}

function resolves(resourceType: RecordChange['resourceType'], path: string, registry: SchemaRegistry): boolean {
  try {
    parsePath(path, resourceType, registry);
    return true;
  } catch {
    return false;
  }
}
