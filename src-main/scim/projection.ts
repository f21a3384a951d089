import { maximumDepth } from '../contract/catalogue/limits.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { ResourceType } from '../contract/resources.ts';
import { isObject } from './json.ts';
import { findAttribute, findInSchema, isUrn, splitKnownUrn, splitOtherUrn } from './schemas/lookup.ts';
import { standardSchemas } from './schemas/registry.ts';
import type { ResourceSchema, SchemaRegistry } from './schemas/types.ts';

/** Attributes by lower-case key; null stands for the whole attribute, a set for those parts of it. Extensions nest one deeper. */
interface Selection extends ReadonlyMap<string, Selection | null> {}
type GrowingSelection = Map<string, GrowingSelection | null>;

/** What an answer shows (RFC 7644 §3.9). `id` and `schemas` always show. */
export interface Projection {
  /** Only these; null: everything. */
  readonly only: Selection | null;
  readonly without: Selection;
  /** Whether members come with their names: `members.display` is returned on request only. */
  readonly memberNames: boolean;
  /** True when nothing inside the stored text is left out, so that an answer needs no parse. */
  readonly textual: boolean;
}

const always: ReadonlySet<string> = new Set(['id', 'schemas']);
/** What an answer adds to the stored text. */
const added: Record<ResourceType, ReadonlySet<string>> = {
  User: new Set(['meta', 'groups']),
  Group: new Set(['meta', 'members']),
};

/**
 * Reads the query parameters `attributes` and `excludedAttributes`: comma-separated paths, any case, URN or short. Names that
 * no schema knows pick unmapped attributes. A path with a filter (`emails[type eq "work"]`, in Microsoft's Postman collection)
 * picks the attribute with all its values, and excludes nothing. Null when there is nothing to project.
 */
export function parseProjection(
  resourceType: ResourceType,
  attributes: string | null,
  excludedAttributes: string | null,
  registry: SchemaRegistry = standardSchemas,
): Projection | null {
  const type = registry[resourceType];
  const asked = keysIn(attributes, type, true);
  const only = select(asked);
  const excluded = select(keysIn(excludedAttributes, type, false));
  if (only.size === 0 && excluded.size === 0) return null;
  const without = new Map([...excluded].filter(([key]) => !always.has(key)));
  const textual =
    only.size === 0 && [...without].every(([key, parts]) => parts === null && added[resourceType].has(key));
  const memberNames = asked.some(([first, second]) => first === 'members' && second === 'display');
  return { only: only.size === 0 ? null : only, without, memberNames, textual };
}

/** Whether an answer shows `attribute` (a top-level name such as `members` or `groups`): when not, it need not be read. */
export function wants(projection: Projection | null, attribute: string): boolean {
  if (projection === null) return true;
  const key = attribute.toLowerCase();
  if (always.has(key)) return true;
  return (projection.only === null || projection.only.has(key)) && projection.without.get(key) !== null;
}

/** The part of a full resource that `projection` shows. */
export function project(resource: JsonObject, projection: Projection): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(resource)) {
    const shown = always.has(key.toLowerCase()) ? value : show(key, value, projection.only, projection.without);
    if (shown !== undefined) kept[key] = shown;
  }
  return kept;
}

/** The part of `value` that two selections of its container leave; undefined for nothing. */
function show(key: string, value: Json, only: Selection | null, without: Selection | null): Json | undefined {
  const lower = key.toLowerCase();
  const picked = only === null ? null : only.get(lower);
  const dropped = without?.get(lower);
  if (picked === undefined || dropped === null) return undefined;
  return picked === null && dropped === undefined ? value : showParts(value, picked, dropped ?? null);
}

function showParts(value: Json, only: Selection | null, without: Selection | null): Json | undefined {
  if (Array.isArray(value)) {
    const list = value.map((one) => showParts(one, only, without)).filter((one) => one !== undefined);
    return list.length === 0 && value.length > 0 ? undefined : list;
  }
  if (!isObject(value)) return only === null ? value : undefined;
  const kept: JsonObject = {};
  for (const [key, one] of Object.entries(value)) {
    const shown = show(key, one, only, without);
    if (shown !== undefined) kept[key] = shown;
  }
  return Object.keys(kept).length === 0 ? undefined : kept;
}

/** The keys of each path in a list; of paths with a filter only when `filtered` count. */
function keysIn(list: string | null, type: ResourceSchema, filtered: boolean): string[][] {
  const keys: string[][] = [];
  if (list === null) return keys;
  for (const item of list.includes('[') ? withoutFilters(list, filtered) : list.split(',')) {
    const path = item.trim();
    if (path !== '') keys.push(keysOf(path, type));
  }
  return keys;
}

/** The paths of a list, their filters cut out; what commas and brackets a filter quotes is its own. */
function withoutFilters(list: string, filtered: boolean): string[] {
  const paths: string[] = [];
  let path = '';
  let hasFilter = false;
  let inFilter = false;
  let inText = false;
  let before = '';
  for (const sign of `${list},`) {
    if (inFilter) {
      if (sign === '"' && before !== '\\') inText = !inText;
      else if (sign === ']' && !inText) inFilter = false;
    } else if (sign === '[') {
      inFilter = true;
      hasFilter = true;
    } else if (sign !== ',') path += sign;
    else {
      if (filtered || !hasFilter) paths.push(path);
      path = '';
      hasFilter = false;
    }
    before = sign;
  }
  return paths;
}

function select(paths: readonly string[][]): GrowingSelection {
  const selection: GrowingSelection = new Map();
  // No resource nests deeper, so a longer path picks nothing.
  for (const keys of paths) if (keys.length <= maximumDepth) include(selection, keys);
  return selection;
}

/** The whole attribute wins over its parts. */
function include(selection: GrowingSelection, [key, ...below]: readonly string[]): void {
  if (key === undefined || selection.get(key) === null) return;
  if (below.length === 0) {
    selection.set(key, null);
    return;
  }
  const parts = selection.get(key) ?? new Map();
  selection.set(key, parts);
  include(parts, below);
}

/** The lower-case keys that lead to an attribute: an extension's URN, the attribute, the sub-attribute. */
function keysOf(text: string, type: ResourceSchema): string[] {
  const known = splitKnownUrn(type, text);
  const rest = known === null ? text : known.rest;
  if (known !== null && rest === '') return [known.schema.id.toLowerCase()];
  if (known === null && isUrn(text)) {
    const other = splitOtherUrn(text.toLowerCase());
    return other.rest === '' ? [other.urn] : [other.urn, ...other.rest.split('.')];
  }
  const [name = '', ...below] = rest.split('.');
  const located = known === null ? findAttribute(type, name) : findInSchema(type, known.schema, name);
  const urn = located === null ? (known !== null && known.schema !== type.core ? known.schema.id : null) : located.urn;
  return [...(urn === null ? [] : [urn]), name, ...below].map((one) => one.toLowerCase());
}
