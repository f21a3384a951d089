import type { RecordChange, ResourceType } from '../../contract/index.ts';
import { parsePath, type SchemaRegistry } from '../../scim/index.ts';

/** Whether the schemas know a path, remembered: paths repeat, and finding out about an unknown one throws. */
const known = new WeakMap<SchemaRegistry, Record<ResourceType, Map<string, boolean>>>();
const rememberedPaths = 2_000;
const none: readonly string[] = [];

/** Changed attributes that no schema knows. */
export function unmappedPaths({ resourceType, attributes }: RecordChange, registry: SchemaRegistry): readonly string[] {
  let found: string[] | undefined;
  for (const { path } of attributes) {
    if (isKnown(resourceType, path, registry)) continue;
    found ??= [];
    found.push(path);
  }
  return found ?? none;
}

/** Whether a path lies below the URN of a schema that is in force. */
export function inKnownSchema(path: string, { User, Group }: SchemaRegistry): boolean {
  const lower = path.toLowerCase();
  return [User.core, Group.core, ...User.extensions, ...Group.extensions].some((schema) =>
    lower.startsWith(`${schema.id.toLowerCase()}:`),
  );
}

function isKnown(resourceType: ResourceType, path: string, registry: SchemaRegistry): boolean {
  const paths = rememberedOf(registry)[resourceType];
  const plain = path.includes('[') ? path.replace(/\[[^\]]*\]/, '') : path;
  let answer = paths.get(plain);
  if (answer === undefined) {
    answer = resolves(resourceType, plain, registry);
    if (paths.size >= rememberedPaths) paths.clear();
    paths.set(plain, answer);
  }
  return answer;
}

function rememberedOf(registry: SchemaRegistry): Record<ResourceType, Map<string, boolean>> {
  let paths = known.get(registry);
  if (paths === undefined) {
    paths = { User: new Map(), Group: new Map() };
    known.set(registry, paths);
  }
  return paths;
}

function resolves(resourceType: ResourceType, path: string, registry: SchemaRegistry): boolean {
  try {
    parsePath(path, resourceType, registry);
    return true;
  } catch {
    return false;
  }
}
