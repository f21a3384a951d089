import { maximumDepth } from '../contract/catalogue/limits.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import { quoted, ScimError } from './errors.ts';

/**
 * How many values an attribute and how many parts an object may hold (a group's members aside): far more than any resource
 * needs, few enough that no request can keep the engine busy.
 */
export const maximumValues = 1000;

/** True for a JSON object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property's value; what prototypes hold (`constructor`, …) is never seen. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The own key of `object` that spells `name` in any letter case: the exact one first. */
export function ownKey(object: JsonObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  for (const key of Object.keys(object)) if (key.toLowerCase() === wanted) return key;
  return undefined;
}

/** A copy without `key`; the object itself when it has no such key. */
export function without(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object;
  const { [key]: _, ...rest } = object;
  return rest;
}

/** Equality of JSON values; the order of an object's keys means nothing. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, index) => sameJson(value, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** RFC 7643 §2.5: null, an empty list and, as Entra clears by it, an empty string say "no value". */
export function isEmpty(value: Json | undefined): value is null | undefined | '' | [] {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether `pr` holds: a value that is not empty, or for objects and lists one that holds such a value. */
export function isPresent(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === '') return false;
  if (Array.isArray(value)) return value.some(isPresent);
  if (isObject(value)) return Object.values(value).some(isPresent);
  return true;
}

/** Text that JSON in UTF-8 and SQLite can both hold: no NUL, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/**
 * Refuses what must not get further than the door: depth over 64, text with NUL or lone surrogates, numbers beyond a double,
 * and the key `__proto__`. Throws ScimError 400, naming the attribute.
 */
export function checkBody(body: JsonObject): void {
  checkValue(body, '', 1);
}

function checkValue(value: Json, path: string, depth: number): void {
  if (typeof value === 'string') {
    if (!isStorableText(value)) {
      throw new ScimError(400, `${quoted(path)} holds a NUL character or a broken Unicode character.`, 'invalidValue');
    }
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new ScimError(400, `${quoted(path)} holds a number that is too large.`, 'invalidValue');
  } else if (typeof value === 'object' && value !== null) {
    if (depth > maximumDepth) {
      throw new ScimError(400, `The body nests deeper than ${maximumDepth} levels.`, 'invalidSyntax');
    }
    if (Array.isArray(value)) for (const one of value) checkValue(one, path, depth + 1);
    else {
      for (const key of Object.keys(value)) {
        if (key === '__proto__' || !isStorableText(key)) {
          throw new ScimError(400, `${quoted(key)} can't be the name of an attribute.`, 'invalidSyntax');
        }
        checkValue(value[key] ?? null, path === '' ? key : `${path}.${key}`, depth + 1);
      }
    }
  }
}
