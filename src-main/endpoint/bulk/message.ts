import type { Json, JsonObject, ResourceType } from '../../contract/index.ts';
import { isObject, namesSchema, ownKey, ScimError } from '../../scim/index.ts';

/** A bulk request may hold so many operations; ServiceProviderConfig announces it. */
export const maxOperations = 1_000;

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One entry of `Operations`, read as far as it can be. */
export interface BulkOperation {
  /** As sent, in upper case. */
  readonly method: string;
  readonly bulkId: string | null;
  /** What to do; a ScimError says why nothing can be done. */
  readonly task: BulkTask | ScimError;
}

export interface BulkTask {
  readonly method: BulkMethod;
  readonly type: ResourceType;
  /** The record the path addresses (an id, or `bulkId:…`); null for POST. */
  readonly target: string | null;
  /** Happens only to this version (RFC 7644 §3.14); null for any. */
  readonly version: string | null;
  /** Empty for DELETE. */
  readonly data: JsonObject;
}

/** A BulkRequest (RFC 7644 §3.7). */
export interface BulkRequest {
  readonly operations: BulkOperation[];
  /** Errors after which nothing more is done; Infinity for no such number. */
  readonly failOnErrors: number;
}

const requestUrn = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const methods: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'] satisfies BulkMethod[];
/** In small letters too, as at their own paths. */
const types: ReadonlyMap<string, ResourceType> = new Map([
  ['Users', 'User'],
  ['users', 'User'],
  ['Groups', 'Group'],
  ['groups', 'Group'],
]);

/**
 * Reads a BulkRequest, names in any letter case. What is wrong with one operation is that operation's result; what is wrong
 * with the message is thrown: ScimError 400 invalidSyntax or invalidValue, 413 for more than `maxOperations`.
 */
export function readBulkRequest(body: JsonObject): BulkRequest {
  if (!namesSchema(member(body, 'schemas'), requestUrn)) {
    throw new ScimError(400, `The "schemas" of a bulk request must name ${requestUrn}.`, 'invalidSyntax');
  }
  const sent = member(body, 'Operations');
  if (!Array.isArray(sent) || sent.length === 0) {
    throw new ScimError(400, 'A bulk request needs "Operations", a list of at least one.', 'invalidSyntax');
  }
  if (sent.length > maxOperations) {
    throw new ScimError(
      413,
      `The request holds ${sent.length} operations; maxOperations is ${maxOperations}. Send them in several requests.`,
    );
  }
  const operations = sent.map((entry, index) => {
    if (!isObject(entry)) throw new ScimError(400, `Operation ${index + 1} is not an object.`, 'invalidSyntax');
    return readOperation(entry);
  });
  const seen = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId === null) continue;
    if (seen.has(bulkId)) throw new ScimError(400, `Two operations have the bulkId ${quote(bulkId)}.`, 'invalidValue');
    seen.add(bulkId);
  }
  return { operations, failOnErrors: readFailOnErrors(member(body, 'failOnErrors')) };
}

/** 0 counts as left out, as others take it: a number of errors that ends the work before it begins makes no sense. */
function readFailOnErrors(sent: Json | undefined): number {
  if (sent === undefined || sent === null || sent === 0) return Number.POSITIVE_INFINITY;
  if (typeof sent === 'number' && Number.isInteger(sent) && sent > 0) return sent;
  throw new ScimError(400, 'failOnErrors must be a whole number, 0 for none.', 'invalidValue');
}

function readOperation(operation: JsonObject): BulkOperation {
  const sent = member(operation, 'method');
  const method = typeof sent === 'string' ? sent.toUpperCase() : '';
  const bulkId = member(operation, 'bulkId');
  const common = { method, bulkId: typeof bulkId === 'string' && bulkId !== '' ? bulkId : null };
  try {
    return { ...common, task: readTask(method, common.bulkId, operation) };
  } catch (error) {
    if (error instanceof ScimError) return { ...common, task: error };
    throw error;
  }
}

function readTask(method: string, bulkId: string | null, operation: JsonObject): BulkTask {
  if (!isBulkMethod(method)) {
    throw new ScimError(400, 'The method of an operation is POST, PUT, PATCH or DELETE.', 'invalidSyntax');
  }
  const path = member(operation, 'path');
  if (typeof path !== 'string') throw new ScimError(400, 'An operation needs a "path".', 'invalidSyntax');
  const [segment = '', target = '', ...more] = path
    .replace(/^\//, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/$/, '')
    .split('/');
  const type = types.get(segment);
  if (type === undefined || more.length > 0) {
    throw new ScimError(404, `Nothing is served at ${quote(path)}; operations go to /Users and /Groups.`);
  }
  if ((method === 'POST') !== (target === '')) {
    const wanted = method === 'POST' ? `/${segment}` : `/${segment}/ and an id`;
    throw new ScimError(400, `The path of a ${method} is ${wanted}, not ${quote(path)}.`, 'invalidSyntax');
  }
  if (method === 'POST' && bulkId === null) throw new ScimError(400, 'A POST needs a "bulkId".', 'invalidSyntax');
  return {
    method,
    type,
    target: target === '' ? null : decode(target),
    version: readVersion(member(operation, 'version')),
    data: method === 'DELETE' ? {} : dataOf(member(operation, 'data')),
  };
}

/** What is no version is refused: an operation that was to happen to one only must not happen to all. */
function readVersion(sent: Json | undefined): string | null {
  if (sent === undefined || sent === null) return null;
  if (typeof sent === 'string' && sent !== '') return sent;
  throw new ScimError(400, 'The "version" of an operation is a text, an ETag as answers give it.', 'invalidValue');
}

function isBulkMethod(method: string): method is BulkMethod {
  return methods.includes(method);
}

function dataOf(sent: Json | undefined): JsonObject {
  if (!isObject(sent)) throw new ScimError(400, 'The "data" of an operation is an object.', 'invalidSyntax');
  return sent;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ScimError(400, 'The path holds a percent sign that encodes no character.', 'invalidSyntax');
  }
}

/** An own member, its name in any letter case. */
function member(object: JsonObject, name: string): Json | undefined {
  const key = ownKey(object, name);
  return key === undefined ? undefined : object[key];
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200));
}
