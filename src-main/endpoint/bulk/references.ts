import { maximumDepth } from '../../contract/catalogue/limits.ts';
import type { Json, JsonObject } from '../../contract/index.ts';
import { ScimError } from '../../scim/index.ts';
import type { BulkTask } from './message.ts';

/** Gives the id that stands for a bulkId. */
export type Resolve = (bulkId: string) => string;

const prefix = 'bulkId:';
/** References in a PATCH path: `members[value eq "bulkId:ada"]`. */
const inPath = /"bulkId:([^"\\]+)"/g;

/** The bulkIds that a task refers to (RFC 7644 §3.7.2), in its path and anywhere in its data. Throws ScimError 400 for data that nests too deep. */
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
    target: target?.startsWith(prefix) ? resolve(target.slice(prefix.length)) : target,
    data: resolvedParts(data, resolve, 1),
  };
}

function resolvedParts(object: JsonObject, resolve: Resolve, depth: number): JsonObject {
  if (depth > maximumDepth) {
    throw new ScimError(400, `The data nests deeper than ${maximumDepth} levels.`, 'invalidSyntax');
  }
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      key.toLowerCase() === 'path' && typeof value === 'string'
        ? value.replaceAll(inPath, (_, bulkId: string) => JSON.stringify(resolve(bulkId)))
        : resolvedValue(value, resolve, depth + 1),
    ]),
  );
}

function resolvedValue(value: Json, resolve: Resolve, depth: number): Json {
  if (typeof value === 'string') return value.startsWith(prefix) ? resolve(value.slice(prefix.length)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return resolvedParts(value, resolve, depth);
  if (depth > maximumDepth) {
    throw new ScimError(400, `The data nests deeper than ${maximumDepth} levels.`, 'invalidSyntax');
  }
  return value.map((one) => resolvedValue(one, resolve, depth + 1));
}
