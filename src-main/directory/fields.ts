import type { AttributeMapping } from '../contract/catalogue/default-mappings.ts';
import type { Json, JsonObject, ProfileField } from '../contract/index.ts';
import { object } from './documents.ts';

/**
 * A user's attributes for the window: first those that Entra maps, in its order, with or without a value; then whatever
 * else the document holds. Paths are spelled as Entra spells them (`emails[type eq "work"].value`).
 */
export function profileFields(document: JsonObject, mappings: readonly AttributeMapping[]): ProfileField[] {
  const values = leavesOf(document);
  const mapped = mappings.map((mapping) => {
    const value = values.get(mapping.target) ?? null;
    values.delete(mapping.target);
    return { path: mapping.target, value, entraSource: sourceOf(mapping) };
  });
  const others = [...values].map(([path, value]) => ({ path, value, entraSource: null }));
  return [...mapped, ...others];
}

/** Every simple value by its path, in the document's order. */
export function leavesOf(document: JsonObject): Map<string, string> {
  return new Map(Object.entries(document).flatMap(([key, value]) => leaves(key, value)));
}

/** The Entra attribute, or the whole expression where it reads several or none. */
export function sourceOf({ source, expression }: AttributeMapping): string {
  const reads = expression?.match(/\[\w+\]/g)?.length ?? 0;
  return expression !== null && reads !== 1 ? expression : source;
}

function leaves(path: string, value: Json): [path: string, value: string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => elementLeaves(path, item, index));
  const complex = object(value);
  if (complex === undefined) return value === null ? [] : [[path, String(value)]];
  // A reference such as the manager is one field: the id.
  if (typeof complex.value === 'string') return [[path, complex.value]];
  const separator = path.startsWith('urn:') ? ':' : '.';
  return Object.entries(complex).flatMap(([key, inner]) => leaves(`${path}${separator}${key}`, inner));
}

/** Elements are told apart by their type; those without one by their place. */
function elementLeaves(path: string, item: Json, index: number): [path: string, value: string][] {
  const complex = object(item);
  if (complex === undefined) return item === null ? [] : [[`${path}[${index}]`, String(item)]];
  const element = typeof complex.type === 'string' ? `${path}[type eq "${complex.type}"]` : `${path}[${index}]`;
  return Object.entries(complex)
    .filter(([key]) => key !== 'type' && key !== 'primary' && key !== '$ref')
    .flatMap(([key, inner]) => leaves(`${element}.${key}`, inner));
}
