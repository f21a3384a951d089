import type { CapturedCall, Json, JsonObject, RecordChange } from '../contract/index.ts';

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

/** The leaves of a body that was refused. */
function* sentLeaves({ requestBody }: CapturedCall): Generator<[path: string, value: Json]> {
  if (requestBody === null || requestBody.cut) return;
  let body: unknown;
  try {
    body = JSON.parse(requestBody.text);
  } catch {
    return;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
  for (const [name, value] of Object.entries(body as JsonObject)) {
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
