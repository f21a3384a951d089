import type { ExplanationCode } from '../../contract/catalogue/explanations/index.ts';
import type { AttributeChange, Json, JsonObject, RecordChange } from '../../contract/index.ts';
import { leafOf } from '../leaf.ts';
import { asObject, asText, isGuid, listNames, requestJson } from '../wire.ts';
import type { Finding, Seen, World } from './types.ts';
import { inKnownSchema, unmappedPaths } from './unmapped.ts';

const manager = /:User:manager(\.value)?$/i;
/** The text that "active" was sent as: the value of the attribute, or of a PATCH operation whose path it is. */
const activeText = /"active"\s*(?::|,\s*(?:"op"\s*:\s*"\w*"\s*,\s*)?"value"\s*:)\s*"(true|false)"/i;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user';

/** What is odd or worth a word in a call that changed one record. Looks at the change first, and into the body only for a reason. */
export function ofWrite(call: Seen, change: RecordChange, world: World): Finding[] {
  const found: Finding[] = [];
  const text = call.requestBody?.text ?? '';
  if (change.kind !== 'deleted') {
    unmapped(found, change, world);
    if (text.includes('"password"')) add(found, 'SP-PASSWORD');
    if (change.resourceType === 'User') ofUser(found, change, text, world);
    else membersAtOnce(found, call, change, text);
    externalId(found, change, world);
    const { noEffect } = call;
    if (noEffect !== undefined && noEffect.length > 0) withoutEffect(found, call, noEffect.length);
  }
  const kind = ofKind[change.resourceType][change.kind];
  if (kind !== undefined) add(found, kind);
  if (call.method === 'PUT') add(found, 'SP-PUT');
  return found;
}

const ofKind: Record<RecordChange['resourceType'], Partial<Record<RecordChange['kind'], ExplanationCode>>> = {
  User: { archived: 'SP-ARCHIVED', restored: 'SP-RESTORED', deleted: 'SP-DELETED-USER' },
  Group: { deleted: 'SP-DELETED-GROUP' },
};

function add(found: Finding[], code: ExplanationCode, slots: Finding['slots'] = {}, ...faults: string[]): void {
  found.push(faults.length === 0 ? { code, slots } : { code, slots, faults });
}

function unmapped(found: Finding[], change: RecordChange, world: World): void {
  const registry = world.registry();
  const paths = unmappedPaths(change, registry);
  if (paths.length === 0) return;
  const strange = paths.filter((path) => /^urn:/i.test(path) && !inKnownSchema(path, registry));
  const others = paths.filter((path) => !strange.includes(path));
  if (others.length > 0) add(found, 'SP-UNMAPPED', named(others), ...others);
  if (strange.length > 0) {
    const [first = ''] = strange;
    add(found, 'SP-URN-UNKNOWN', { ...named(strange), urn: first.slice(0, first.lastIndexOf(':')) }, ...strange);
  }
}

function named(paths: readonly string[]): Finding['slots'] {
  return { attributes: listNames(paths.map(leafOf)), have: paths.length === 1 ? 'has' : 'have' };
}

function ofUser(found: Finding[], change: RecordChange, text: string, world: World): void {
  const created = change.kind === 'created';
  let mail = false;
  let active: Json | undefined;
  const urns = new Set<string>();
  let roles = false;
  for (const one of change.attributes) {
    const { path, after } = one;
    if (path.startsWith('emails')) mail = true;
    else if (path === 'active') active = after;
    else if (path.startsWith('roles')) roles = true;
    else if (path.startsWith('urn:')) {
      if (manager.test(path)) ofManager(found, one, world);
      else urns.add(path.slice(0, path.lastIndexOf(':')));
    } else if (path === 'userName' && /#ext#/i.test(asText(after) ?? '')) add(found, 'SP-GUEST-NAME', {}, path);
  }
  if (created && !mail) add(found, 'SP-EMAIL-MISSING');
  if (roles && text.includes('"{\\"')) add(found, 'SP-ROLES-TEXT', {}, 'roles');
  if (created && active === false) add(found, 'SP-CREATED-INACTIVE', {}, 'active');
  if (active !== undefined) {
    const sent = activeText.exec(text)?.[1];
    if (sent !== undefined) add(found, 'SP-ACTIVE-TEXT', { sent: JSON.stringify(sent) });
  }
  if (created) {
    for (const urn of urns) {
      if (urn.toLowerCase() !== enterprise && !declares(text, urn)) add(found, 'SP-EXTENSION-UNDECLARED', { urn });
    }
  }
}

function ofManager(found: Finding[], { path, after }: AttributeChange, world: World): void {
  const id = asText(after) ?? asText(asObject(after)?.value);
  if (id !== null && world.nameOfUser(id) === null) add(found, 'SP-MANAGER-UNKNOWN', { id }, path);
}

/** Whether the list "schemas" of a body names a URN. */
function declares(text: string, urn: string): boolean {
  const list = /"schemas"\s*:\s*\[([^\]]*)\]/i.exec(text)?.[1] ?? '';
  return list.toLowerCase().includes(`"${urn.toLowerCase()}"`);
}

function externalId(found: Finding[], change: RecordChange, world: World): void {
  const { resourceType, id } = change;
  const type = resourceType.toLowerCase();
  const value = asText(change.attributes.find(({ path }) => path === 'externalId')?.after);
  if (value === null) {
    if (change.kind === 'created') add(found, 'SP-EXTERNAL-ID-MISSING', { type });
    return;
  }
  if (world.sharesExternalId(resourceType, value, id)) {
    const code = resourceType === 'User' ? 'SP-EXTERNAL-ID-TWICE' : 'SP-GROUP-EXTERNAL-ID-TWICE';
    add(found, code, { value, type }, 'externalId');
  }
  // A name: no GUID, no address, no mere number (an employee's, say).
  if (resourceType === 'User' && !isGuid(value) && !/[@\s]|^\d+$/.test(value)) {
    add(found, 'SP-EXTERNAL-ID-NICKNAME', { value }, 'externalId');
  }
}

function withoutEffect(found: Finding[], call: Seen, count: number): void {
  const operations = requestJson(call)?.Operations;
  const slots = { count: String(count) };
  add(found, 'SP-NO-EFFECT', Array.isArray(operations) ? { ...slots, all: String(operations.length) } : slots);
}

/** A list of members that was set or emptied as a whole. */
function membersAtOnce(found: Finding[], call: Seen, change: RecordChange, text: string): void {
  const left = change.membersRemoved.length + (change.moreRemoved ?? 0);
  if (left === 0) return;
  const removed = { removed: String(left) };
  if (call.method === 'PUT') add(found, 'SP-MEMBERS-REPLACED', removed, 'members');
  if (call.method !== 'PATCH' || (/"value"/i.test(text) && !/"replace"/i.test(text))) return;
  const operations = requestJson(call)?.Operations;
  for (const one of Array.isArray(operations) ? operations : []) {
    const how = atOnce(asObject(one));
    if (how === null) continue;
    add(found, how, removed, 'members');
    return;
  }
}

/** Whether an operation sets or empties all of "members". */
function atOnce(operation: JsonObject | null): 'SP-MEMBERS-REPLACED' | 'SP-MEMBERS-CLEARED' | null {
  const op = asText(operation?.op)?.toLowerCase();
  const path = asText(operation?.path)?.toLowerCase();
  const value = operation?.value;
  const whole = path === 'members' || (path === undefined && asObject(value)?.members !== undefined);
  if (op === 'replace' && whole) return 'SP-MEMBERS-REPLACED';
  const nobody = value === undefined || value === null;
  return op === 'remove' && path === 'members' && nobody ? 'SP-MEMBERS-CLEARED' : null;
}
