import type { Json, JsonObject } from '../contract/json.ts';
import { instant } from './dates.ts';
import { quoted, RefusedValue, ScimError } from './errors.ts';
import { booleanOf, numberOf } from './filter/literal.ts';
import { checkBody, isEmpty, isObject, maximumValues } from './json.ts';
import { isPasswordName } from './passwords.ts';
import type { Attribute } from './schemas/types.ts';
import { verbatim } from './verbatim.ts';

/** How values are read, and what was noticed on the way. */
export interface Reading {
  /** PATCH: one object may stand for a list of one, and Entra's `[{"value": x}]` for a single value. */
  readonly patch: boolean;
  /** Paths of attributes no schema knows. */
  readonly unmapped: Set<string>;
}

/** Parts of a complex value by canonical name; `undefined` for those that were sent empty. */
export type Parts = Map<string, Json | undefined>;

/**
 * A value of a simple attribute in its type: verbatim, save "True" for booleans and digits for numbers. Undefined when it is
 * empty. Throws ScimError 400 invalidValue for another JSON type and for text that is no dateTime; formats are never checked.
 *
 * Entra compares what it reads with what it sends, and sends again what differs. So digits become a number only where the
 * number's text is the text that came ("12", not "012"), and a whole number must be one that a double holds exactly: whatever
 * would come back as something else is refused rather than changed.
 */
export function readSimple(attribute: Attribute, sent: Json, path: string, reading: Reading): Json | undefined {
  const value = reading.patch ? unwrap(sent) : sent;
  if (isEmpty(value)) return undefined;
  switch (attribute.type) {
    case 'boolean': {
      const read = typeof value === 'string' ? booleanOf(value) : value;
      if (typeof read !== 'boolean') throw wrongValue(attribute, path, 'true or false', value);
      return read;
    }
    case 'integer':
    case 'decimal':
      return readNumber(attribute, value, path);
    case 'dateTime':
      if (typeof value !== 'string' || instant(value) === null) {
        throw wrongValue(attribute, path, 'a date and time such as "2026-03-01T08:00:00Z"', value);
      }
      return value;
    default:
      if (typeof value !== 'string') throw wrongValue(attribute, path, 'text', value);
      return value;
  }
}

function readNumber(attribute: Attribute, value: Json, path: string): number {
  const read = typeof value === 'string' ? numberOf(value) : value;
  const whole = attribute.type === 'integer';
  const wanted = whole ? 'a whole number' : 'a number';
  if (typeof read !== 'number' || (whole && !Number.isInteger(read))) throw wrongValue(attribute, path, wanted, value);
  if (whole && !Number.isSafeInteger(read)) {
    const range = `${wanted} between ${Number.MIN_SAFE_INTEGER} and ${Number.MAX_SAFE_INTEGER}`;
    // A number was rounded when its JSON was read: which one was sent is not known.
    throw wrongValue(
      attribute,
      path,
      range,
      value,
      typeof value === 'number' ? 'a number outside that range' : undefined,
    );
  }
  if (typeof value === 'string' && String(read) !== value) {
    throw wrongValue(attribute, path, `${wanted} written as ${read}`, value);
  }
  return read;
}

/** Entra without its compliance flag adds a single value as `[{"value": x}]`, and clears by `{"value": ""}`. */
function unwrap(sent: Json): Json {
  const only = Array.isArray(sent) && sent.length <= 1 ? (sent[0] ?? null) : sent;
  if (!isObject(only)) return only;
  const keys = Object.keys(only);
  return keys.length === 1 && keys[0] === 'value' ? (only.value ?? null) : only;
}

/** The parts of a complex value. Read-only parts are dropped; unknown ones kept verbatim and noted. */
export function readParts(attribute: Attribute, object: JsonObject, path: string, reading: Reading): Parts {
  const parts: Parts = new Map();
  for (const [key, value] of Object.entries(object)) {
    const sub = attribute.subAttributes.get(key.toLowerCase());
    if (sub === undefined) {
      if (isPasswordName(key)) continue;
      const kept = verbatim(value);
      if (!attribute.open && kept !== undefined) reading.unmapped.add(`${path}.${key}`);
      parts.set(key, kept);
    } else if (sub.mutability !== 'readOnly') {
      parts.set(sub.name, readSimple(sub, value, `${path}.${sub.name}`, reading));
    }
  }
  return parts;
}

/** The parts that have a value, as an object; undefined when none has. */
export function objectOf(parts: Parts): JsonObject | undefined {
  const object: JsonObject = {};
  let any = false;
  for (const [key, value] of parts) {
    if (value === undefined) continue;
    object[key] = value;
    any = true;
  }
  return any ? object : undefined;
}

/** `object` with `parts` in it; what was sent empty goes. */
export function merge(object: JsonObject, parts: Parts): JsonObject {
  const merged = { ...object };
  for (const [key, value] of parts) {
    if (value === undefined) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}

/** Elements of a multi-valued complex attribute; empty ones are left out. `emptied` tells whether a part was sent empty. */
export function readElements(
  attribute: Attribute,
  sent: Json,
  path: string,
  reading: Reading,
): { elements: JsonObject[]; emptied: boolean } {
  if (isEmpty(sent)) return { elements: [], emptied: false };
  if (!Array.isArray(sent) && !(reading.patch && isObject(sent))) throw wrongType(path, 'a list of objects', sent);
  if (Array.isArray(sent) && sent.length > maximumValues) throw tooMany(path);
  const elements: JsonObject[] = [];
  let emptied = false;
  for (const one of Array.isArray(sent) ? sent : [sent]) {
    if (one === null) continue;
    if (!isObject(one)) throw wrongElement(path, 'a list of objects', one);
    const parts = readParts(attribute, attribute.name === 'roles' ? expandRole(one) : one, path, reading);
    const element = objectOf(parts);
    if (element !== undefined) elements.push(element);
    if (!emptied) for (const part of parts.values()) emptied ||= part === undefined;
  }
  return { elements: onlyOnePrimary(elements), emptied };
}

/** RFC 7643 §2.4: at most one value is primary; the last one that claims it stays. */
function onlyOnePrimary(elements: JsonObject[]): JsonObject[] {
  const last = elements.findLastIndex((one) => one.primary === true);
  return elements.map((one, index) => (index !== last && one.primary === true ? { ...one, primary: false } : one));
}

/**
 * Entra's AppRoleAssignmentsComplex adds roles as JSON inside a string: `{"value": "{\"id\":…,\"value\":\"Editor\",
 * \"displayName\":\"Editor\"}"}`. Gives the role it means; anything else comes back as it is.
 */
function expandRole(role: JsonObject): JsonObject {
  const inner = typeof role.value === 'string' && role.value.startsWith('{') ? parsed(role.value) : null;
  if (!isObject(inner) || typeof inner.value !== 'string') return role;
  checkBody(inner);
  const { value, displayName, display = displayName, type } = inner;
  const expanded: JsonObject = { ...role, value };
  if (display !== undefined) expanded.display = display;
  if (type !== undefined) expanded.type = type;
  return expanded;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The refusal of a simple value of the wrong type: a custom field by its name in ServiceOps, then by its attribute. */
function wrongValue({ label }: Attribute, path: string, wanted: string, got: Json, words?: string): ScimError {
  if (label === undefined) return refused(`${path} wants ${wanted}, not ${words ?? inWords(got)}.`);
  return new RefusedValue(`${label} wants ${wanted}`, words ?? sentInWords(got), path);
}

/** The refusal of a value of the wrong JSON type, in words. */
export function wrongType(path: string, wanted: string, got: Json): ScimError {
  return refused(`${path} wants ${wanted}, not ${inWords(got)}.`);
}

/** The refusal of a list for one of its elements, in words. */
export function wrongElement(path: string, wanted: string, got: Json): ScimError {
  return refused(`${path} wants ${wanted}, and this list holds ${inWords(got)}.`);
}

/** The refusal of more values or parts than any resource needs. */
export function tooMany(path: string): ScimError {
  return refused(`${path} holds more than ${maximumValues} values.`);
}

function refused(detail: string): ScimError {
  return new ScimError(400, detail, 'invalidValue');
}

/** A value as a message says it was sent: text in quotes. */
export function sentInWords(value: Json): string {
  return typeof value === 'string' ? quoted(value) : inWords(value);
}

/** A JSON value as a message names it. */
export function inWords(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 1 ? 'a list of one' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  return String(value);
}
