import type { Json, JsonObject } from '../../contract/index.ts';
import type { Difference, Leaf } from './mapping.ts';
import { isFiltered, writeTarget } from './target.ts';

/**
 * The requests Entra makes, byte for byte as far as they are known: docs/entra.md §1 says from where. `compliant` chooses the
 * forms of the `aadOptscim062020` flag (quirk 3).
 */
export interface SimulatorRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the Tenant URL, with the query as it goes over the wire. */
  path: string;
  body: JsonObject | null;
}

export type Collection = 'Users' | 'Groups';

const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** Microsoft's own, sent beside the core Group schema (quirk 26). */
const adGroup = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A match query (§1.4, §1.13), or with a GUID as value the connectivity probe (§1.1). Blanks become `+`, as captured. */
export function matchQuery(collection: Collection, attribute: string, value: string): SimulatorRequest {
  const query = new URLSearchParams();
  if (collection === 'Groups') query.append('excludedAttributes', 'members');
  query.append('filter', `${attribute} eq ${JSON.stringify(value)}`);
  return { method: 'GET', path: `/${collection}?${query}`, body: null };
}

/** §1.5: a known object by id; groups without their members. */
export function readById(collection: Collection, id: string): SimulatorRequest {
  const query = collection === 'Groups' ? '?excludedAttributes=members' : '';
  return { method: 'GET', path: `/${collection}/${encodeURIComponent(id)}${query}`, body: null };
}

/** §1.11: the hard delete, 30 days after the soft one. */
export function remove(collection: Collection, id: string): SimulatorRequest {
  return { method: 'DELETE', path: `/${collection}/${encodeURIComponent(id)}`, body: null };
}

/** §1.3. `roles` and `meta` are in Microsoft's documented body although nothing maps to them. */
export function createUser(leaves: readonly Leaf[]): SimulatorRequest {
  const body: JsonObject = { schemas: [coreUser, enterpriseUser] };
  for (const { target, value } of leaves) if (!target.startsWith('urn:')) writeTarget(body, target, value);
  body.meta = { resourceType: 'User' };
  body.roles = [];
  for (const { target, value } of leaves) if (target.startsWith('urn:')) writeTarget(body, target, value);
  return { method: 'POST', path: '/Users', body };
}

/** §1.13: groups are created empty. */
export function createGroup(leaves: readonly Leaf[]): SimulatorRequest {
  const body: JsonObject = { schemas: [coreGroup, adGroup] };
  for (const { target, value } of leaves) writeTarget(body, target, value);
  body.meta = { resourceType: 'Group' };
  return { method: 'POST', path: '/Groups', body };
}

function patch(collection: Collection, id: string, operations: Json[]): SimulatorRequest {
  return {
    method: 'PATCH',
    path: `/${collection}/${encodeURIComponent(id)}`,
    body: { schemas: [patchOp], Operations: operations },
  };
}

/**
 * §1.6, §1.8, §1.14. Without the flag one operation per leaf, booleans as "True" and "False". With it lower case, additions,
 * filtered paths and `active` on their own, and every other replacement merged into one operation without a path.
 */
export function update(
  collection: Collection,
  id: string,
  changed: readonly Difference[],
  compliant: boolean,
): SimulatorRequest {
  if (!compliant) {
    const operations = changed.map(({ target, value, had }) => ({
      op: had ? 'Replace' : 'Add',
      path: target,
      value: typeof value === 'boolean' ? (value ? 'True' : 'False') : value,
    }));
    return patch(collection, id, operations);
  }
  const operations: Json[] = [];
  const merged: JsonObject = {};
  for (const { target, value, had } of changed) {
    if (!had) operations.push({ op: 'add', path: target, value });
    else if (isFiltered(target) || typeof value === 'boolean') operations.push({ op: 'replace', path: target, value });
    else merged[target] = value;
  }
  if (Object.keys(merged).length > 0) operations.push({ op: 'replace', value: merged });
  return patch(collection, id, operations);
}

/** §1.12, form a: the manager's id as a bare string. `had`: the user has another manager already. */
export function setManager(id: string, managerId: string, had: boolean, compliant: boolean): SimulatorRequest {
  const op = had ? 'Replace' : 'Add';
  return patch('Users', id, [
    { op: compliant ? op.toLowerCase() : op, path: `${enterpriseUser}:manager`, value: managerId },
  ]);
}

/** §1.15: several members in one operation. */
export function addMembers(groupId: string, ids: readonly string[], compliant: boolean): SimulatorRequest {
  const value = ids.map((id) => ({ $ref: null, value: id }));
  return patch('Groups', groupId, [{ op: compliant ? 'add' : 'Add', path: 'members', value }]);
}

/** §1.15: without the flag a Remove that carries a value array, with it one filtered path per member (quirk 16). */
export function removeMembers(groupId: string, ids: readonly string[], compliant: boolean): SimulatorRequest {
  if (!compliant) {
    const value = ids.map((id) => ({ $ref: null, value: id }));
    return patch('Groups', groupId, [{ op: 'Remove', path: 'members', value }]);
  }
  const operations = ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` }));
  return patch('Groups', groupId, operations);
}
