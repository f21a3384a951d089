import type { CapturedCall, Json, JsonObject, RecordChange } from '../contract/index.ts';
import { isObject } from '../scim/index.ts';

const coreSchema = /^urn:ietf:params:scim:schemas:core:2\.0:\w+:/i;
const managerPath = /:User:manager(\.value)?$/i;
/** Attribute paths repeat from call to call. */
const rememberedLeads = 2_000;
const leads = new Map<string, string>();

/** An attribute as far as a match query is told apart by it: `emails` of `emails[type eq "work"].value`, in small letters. */
export function leadOf(path: string): string {
  let lead = leads.get(path);
  if (lead === undefined) {
    const bare = path.replace(coreSchema, '');
    const leaf = /^urn:/i.test(bare) ? bare.slice(bare.lastIndexOf(':') + 1) : bare;
    lead = (/^[^[.]*/.exec(leaf)?.[0] ?? leaf).toLowerCase();
    if (leads.size < rememberedLeads) leads.set(path, lead);
  }
  return lead;
}

/** The texts that a create carried in the attributes of `wanted` (see `leadOf`): what was stored, else what was sent. */
export function carriedValues(call: CapturedCall, wanted: ReadonlySet<string>): { lead: string; value: string }[] {
  const found: { lead: string; value: string }[] = [];
  const take = (path: string, value: Json | undefined) => {
    if (typeof value !== 'string') return;
    const lead = leadOf(path);
    if (wanted.has(lead)) found.push({ lead, value });
  };
  const [change] = call.changes;
  if (change !== undefined) for (const { path, after } of change.attributes) take(path, after);
  else for (const [path, value] of sentLeaves(call)) take(path, value);
  return found;
}

/** The object that a call sent; null where it can't be read. */
function sentObject({ requestBody }: CapturedCall): JsonObject | null {
  if (requestBody === null || requestBody.cut) return null;
  try {
    const body: unknown = JSON.parse(requestBody.text);
    return isObject(body) ? body : null;
  } catch {
    return null;
  }
}

/** The attributes that a PATCH asked to change, as paths in small letters; null where its body can't be read. */
export function askedPaths(call: CapturedCall): ReadonlySet<string> | null {
  const operations = sentObject(call)?.Operations;
  if (!Array.isArray(operations)) return null;
  const asked = new Set<string>();
  const add = (path: string) => asked.add(path.replace(coreSchema, '').toLowerCase());
  for (const operation of operations) {
    if (!isObject(operation)) return null;
    const { path, value } = operation;
    if (typeof path === 'string') add(path);
    else if (isObject(value)) for (const name of Object.keys(value)) add(name);
  }
  return asked.size === 0 ? null : asked;
}

/** Whether a PATCH asks for each of these paths, by itself or by what it lies in. */
export function coversPaths(asked: ReadonlySet<string> | null, paths: ReadonlySet<string>): boolean {
  if (asked === null) return false;
  const within = (path: string) => [...asked].some((one) => path.startsWith(`${one}.`) || path.startsWith(`${one}[`));
  return [...paths].every((path) => asked.has(path) || within(path));
}

/** The leaves of a body that was refused. */
function* sentLeaves(call: CapturedCall): Generator<[path: string, value: Json]> {
  const body = sentObject(call);
  if (body === null) return;
  for (const [name, value] of Object.entries(body)) {
    if (Array.isArray(value)) for (const element of value) yield* leavesUnder(name, element);
    else if (name.startsWith('urn:') && typeof value === 'object' && value !== null) {
      for (const [leaf, one] of Object.entries(value)) yield [`${name}:${leaf}`, one];
    } else yield* leavesUnder(name, value);
  }
}

function* leavesUnder(name: string, value: Json): Generator<[path: string, value: Json]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) yield [name, value];
  else for (const [leaf, one] of Object.entries(value)) yield [`${name}.${leaf}`, one];
}

/** What a write refers to and nothing else, as Entra sends it after the record itself; null for any other call. */
export function referenceOf({ changes }: CapturedCall): 'manager' | 'added' | 'removed' | null {
  const [change] = changes;
  if (change === undefined || changes.length > 1 || change.kind !== 'updated') return null;
  return change.resourceType === 'User' ? managerOf(change) : membersOf(change);
}

function managerOf({ attributes }: RecordChange): 'manager' | null {
  return attributes.length > 0 && attributes.every(({ path }) => managerPath.test(path)) ? 'manager' : null;
}

function membersOf({ attributes, membersAdded, membersRemoved }: RecordChange): 'added' | 'removed' | null {
  if (attributes.length > 0 || (membersAdded.length > 0 && membersRemoved.length > 0)) return null;
  if (membersAdded.length > 0) return 'added';
  return membersRemoved.length > 0 ? 'removed' : null;
}
