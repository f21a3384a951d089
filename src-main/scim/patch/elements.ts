import type { Json, JsonObject } from '../../contract/json.ts';
import { elementMatches } from '../filter/evaluate.ts';
import type { Filter } from '../filter/types.ts';
import { fold } from '../fold.ts';
import { sameJson } from '../json.ts';
import type { Attribute } from '../schemas/types.ts';

/** Lists of elements of multi-valued complex attributes (`emails`, `addresses`, `roles`): each function gives a new list. */
export type Elements = readonly JsonObject[];

/**
 * Adds elements (RFC 7644 §3.5.2.1). One that means an element already there is merged into it instead of doubling it: the same
 * `value` (and type), or the same type where one of the two has no `value`, as in `addresses`.
 */
export function addElements(attribute: Attribute, existing: Elements, added: Elements): Elements {
  let list = existing;
  for (const one of added) {
    const found = list.findIndex((other) => meansSame(attribute, other, one));
    const at = found < 0 ? list.length : found;
    list = replaceAt(list, at, { ...list[at], ...one });
    if (one.primary === true) list = solePrimary(list, at);
  }
  return list;
}

/** Removes the elements that hold everything one of `removed` says: `[{"value": "Editor"}]` takes each Editor role. */
export function removeElements(attribute: Attribute, existing: Elements, removed: Elements): Elements {
  return existing.filter((one) => !removed.some((wanted) => contains(attribute, one, wanted)));
}

/** Indexes of the elements that satisfy `filter`; all without one. */
export function picked(existing: Elements, filter: Filter | null): number[] {
  const found: number[] = [];
  existing.forEach((one, index) => {
    if (filter === null || elementMatches(filter, one)) found.push(index);
  });
  return found;
}

/** Puts `element` at `index`, or at the end. */
export function replaceAt(list: Elements, index: number, element: JsonObject): Elements {
  return index < list.length ? list.with(index, element) : [...list, element];
}

/** RFC 7644 §3.5.2: a new primary takes the mark from the others. */
export function solePrimary(list: Elements, index: number): Elements {
  return list.map((one, at) => (at !== index && one.primary === true ? { ...one, primary: false } : one));
}

/**
 * The element a filter describes: `type eq "work" and primary eq true` gives both. Null when the filter doesn't pin one down, as
 * with `or`, `not` or `co`. Entra writes to `emails[type eq "work"].value` before any such element exists.
 */
export function elementFrom(filter: Filter): JsonObject | null {
  if (filter.kind === 'and') {
    const left = elementFrom(filter.left);
    const right = elementFrom(filter.right);
    if (left === null || right === null) return null;
    for (const key of Object.keys(left)) {
      if (Object.hasOwn(right, key) && !sameJson(left[key], right[key])) return null;
    }
    return { ...left, ...right };
  }
  if (filter.kind !== 'compare' || filter.op !== 'eq' || filter.value === null || filter.path.sub === null) return null;
  return { [filter.path.sub.name]: filter.value };
}

/** True for what is left of an element once its content was cleared. */
export function isHusk(element: JsonObject): boolean {
  return Object.keys(element).every((key) => key === 'type' || key === 'primary');
}

function meansSame(attribute: Attribute, a: JsonObject, b: JsonObject): boolean {
  if (a.value === undefined && b.value === undefined && a.type === undefined && b.type === undefined)
    return sameJson(a, b);
  const values = compare(attribute, 'value', a.value, b.value);
  const types = compare(attribute, 'type', a.type, b.type);
  return values !== 'differ' && types !== 'differ' && (values === 'equal' || types === 'equal');
}

function compare(
  attribute: Attribute,
  sub: string,
  a: Json | undefined,
  b: Json | undefined,
): 'equal' | 'differ' | 'unsaid' {
  if (a === undefined || b === undefined) return 'unsaid';
  return sameValue(attribute, sub, a, b) ? 'equal' : 'differ';
}

function contains(attribute: Attribute, element: JsonObject, wanted: JsonObject): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(element, key) && sameValue(attribute, key, element[key], value),
  );
}

function sameValue(attribute: Attribute, sub: string, a: Json | undefined, b: Json | undefined): boolean {
  const exact = attribute.subAttributes.get(sub.toLowerCase())?.caseExact ?? false;
  return typeof a === 'string' && typeof b === 'string' && !exact ? fold(a) === fold(b) : sameJson(a, b);
}
