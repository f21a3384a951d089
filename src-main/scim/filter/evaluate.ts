import type { Json, JsonObject } from '../../contract/json.ts';
import { instant } from '../dates.ts';
import { compareText, fold } from '../fold.ts';
import { isObject, isPresent, own } from '../json.ts';
import type { AttributePath } from '../path.ts';
import type { CompareFilter, Filter } from './types.ts';

/**
 * Whether a full SCIM resource (with `id`, `meta` and, where the filter asks for them, `members` or `groups`) satisfies `filter`.
 */
export function matches(filter: Filter, resource: JsonObject): boolean {
  return holds(filter, resource, false);
}

/** Whether one element of a multi-valued attribute satisfies the inside of a value path. */
export function elementMatches(filter: Filter, element: Json): boolean {
  return isObject(element) && holds(filter, element, true);
}

function holds(filter: Filter, container: JsonObject, element: boolean): boolean {
  switch (filter.kind) {
    case 'and':
      return holds(filter.left, container, element) && holds(filter.right, container, element);
    case 'or':
      return holds(filter.left, container, element) || holds(filter.right, container, element);
    case 'not':
      return !holds(filter.operand, container, element);
    case 'valuePath': {
      const value = read(filter.path, container, false);
      return (Array.isArray(value) ? value : [value ?? null]).some((one) => elementMatches(filter.filter, one));
    }
    case 'present':
      return isPresent(read(filter.path, container, element));
    case 'compare':
      return compares(filter, read(filter.path, container, element));
  }
}

/** The value at a path; of a sub-attribute of several elements, the list of theirs. */
function read(path: AttributePath, container: JsonObject, element: boolean): Json | undefined {
  if (element) return path.sub === null ? undefined : own(container, path.sub.name);
  const home = path.urn === null ? container : own(container, path.urn);
  if (!isObject(home)) return undefined;
  const value = own(home, path.attribute.name);
  const { sub } = path;
  if (sub === null || value === undefined) return value;
  if (!Array.isArray(value)) return isObject(value) ? own(value, sub.name) : undefined;
  return value.map((one) => (isObject(one) ? own(one, sub.name) : undefined) ?? null);
}

function compares(filter: CompareFilter, value: Json | undefined): boolean {
  if (filter.comparable === null) return isPresent(value) === (filter.op === 'ne');
  const values = (Array.isArray(value) ? value : [value]).filter(isPresent);
  if (filter.op === 'ne') return values.length === 0 || values.some((one) => !equals(filter, one));
  return values.some((one) => compareOne(filter, one));
}

function compareOne(filter: CompareFilter, value: Json | undefined): boolean {
  const { op, comparable } = filter;
  if (op === 'eq') return equals(filter, value);
  const stored = comparableOf(filter, value);
  if (typeof stored === 'string' && typeof comparable === 'string') {
    if (op === 'co') return stored.includes(comparable);
    if (op === 'sw') return stored.startsWith(comparable);
    if (op === 'ew') return stored.endsWith(comparable);
    return ordered(op, compareText(stored, comparable));
  }
  return typeof stored === 'number' && typeof comparable === 'number' && ordered(op, stored - comparable);
}

function ordered(op: CompareFilter['op'], difference: number): boolean {
  if (op === 'gt') return difference > 0;
  if (op === 'ge') return difference >= 0;
  if (op === 'lt') return difference < 0;
  return op === 'le' && difference <= 0;
}

function equals(filter: CompareFilter, value: Json | undefined): boolean {
  return comparableOf(filter, value) === filter.comparable;
}

function isSubstring(op: CompareFilter['op']): boolean {
  return op === 'co' || op === 'sw' || op === 'ew';
}

/** A stored value in the form of `filter.comparable`; other types stay as they are and equal nothing. */
function comparableOf(filter: CompareFilter, value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  const attribute = filter.path.sub ?? filter.path.attribute;
  if (attribute.type === 'dateTime' && !isSubstring(filter.op)) return instant(value) ?? undefined;
  return attribute.caseExact || attribute.type === 'binary' ? value : fold(value);
}
