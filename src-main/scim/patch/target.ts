import { maximumDepth } from '../../contract/catalogue/limits.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import { quoted, ScimError } from '../errors.ts';
import { FilterParser } from '../filter/parser.ts';
import type { Filter } from '../filter/types.ts';
import { isObject, ownKey } from '../json.ts';
import { isPasswordName } from '../passwords.ts';
import { pathTo } from '../path.ts';
import { openAttribute, openSubAttribute } from '../schemas/define.ts';
import {
  findAttribute,
  findInSchema,
  isAttributeName,
  isUrn,
  type Located,
  splitKnownUrn,
  splitOtherUrn,
} from '../schemas/lookup.ts';
import type { Attribute, ResourceSchema, Schema } from '../schemas/types.ts';

/** What a path, or a key of a body, points at. */
export type Target =
  /** The resource itself: the core schema's URN alone. */
  | { readonly kind: 'resource' }
  /** An extension's object; `schema` null when no schema has that URN. */
  | { readonly kind: 'extension'; readonly urn: string; readonly schema: Schema | null }
  | AttributeTarget
  | UnmappedTarget
  /** Accepted and thrown away. */
  | { readonly kind: 'dropped' };

/** An attribute, the elements a filter picks, and a sub-attribute. */
export interface AttributeTarget extends Located {
  readonly kind: 'attribute';
  /** As messages name it, without filter: `emails.value`. */
  readonly path: string;
  readonly filter: Filter | null;
  readonly sub: Attribute | null;
}

/** An attribute no schema knows: its key, and the keys below it. */
export interface UnmappedTarget {
  readonly kind: 'unmapped';
  readonly urn: string | null;
  readonly keys: readonly [string, ...string[]];
  /** The keys stand together, dotted as they came, where the first leads to a value that has no parts. */
  readonly together?: true;
}

/** Where names are looked up: everywhere short names reach, one known schema, or below a URN no schema has. */
type Scope = { urn: null; schema: null } | { urn: string | null; schema: Schema } | { urn: string; schema: null };

/**
 * Resolves a PATCH path (RFC 7644 figure 7) in any of the forms Entra and others send: dotted, filtered, URN-qualified (core and
 * extension), short names of extension attributes. `value` and `document` help to tell an unknown extension's URN from one of its
 * attributes. Throws ScimError 400 invalidPath, or invalidFilter for what stands between the brackets.
 */
export function parseTarget(text: string, type: ResourceSchema, document: JsonObject, value: Json | undefined): Target {
  const bracket = text.indexOf('[');
  const head = bracket < 0 ? text : text.slice(0, bracket);
  const known = splitKnownUrn(type, head);
  if (known !== null) {
    const urn = known.schema === type.core ? null : known.schema.id;
    if (known.rest !== '') return inScope({ urn, schema: known.schema }, known.rest, text, bracket, type);
    if (bracket >= 0 || text.length > known.schema.id.length)
      return broken(text, 'it names no attribute after the URN');
    return urn === null ? { kind: 'resource' } : { kind: 'extension', urn, schema: known.schema };
  }
  if (!isUrn(head)) return inScope({ urn: null, schema: null }, head, text, bracket, type);
  const existing = ownKey(document, head);
  if (bracket < 0 && (existing !== undefined || isWholeUrn(head, value))) {
    return { kind: 'extension', urn: existing ?? head, schema: null };
  }
  const { urn, rest } = splitOtherUrn(head);
  if (urn.length < 4 || rest === '') return broken(text, 'it names no attribute after the URN');
  return inScope({ urn: ownKey(document, urn) ?? urn, schema: null }, rest, text, bracket, type);
}

/**
 * Resolves a key of a body. Most are plain names; one that no path could spell (`favourite colour`, a URL) is an attribute
 * nobody knows, unless it looks like a path that broke.
 */
export function parseKey(key: string, type: ResourceSchema, document: JsonObject, value: Json): Target {
  const located = findAttribute(type, key);
  if (located !== null) return whole(located);
  const literal = key === '' || key.includes('://') || !/[.:[\]"]/.test(key);
  if (!literal) return parseTarget(key, type, document, value);
  if (isPasswordName(key)) return { kind: 'dropped' };
  return { kind: 'unmapped', urn: null, keys: [ownKey(document, key) ?? key] };
}

/**
 * Resolves a key inside an extension that no schema has: a dotted one as a path would be, unless it can only be kept as it
 * stands; so is what no path could spell.
 */
export function parseUnknownKey(key: string, urn: string): Target {
  const names = key.split('.');
  if (names.some(isPasswordName)) return { kind: 'dropped' };
  const [first = '', ...below] = names.length <= maximumDepth && names.every(isAttributeName) ? names : [key];
  return { kind: 'unmapped', urn, keys: [first, ...below], together: true };
}

/** Resolves a key inside an extension's object. */
export function parseExtensionKey(key: string, type: ResourceSchema, schema: Schema): Target {
  const located = findInSchema(type, schema, key);
  if (located !== null) return whole(located);
  if (isPasswordName(key)) return { kind: 'dropped' };
  return key.includes('.') || key.includes('[')
    ? parseTarget(`${schema.id}:${key}`, type, {}, null)
    : { kind: 'unmapped', urn: schema.id, keys: [key] };
}

function whole(located: Located): AttributeTarget {
  const { urn, attribute } = located;
  return { kind: 'attribute', urn, attribute, path: pathTo(located, null).canonical, filter: null, sub: null };
}

/** `urn:…:2.0:User` is an extension, `urn:…:2.0:User:badge` its attribute; other URNs are extensions when an object comes with them. */
function isWholeUrn(urn: string, value: Json | undefined): boolean {
  const [last = '', beforeLast = ''] = urn.toLowerCase().split(':').reverse();
  if (last === 'user' || last === 'group') return true;
  return isObject(value) && beforeLast !== 'user' && beforeLast !== 'group';
}

function inScope(scope: Scope, rest: string, text: string, bracket: number, type: ResourceSchema): Target {
  const names = rest.split('.');
  const [name = '', ...below] = names;
  if (names.length > maximumDepth) return broken(text, `it goes deeper than ${maximumDepth} levels`);
  const odd = names.find((one) => !isAttributeName(one));
  if (odd !== undefined) return broken(text, `${quoted(odd)} is not the name of an attribute`);
  if (names.some(isPasswordName)) return { kind: 'dropped' };
  const located = locate(scope, name, type);
  if (bracket < 0) {
    return located === null
      ? { kind: 'unmapped', urn: scope.urn, keys: [name, ...below] }
      : withSub(located, below, text);
  }
  if (below.length > 0) return broken(text, 'a filter goes with a whole attribute');
  return filtered(located ?? { urn: scope.urn, attribute: openAttribute(name, true) }, text, bracket, type);
}

function locate(scope: Scope, name: string, type: ResourceSchema): Located | null {
  if (scope.schema !== null) return findInSchema(type, scope.schema, name);
  return scope.urn === null ? findAttribute(type, name) : null;
}

function withSub(located: Located, below: readonly string[], text: string): AttributeTarget {
  const [name] = below;
  if (name === undefined) return whole(located);
  const { attribute } = located;
  if (attribute.type !== 'complex') return broken(text, `${attribute.name} has no sub-attributes`);
  if (below.length > 1) return broken(text, `${attribute.name}.${name} has no sub-attributes`);
  const sub = attribute.subAttributes.get(name.toLowerCase()) ?? openSubAttribute(name);
  return { ...whole(located), path: pathTo(located, sub).canonical, sub };
}

/** `attr[filter]` or `attr[filter].sub`. */
function filtered(located: Located, text: string, bracket: number, type: ResourceSchema): AttributeTarget {
  const { attribute } = located;
  if (!attribute.multiValued || attribute.type !== 'complex') {
    return broken(text, `${attribute.name} has one value only: nothing to filter`);
  }
  if (!closes(text, bracket)) return broken(text, 'the closing "]" is missing');
  const parser = new FilterParser(text, type, 'Path', bracket + 1);
  const { filter, end } = parser.parseValueFilter(pathTo(located, null));
  if (end === text.length) return { ...whole(located), filter };
  const name = text.slice(end + 1);
  if (text[end] !== '.' || !isAttributeName(name)) {
    return broken(text, 'after "]" comes nothing, or a dot and the name of a sub-attribute');
  }
  return { ...withSub(located, [name], text), filter };
}

/** Whether a bracket that opens at `from` is closed, text in quotes aside. */
function closes(text: string, from: number): boolean {
  let quoted = false;
  for (let i = from + 1; i < text.length; i++) {
    const character = text[i];
    if (quoted && character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if (character === ']' && !quoted) return true;
  }
  return false;
}

function broken(text: string, why: string): never {
  throw new ScimError(400, `The path ${quoted(text)} can't be read: ${why}.`, 'invalidPath');
}
