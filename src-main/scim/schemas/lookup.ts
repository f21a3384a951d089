import type { Attribute, ResourceSchema, Schema } from './types.ts';

/** Where an attribute lives: in the resource itself (`urn` null) or in an extension's object. */
export interface Located {
  readonly urn: string | null;
  readonly attribute: Attribute;
}

/**
 * Finds an attribute by its short name, in any letter case: core and common ones first, then an extension's when exactly one
 * extension has it (Entra sends plain `manager`, which no custom field of that name may take away).
 */
export function findAttribute(schema: ResourceSchema, name: string): Located | null {
  const key = name.toLowerCase();
  const attribute = schema.core.attributes.get(key) ?? schema.common.get(key);
  if (attribute !== undefined) return { urn: null, attribute };
  let holder: Schema | null = null;
  for (const extension of schema.extensions) {
    if (!extension.attributes.has(key)) continue;
    if (holder === null) holder = extension;
    else if (extension.custom !== true || holder.custom === true) return null;
  }
  const found = holder?.attributes.get(key);
  return holder === null || found === undefined ? null : { urn: holder.id, attribute: found };
}

/** Finds an attribute of one schema by name, in any letter case; the core schema has the common attributes too. */
export function findInSchema(type: ResourceSchema, schema: Schema, name: string): Located | null {
  const key = name.toLowerCase();
  const attribute = schema.attributes.get(key) ?? (schema === type.core ? type.common.get(key) : undefined);
  return attribute === undefined ? null : { urn: schema === type.core ? null : schema.id, attribute };
}

/** The known schema whose URN `text` starts with (any case, the longest wins), and what follows its separator; null for none. */
export function splitKnownUrn(type: ResourceSchema, text: string): { schema: Schema; rest: string } | null {
  if (!isUrn(text)) return null;
  const lower = text.toLowerCase();
  let found: Schema | null = null;
  for (const schema of [type.core, ...type.extensions]) {
    if (found !== null && found.id.length >= schema.id.length) continue;
    if (!lower.startsWith(schema.id.toLowerCase())) continue;
    const next = text[schema.id.length];
    if (next === undefined || next === ':' || next === '.') found = schema;
  }
  return found === null ? null : { schema: found, rest: text.slice(found.id.length + 1) };
}

/**
 * The URN of an extension that no schema has, and what follows it: after the last colon, or after the dot in
 * `urn:…:2.0:User.badge`; nothing follows in `urn:…:2.0:User`.
 */
export function splitOtherUrn(text: string): { urn: string; rest: string } {
  const colon = text.lastIndexOf(':');
  const type = /^(?:user|group)(?=\.|$)/i.exec(text.slice(colon + 1))?.[0];
  const end = type === undefined ? colon : colon + 1 + type.length;
  return { urn: text.slice(0, end), rest: text.slice(end + 1) };
}

/** True for text that begins as a URN. */
export function isUrn(text: string): boolean {
  return text.length > 4 && text.slice(0, 4).toLowerCase() === 'urn:';
}

/** ATTRNAME of RFC 7644 figure 1: a letter, then letters, digits, `-` and `_`. `$ref` counts as a sub-attribute's name. */
export function isAttributeName(text: string): boolean {
  if (text === '$ref') return true;
  if (text === '' || !isLetter(text.charCodeAt(0))) return false;
  for (let i = 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (!isLetter(unit) && !(unit >= 48 && unit <= 57) && unit !== 45 && unit !== 95) return false;
  }
  return true;
}

function isLetter(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
}
