import type { Json, JsonObject } from '../contract/json.ts';
import { ScimError } from './errors.ts';
import { isEmpty, isObject, own, ownKey, sameJson, without } from './json.ts';
import { attribute } from './schemas/define.ts';
import type { CustomAttribute } from './schemas/index.ts';
import { readSimple } from './values.ts';

/** Where a simple attribute lies in a document: below a URN, or in the document itself. */
export interface Place {
  readonly urn: string | null;
  readonly name: string;
}

/** A document with a custom field's value in its place; the very same object when it was there already. */
export interface Settled {
  document: JsonObject;
  /** What the field holds; undefined for nothing. */
  value: Json | undefined;
  /** False for a value of another type, which is kept as it is. */
  fits: boolean;
}

/**
 * Brings a value that is already stored into a custom field: from `from` (the field's former attribute) or from another
 * spelling of its own, in the field's type where nothing is lost by it ("12" becomes 12). A value at the field's own place wins.
 */
export function settleField(document: JsonObject, field: CustomAttribute, from: Place | null): Settled {
  let settled = withOneSpelling(document, field);
  let sent = valueIn(settled, field);
  if (from !== null) {
    const earlier = valueIn(settled, from);
    settled = put(settled, from, undefined);
    sent ??= earlier;
  }
  const { value, fits } = typed(field, sent);
  return { document: put(settled, field, value), value, fits };
}

/** The value of `place`, its URN and name in any letter case. */
export function valueIn(document: JsonObject, { urn, name }: Place): Json | undefined {
  const home = urn === null ? document : own(document, ownKey(document, urn) ?? urn);
  return isObject(home) ? own(home, ownKey(home, name) ?? name) : undefined;
}

function typed(
  { type, name, label }: CustomAttribute,
  sent: Json | undefined,
): { value: Json | undefined; fits: boolean } {
  if (isEmpty(sent)) return { value: undefined, fits: true };
  try {
    return {
      value: readSimple(attribute(name, type, label), sent, name, { patch: false, unmapped: new Set() }),
      fits: true,
    };
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { value: sent, fits: false };
  }
}

/** URN and name spelled as the field spells them: from now on they are looked up by that. */
function withOneSpelling(document: JsonObject, { urn, name }: Place): JsonObject {
  if (urn === null) return renamed(document, name);
  const respelt = renamed(document, urn);
  const home = own(respelt, urn);
  if (!isObject(home)) return respelt;
  const inner = renamed(home, name);
  return inner === home ? respelt : { ...respelt, [urn]: inner };
}

/** `object` with the key that spells `name` in other letter case renamed to it. */
function renamed(object: JsonObject, name: string): JsonObject {
  const key = ownKey(object, name);
  if (key === undefined || key === name) return object;
  return Object.fromEntries(Object.entries(object).map(([one, value]) => [one === key ? name : one, value]));
}

function put(document: JsonObject, { urn, name }: Place, value: Json | undefined): JsonObject {
  if (urn === null) return withValue(document, ownKey(document, name) ?? name, value);
  const key = ownKey(document, urn) ?? urn;
  const home = own(document, key) ?? {};
  if (!isObject(home)) return document;
  const next = withValue(home, ownKey(home, name) ?? name, value);
  if (next === home) return document;
  return Object.keys(next).length === 0 ? without(document, key) : { ...document, [key]: next };
}

function withValue(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  if (value === undefined) return without(object, key);
  return sameJson(own(object, key), value) ? object : { ...object, [key]: value };
}
