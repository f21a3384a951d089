import type { Json, JsonObject } from '../contract/json.ts';
import type { AttributeChange } from '../contract/resources.ts';
import { fold } from './fold.ts';
import { isObject, own, sameJson } from './json.ts';
import { isUrn } from './schemas/lookup.ts';

/**
 * What changed between two documents, attribute by attribute: `name.familyName`, `emails[type eq "work"].value`,
 * `urn:…:User:department`. An absent side has no `before` or `after`. The order of a multi-valued attribute means nothing.
 */
export function diff(before: JsonObject, after: JsonObject): AttributeChange[] {
  const changes: AttributeChange[] = [];
  if (before !== after) compareParts('', before, after, changes, compareTop);
  return changes;
}

type Side = Json | undefined;
type Compare = (path: string, before: Side, after: Side, changes: AttributeChange[]) => void;

function compareParts(
  prefix: string,
  before: JsonObject,
  after: JsonObject,
  changes: AttributeChange[],
  compare: Compare,
): void {
  for (const key of Object.keys(after)) compare(prefix + key, own(before, key), after[key], changes);
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) compare(prefix + key, before[key], undefined, changes);
  }
}

const compareTop: Compare = (path, before, after, changes) => {
  const parts = isUrn(path) ? objects(before, after) : null;
  if (parts === null) compareAttribute(path, before, after, changes);
  else compareParts(`${path}:`, parts[0], parts[1], changes, compareAttribute);
};

const compareAttribute: Compare = (path, before, after, changes) => {
  if (sameJson(before, after)) return;
  const parts = objects(before, after);
  const lists = elementLists(before, after);
  if (parts !== null) compareParts(`${path}.`, parts[0], parts[1], changes, compareWhole);
  else if (lists !== null) compareElements(path, lists[0], lists[1], changes);
  else compareWhole(path, before, after, changes);
};

const compareWhole: Compare = (path, before, after, changes) => {
  if (sameJson(before, after)) return;
  const change: AttributeChange = { path };
  if (before !== undefined) change.before = before;
  if (after !== undefined) change.after = after;
  changes.push(change);
};

/** Elements are told apart by `type`, else by `value`, where that names each one on both sides; else the list is one value. */
function compareElements(path: string, before: JsonObject[], after: JsonObject[], changes: AttributeChange[]): void {
  for (const key of ['type', 'value']) {
    const old = indexBy(key, before);
    const now = indexBy(key, after);
    if (old === null || now === null) continue;
    for (const [name, element] of now) compareElement(path, key, old.get(name), element, changes);
    for (const [name, element] of old) if (!now.has(name)) compareElement(path, key, element, undefined, changes);
    return;
  }
  compareWhole(path, before, after, changes);
}

function compareElement(
  path: string,
  key: string,
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  changes: AttributeChange[],
): void {
  const shown = after ?? before ?? {};
  const where = `${path}[${key} eq ${JSON.stringify(own(shown, key))}]`;
  if ((before === undefined || after === undefined) && Object.keys(shown).length === 1) {
    compareWhole(where, before, after, changes);
    return;
  }
  // The path of an element that came or went already says its key; a key respelt in other letter case is a change.
  const { [key]: oldKey, ...old } = before ?? {};
  const { [key]: newKey, ...now } = after ?? {};
  if (before !== undefined && after !== undefined) compareWhole(`${where}.${key}`, oldKey, newKey, changes);
  compareParts(`${where}.`, old, now, changes, compareWhole);
}

/** Elements by their folded text at `key`; null when it does not name each one. */
function indexBy(key: string, elements: JsonObject[]): Map<string, JsonObject> | null {
  const index = new Map<string, JsonObject>();
  for (const element of elements) {
    const name = own(element, key);
    if (typeof name !== 'string') return null;
    index.set(fold(name), element);
  }
  return index.size === elements.length ? index : null;
}

/** Both sides as objects, an absent one as empty; null when a side is something else. */
function objects(before: Side, after: Side): [JsonObject, JsonObject] | null {
  const old = before ?? {};
  const now = after ?? {};
  return isObject(old) && isObject(now) ? [old, now] : null;
}

/** Both sides as lists of objects, an absent one as empty; null when a side is something else. */
function elementLists(before: Side, after: Side): [JsonObject[], JsonObject[]] | null {
  const old = elementList(before ?? []);
  const now = elementList(after ?? []);
  return old === null || now === null ? null : [old, now];
}

function elementList(value: Json): JsonObject[] | null {
  if (!Array.isArray(value)) return null;
  const elements = value.filter(isObject);
  return elements.length === value.length ? elements : null;
}
