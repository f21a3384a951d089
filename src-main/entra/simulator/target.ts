import type { Json, JsonObject } from '../../contract/index.ts';

/**
 * Entra's target attribute names taken apart: `name.givenName`, `emails[type eq "work"].value`,
 * `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department`. Deliberately not the endpoint's own path parser:
 * a simulator that shared it could not find its faults.
 */
interface Target {
  /** The schema URN that holds the attribute; null for core attributes. */
  urn: string | null;
  attribute: string;
  filter: { name: string; value: string } | null;
  sub: string | null;
}

const shape = /^(?:(urn:.+):)?([^:.[\]]+)(?:\[([^\s\]]+) eq "([^"]*)"\])?(?:\.([^.[\]]+))?$/;

function parse(path: string): Target {
  const [, urn, attribute, name, value, sub] = shape.exec(path) ?? [];
  if (attribute === undefined) throw new SyntaxError(`${path} is not a target attribute.`);
  return {
    urn: urn ?? null,
    attribute,
    filter: name === undefined || value === undefined ? null : { name, value },
    sub: sub ?? null,
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for `emails[type eq "work"].value`: Entra keeps such paths in operations of their own. */
export function isFiltered(path: string): boolean {
  return parse(path).filter !== null;
}

/** The value a resource holds at `path`; undefined when it holds none. A reference (`manager`) is read as its `value`. */
export function readTarget(resource: JsonObject, path: string): Json | undefined {
  const { urn, attribute, filter, sub } = parse(path);
  const holder = urn === null ? resource : resource[urn];
  if (!isObject(holder)) return undefined;
  let value: Json | undefined = holder[attribute];
  if (filter) {
    const wanted = filter.value.toLowerCase();
    value = Array.isArray(value)
      ? value.find((one) => isObject(one) && String(one[filter.name]).toLowerCase() === wanted)
      : undefined;
  }
  if (sub !== null) return isObject(value) ? value[sub] : undefined;
  return isObject(value) ? value.value : value;
}

/** Puts `value` where `path` points, as a create carries it: consecutive paths with one filter share one element (quirk 11). */
export function writeTarget(resource: JsonObject, path: string, value: Json): void {
  const { urn, attribute, filter, sub } = parse(path);
  const holder = urn === null ? resource : child(resource, urn);
  if (filter) {
    const existing = holder[attribute];
    const list = Array.isArray(existing) ? existing : [];
    holder[attribute] = list;
    let element = list.find((one): one is JsonObject => isObject(one) && one[filter.name] === filter.value);
    if (!element) {
      // The documented create marks mail and address as primary, phone numbers not (docs/entra.md §1.3).
      element = attribute === 'phoneNumbers' ? {} : { primary: true };
      element[filter.name] = filter.value;
      list.push(element);
    }
    element[sub ?? 'value'] = value;
  } else if (sub !== null) child(holder, attribute)[sub] = value;
  else holder[attribute] = value;
}

function child(holder: JsonObject, name: string): JsonObject {
  const existing = holder[name];
  if (isObject(existing)) return existing;
  const made: JsonObject = {};
  holder[name] = made;
  return made;
}
