import { maximumDepth } from '../../contract/catalogue/limits.ts';
import type { Json, JsonObject } from '../../contract/index.ts';
import { ownKey, ScimError } from '../../scim/index.ts';
import type { BulkTask } from './message.ts';

/** Gives the id that stands for a bulkId; of a `user`: only of one who may be a member or a manager. */
export type Resolve = (bulkId: string, user: boolean) => string;

const prefix = 'bulkId:';
/** References in a PATCH path: `members[value eq "bulkId:ada"]`. */
const inPath = /"bulkId:([^"\\]+)"/g;
/** Attributes that refer to a record, by their name, a dotted one or one with its URN; elsewhere a text is only a text. */
const referring = /(^|[:.])(members|manager)($|[.[])/i;

/** The bulkIds that a task refers to (RFC 7644 §3.7.2), in its path and in what refers to a record. Throws ScimError 400 for data that nests too deep. */
export function referencesOf(task: BulkTask): Set<string> {
  const found = new Set<string>();
  resolved(task, (bulkId) => {
    found.add(bulkId);
    return bulkId;
  });
  return found;
}

/** The task with ids in place of bulkIds. What `resolve` throws is thrown. */
export function resolved(task: BulkTask, resolve: Resolve): BulkTask {
  const { target, data } = task;
  return {
    ...task,
    target: target?.startsWith(prefix) ? resolve(target.slice(prefix.length), false) : target,
    data: resolvedParts(data, resolve, false, 1),
  };
}

/** `refers`: whether it lies in an attribute that refers to a record. */
function resolvedParts(object: JsonObject, resolve: Resolve, refers: boolean, depth: number): JsonObject {
  if (depth > maximumDepth) {
    throw new ScimError(400, `The data nests deeper than ${maximumDepth} levels.`, 'invalidSyntax');
  }
  // The path of a PATCH operation says what its value is.
  const path = object[ownKey(object, 'path') ?? ''];
  const aimed = typeof path === 'string' && referring.test(path);
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const name = key.toLowerCase();
      if (name === 'path' && typeof value === 'string' && aimed) {
        return [key, value.replaceAll(inPath, (_, bulkId: string) => JSON.stringify(resolve(bulkId, true)))];
      }
      const inside = refers || referring.test(key) || (aimed && name === 'value');
      return [key, resolvedValue(value, resolve, inside, depth + 1)];
    }),
  );
}

function resolvedValue(value: Json, resolve: Resolve, refers: boolean, depth: number): Json {
  if (typeof value === 'string') {
    return refers && value.startsWith(prefix) ? resolve(value.slice(prefix.length), true) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return resolvedParts(value, resolve, refers, depth);
  if (depth > maximumDepth) {
    throw new ScimError(400, `The data nests deeper than ${maximumDepth} levels.`, 'invalidSyntax');
  }
  return value.map((one) => resolvedValue(one, resolve, refers, depth + 1));
}
