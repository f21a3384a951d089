import type { Json, JsonObject } from '../../contract/json.ts';
import { ScimError } from '../errors.ts';
import { isObject, own, ownKey } from '../json.ts';
import { namesSchema } from '../messages.ts';
import { inWords } from '../values.ts';

/** One entry of `Operations`. */
export interface Operation {
  /** Its place in the list, from 0. */
  readonly index: number;
  readonly op: 'add' | 'replace' | 'remove';
  /** Null for an operation on the resource itself. */
  readonly path: string | null;
  /** Undefined when none was sent. */
  readonly value: Json | undefined;
}

const messageUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/**
 * Reads a PatchOp message (RFC 7644 §3.5.2). Names and `op` in any case; unknown members are not looked at. `schemas` may be
 * left out, and name more than PatchOp; where they name something else only, the message is another one.
 * Throws ScimError 400 invalidSyntax, invalidPath or invalidValue.
 */
export function readOperations(body: JsonObject): Operation[] {
  const schemas = member(body, 'schemas') ?? null;
  if (schemas !== null && !namesSchema(schemas, messageUrn)) {
    throw syntax(`The "schemas" of a PATCH must name ${messageUrn}.`);
  }
  const list = member(body, 'Operations');
  if (!Array.isArray(list)) throw syntax('A PATCH needs "Operations", a list.');
  if (list.length === 0) throw syntax('"Operations" is empty: a PATCH needs at least one operation.');
  return list.map(readOperation);
}

function readOperation(entry: Json, index: number): Operation {
  const where = `Operation ${index + 1}`;
  if (!isObject(entry)) throw syntax(`${where} is not an object.`);
  const sent = member(entry, 'op');
  const op = typeof sent === 'string' ? sent.toLowerCase() : '';
  if (op !== 'add' && op !== 'replace' && op !== 'remove') {
    throw syntax(`${where}: "op" is add, replace or remove, not ${inWords(sent ?? null)}.`);
  }
  const path = member(entry, 'path') ?? null;
  if (path !== null && typeof path !== 'string')
    throw new ScimError(400, `${where}: "path" is not text.`, 'invalidPath');
  const value = member(entry, 'value');
  if (value === undefined && op !== 'remove') {
    throw new ScimError(400, `${where}: ${op} needs a "value".`, 'invalidValue');
  }
  return { index, op, path: path === '' ? null : path, value };
}

function member(object: JsonObject, name: string): Json | undefined {
  const key = ownKey(object, name);
  return key === undefined ? undefined : own(object, key);
}

function syntax(detail: string): ScimError {
  return new ScimError(400, detail, 'invalidSyntax');
}
