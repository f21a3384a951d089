import { quoted } from '../errors.ts';
import { isPasswordName } from '../passwords.ts';
import { attribute } from './define.ts';
import { findAttribute, isAttributeName, isUrn, splitKnownUrn } from './lookup.ts';
import { standardSchemas } from './registry.ts';
import type { Attribute, AttributeType, ResourceSchema, Schema, SchemaRegistry } from './types.ts';

/** A custom field as the schemas see it. */
export interface CustomAttribute {
  /** Its name in ServiceOps: what messages and /Schemas describe it by. */
  readonly label: string;
  /** The URN of the extension that holds it; null in the core User. */
  readonly urn: string | null;
  readonly name: string;
  readonly type: Extract<AttributeType, 'string' | 'integer' | 'boolean' | 'dateTime'>;
}

/** What a path through JSON can't hold, or Azure's attribute list: quotes, brackets, commas, white space. */
const urnPattern = /^urn:[a-z0-9][a-z0-9-]{0,31}:[^\s"'`,()<>[\]{}\\]+$/i;
const longest = 400;
const { User } = standardSchemas;

/**
 * Reads the full attribute name of a custom field, as ServiceOps' SCIM page prints it: `urn:…:2.0:User:costCentre`, also below
 * the core or enterprise URN, or a bare name. A string says why it can't be one.
 */
export function readAttributeName(text: string): { urn: string | null; name: string } | string {
  if (text.length > longest) return `An attribute's name has at most ${longest} characters.`;
  const known = splitKnownUrn(User, text);
  const place = known !== null ? { urn: urnOf(known.schema), name: known.rest } : splitUrn(text);
  if (typeof place === 'string') return place;
  const { urn, name } = place;
  if (name === '') return `${quoted(text)} is a schema: after it come a colon and the name of an attribute.`;
  if (name.includes('.') || name.includes('[')) {
    return `${quoted(name)} has parts: Azure maps only simple attributes to custom fields.`;
  }
  if (!isAttributeName(name) || name === '$ref') {
    return `${quoted(name)} can't name an attribute: it begins with a letter, then come letters, digits, - and _.`;
  }
  return standardName(known?.schema ?? null, urn, name) ?? place;
}

/** Why a name is taken by the schemas of the RFC; null when it is free. */
function standardName(schema: Schema | null, urn: string | null, name: string): string | null {
  const key = name.toLowerCase();
  if (isPasswordName(name)) return `${quoted(name)} is never stored here.`;
  if (urn === null) {
    if (key === 'members') return `${quoted(name)} belongs to groups.`;
    if (findAttribute(User, name) === null) return null;
  } else if (schema === null || !schema.attributes.has(key)) return null;
  return `${quoted(name)} is an attribute that every user has already: map to it, it needs no custom field.`;
}

function splitUrn(text: string): { urn: string | null; name: string } | string {
  if (!isUrn(text)) return { urn: null, name: text };
  const colon = text.lastIndexOf(':');
  const urn = text.slice(0, colon);
  const name = text.slice(colon + 1);
  if (!urnPattern.test(urn)) return `${quoted(text)} is not an attribute below a URN.`;
  const [last = ''] = urn.toLowerCase().split(':').slice(-1);
  if (last === 'group') return `${quoted(text)} belongs to groups: custom fields are for users.`;
  return /^(user|group)$/i.test(name) ? { urn: text, name: '' } : { urn, name };
}

function urnOf(schema: Schema): string | null {
  return schema === User.core ? null : schema.id;
}

/** `base` with custom fields in it: in the core User, in a known extension, or in extensions of their own. */
export function withCustomAttributes(base: SchemaRegistry, customs: readonly CustomAttribute[]): SchemaRegistry {
  if (customs.length === 0) return base;
  let user: ResourceSchema = base.User;
  for (const custom of customs) user = withOne(user, custom);
  return { ...base, User: user };
}

function withOne(user: ResourceSchema, { label, urn, name, type }: CustomAttribute): ResourceSchema {
  const added: Attribute = { ...attribute(name, type, label), label };
  if (urn === null) return { ...user, core: withAttribute(user.core, added) };
  const key = urn.toLowerCase();
  const at = user.extensions.findIndex((schema) => schema.id.toLowerCase() === key);
  const extensions = [...user.extensions];
  const schema = extensions[at];
  if (schema !== undefined) extensions[at] = withAttribute(schema, added);
  else extensions.push(withAttribute(emptyExtension(urn), added));
  return { ...user, extensions };
}

function withAttribute(schema: Schema, added: Attribute): Schema {
  return { ...schema, attributes: new Map([...schema.attributes, [added.name.toLowerCase(), added]]) };
}

function emptyExtension(urn: string): Schema {
  return {
    id: urn,
    name: /:extension:([^:]+):/i.exec(urn)?.[1] ?? 'CustomFields',
    description: 'Custom fields of ServiceOps.',
    attributes: new Map(),
    custom: true,
  };
}
