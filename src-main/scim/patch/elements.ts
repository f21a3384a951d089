import type { Json, JsonObject } from '../../contract/json.ts';
import { elementMatches } from '../filter/evaluate.ts';
import type { Filter } from '../filter/types.ts';
import { fold } from '../fold.ts';
import { own, sameJson } from '../json.ts';
import type { Attribute } from '../schemas/types.ts';

/** Lists of elements of multi-valued complex attributes (`emails`, `addresses`, `roles`): each function gives a new list. */
export type Elements = readonly JsonObject[];

/**
 * Adds elements (RFC 7644 §3.5.2.1). One that means an element already there is merged into it instead of doubling it: the same
 * `value` (and type), or the same type where one of the two has no `value`, as in `addresses`.
 */
export function addElements(attribute: Attribute, existing: Elements, added: Elements): Elements {
  let list = [...existing];
  const identities = new Identities(attribute);
  for (const [at, one] of list.entries()) identities.note(one, at);
  for (const one of added) {
    const at = identities.find(one, list) ?? list.length;
    const merged = { ...list[at], ...one };
    list[at] = merged;
    identities.note(merged, at);
    if (one.primary === true) list = [...solePrimary(list, at)];
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

/** RFC 7644 §3.5.2: a new primary takes the mark from the others. */
export function solePrimary(list: Elements, index: number): Elements {
  return list.map((one, at) => (at !== index && one.primary === true ? { ...one, primary: false } : one));
}

/**
 * Of the elements at `written`, which one operation gave the same value, each (type, value) once: a filter that picks two
 * elements would make twins of them, and RFC 7643 §2.4 wants none. The first one stays, primary when a twin was.
 */
export function withoutTwins(list: Elements, written: readonly number[]): Elements {
  if (written.length < 2) return list;
  const kept = [...list];
  const first = new Map<string, number>();
  const gone = new Set<number>();
  for (const at of written) {
    const one = list[at] ?? {};
    const key = own(one, 'value') === undefined ? whole(one) : JSON.stringify([own(one, 'type'), own(one, 'value')]);
    const twin = first.get(key);
    if (twin === undefined) {
      first.set(key, at);
      continue;
    }
    gone.add(at);
    if (one.primary === true) kept[twin] = { ...kept[twin], primary: true };
  }
  return gone.size === 0 ? list : kept.filter((_, at) => !gone.has(at));
}

/** RFC 7643 §2.4: of elements that say the same (type, value), the first. Hardly any list holds such; then it comes back as it is. */
export function once(list: Elements): Elements {
  const mayHoldTwins =
    list.length > fewElements ||
    list.some((one, at) => list.findIndex((other) => other.value === one.value && other.type === one.type) < at);
  return mayHoldTwins ? withoutTwins(list, [...list.keys()]) : list;
}

/** Up to so many, comparing each with each is quicker than an index. */
const fewElements = 16;

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

/** Finds the element that another one means, without comparing each with each. */
class Identities {
  private readonly attribute: Attribute;
  private readonly index = new Map<string, number>();

  constructor(attribute: Attribute) {
    this.attribute = attribute;
  }

  /** Files the element at `at`; of several that mean the same, the first counts. */
  note(element: JsonObject, at: number): void {
    const { value, type } = this.namesOf(element);
    const keys = value + type === '' ? [whole(element)] : [`${value}|*`, `*|${type}`, `${value}|${type}`];
    for (const key of keys) if (!this.index.has(key)) this.index.set(key, at);
  }

  find(element: JsonObject, list: Elements): number | undefined {
    const { value, type } = this.namesOf(element);
    let keys = [`${value}|${type}`, `${value}|`, `|${type}`];
    if (value + type === '') keys = [whole(element)];
    else if (value === '') keys = [`*|${type}`];
    else if (type === '') keys = [`${value}|*`];
    for (const key of keys) {
      const at = this.index.get(key);
      // What was filed may have been merged with more since: it must not say anything else by now.
      const names = at === undefined ? undefined : this.namesOf(list[at] ?? {});
      if (names !== undefined && agree(names.value, value) && agree(names.type, type)) return at;
    }
    return undefined;
  }

  /** `value` and `type` as text that compares; empty where there is none. */
  private namesOf(element: JsonObject): { value: string; type: string } {
    return { value: this.nameOf(element, 'value'), type: this.nameOf(element, 'type') };
  }

  private nameOf(element: JsonObject, sub: 'value' | 'type'): string {
    const part = own(element, sub);
    if (part === undefined) return '';
    const exact = this.attribute.subAttributes.get(sub)?.caseExact ?? false;
    return JSON.stringify(typeof part === 'string' && !exact ? fold(part) : part);
  }
}

/** Two names that are equal, or of which one is not said. */
function agree(a: string, b: string): boolean {
  return a === b || a === '' || b === '';
}

/** The identity of an element without value and type: all it holds. */
function whole(element: JsonObject): string {
  return JSON.stringify(element);
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
