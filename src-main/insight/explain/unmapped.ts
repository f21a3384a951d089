import type { RecordChange } from '../../contract/index.ts';
import { parsePath, type SchemaRegistry } from '../../scim/index.ts';

/** Whether the schemas know a path, remembered: paths repeat, and finding out about an unknown one throws. */
const known = new WeakMap<SchemaRegistry, Map<string, boolean>>();
const rememberedPaths = 2_000;

/** Changed attributes that no schema knows. */
export function unmappedPaths({ resourceType, attributes }: RecordChange, registry: SchemaRegistry): string[] {
  let paths = known.get(registry);
  if (paths === undefined || paths.size >= rememberedPaths) {
    paths = new Map();
    known.set(registry, paths);
  }
  const remembered = paths;
  return attributes.map((one) => one.path).filter((path) => !isKnown(resourceType, path, registry, remembered));
}

/** Whether a path lies below the URN of a schema that is in force. */
export function inKnownSchema(path: string, { User, Group }: SchemaRegistry): boolean {
  const lower = path.toLowerCase();
  return [User.core, Group.core, ...User.extensions, ...Group.extensions].some((schema) =>
    lower.startsWith(`${schema.id.toLowerCase()}:`),
  );
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
