import type { ResourceType } from '../contract/resources.ts';
import { quoted, ScimError } from './errors.ts';
import { openSubAttribute } from './schemas/define.ts';
import { findAttribute, findInSchema, isAttributeName, isUrn, type Located, splitKnownUrn } from './schemas/lookup.ts';
import { standardSchemas } from './schemas/registry.ts';
import type { Attribute, ResourceSchema, SchemaRegistry } from './schemas/types.ts';

/** An attribute as a filter or `sortBy` names it, resolved against the schema. */
export interface AttributePath {
  /**
   * Its one spelling: `userName`, `name.familyName`, `emails.value`, `meta.lastModified`, `members.value`,
   * `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value`.
   */
  readonly canonical: string;
  /** The extension's URN, which is also its key in the resource; null for core and common attributes. */
  readonly urn: string | null;
  readonly attribute: Attribute;
  readonly sub: Attribute | null;
}

/** Resolves `sortBy` (RFC 7644 §3.4.2.3): a complex attribute stands for its `value`. 400 invalidPath. */
export function parsePath(
  text: string,
  resourceType: ResourceType,
  registry: SchemaRegistry = standardSchemas,
): AttributePath {
  const found = resolvePath(text, registry[resourceType]);
  const path = typeof found === 'string' ? found : comparablePath(found);
  if (typeof path === 'string') throw new ScimError(400, `sortBy: ${path}.`, 'invalidPath');
  return path;
}

/** Resolves `[URN:]name[.sub]`. A string says why it can't be. */
export function resolvePath(text: string, schema: ResourceSchema): AttributePath | string {
  const split = splitKnownUrn(schema, text);
  if (split === null && isUrn(text)) return `no schema of ${schema.resourceType} holds ${quoted(text)}`;
  const rest = split === null ? text : split.rest;
  const dot = rest.indexOf('.');
  const name = dot < 0 ? rest : rest.slice(0, dot);
  const located = split === null ? findAttribute(schema, name) : findInSchema(schema, split.schema, name);
  if (located === null) {
    return isAttributeName(name)
      ? `${schema.resourceType} has no attribute ${quoted(text)}`
      : `${quoted(text)} is not the name of an attribute`;
  }
  if (dot < 0) return pathTo(located, null);
  const sub = subAttribute(located.attribute, rest.slice(dot + 1));
  return typeof sub === 'string' ? sub : pathTo(located, sub);
}

/**
 * The attribute that a target of Entra's mappings names, e.g. `emails[type eq "work"].value`; null where nothing here goes by
 * that name.
 */
export function attributeAt(
  target: string,
  resourceType: ResourceType,
  registry: SchemaRegistry,
): AttributePath | null {
  const found = resolvePath(target.replace(/\[.*?\]/, ''), registry[resourceType]);
  return typeof found === 'string' ? null : found;
}

/** The path of an attribute, or of one of its sub-attributes. */
export function pathTo(located: Located, sub: Attribute | null): AttributePath {
  const { urn, attribute } = located;
  const prefix = urn === null ? attribute.name : `${urn}:${attribute.name}`;
  return { canonical: sub === null ? prefix : `${prefix}.${sub.name}`, urn, attribute, sub };
}

/** Finds a sub-attribute in any letter case. A string says why there is none. */
export function subAttribute(attribute: Attribute, name: string): Attribute | string {
  const found = attribute.subAttributes.get(name.toLowerCase());
  if (found !== undefined) return found;
  if (attribute.open && isAttributeName(name)) return openSubAttribute(name);
  return attribute.type === 'complex'
    ? `${attribute.name} has no sub-attribute ${quoted(name)}`
    : `${attribute.name} has no sub-attributes`;
}

/**
 * What a comparison or an order reads: a complex attribute stands for its `value` (`emails eq "x"`). A string says why there is
 * nothing to compare.
 */
export function comparablePath(path: AttributePath): AttributePath | string {
  const ignored = whyIgnored(path);
  if (ignored !== null) return ignored;
  if (isMadeUp(path)) {
    const instead = path.attribute.name === 'meta' ? 'id or meta.lastModified' : `${path.attribute.name}.value`;
    return `${path.canonical} is made up anew for each answer: compare ${instead}`;
  }
  if (path.sub !== null || path.attribute.type !== 'complex') return path;
  const value = path.attribute.subAttributes.get('value');
  if (value !== undefined) return pathTo(path, value);
  return `${path.attribute.name} is made of parts: name one of them, such as ${path.attribute.name}.${firstSub(path.attribute)}`;
}

/** Why nothing can be asked of a sub-attribute that is thrown away when it is sent; null for others. */
export function whyIgnored({ canonical, attribute, sub }: AttributePath): string | null {
  if (sub?.returned !== 'never') return null;
  return `${canonical} is neither kept nor shown here: compare ${attribute.name}.value`;
}

/**
 * Whether it is stored nowhere, so that only `pr` can be asked of it: addresses hold the one by which the endpoint is called, and
 * a user's version follows the groups too.
 */
function isMadeUp({ canonical, sub }: AttributePath): boolean {
  if (canonical === 'meta.location' || canonical === 'meta.version') return true;
  return sub?.name === '$ref' && sub.open !== true;
}

function firstSub(attribute: Attribute): string {
  for (const sub of attribute.subAttributes.values()) return sub.name;
  return 'value';
}
