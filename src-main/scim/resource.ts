import type { Json, JsonObject } from '../contract/json.ts';
import type { ResourceType } from '../contract/resources.ts';
import { ScimError } from './errors.ts';
import { checkBody, isObject } from './json.ts';
import { Editor } from './patch/editor.ts';
import { isUrn } from './schemas/lookup.ts';
import { standardSchemas } from './schemas/registry.ts';
import type { SchemaRegistry } from './schemas/types.ts';

/** A POST or PUT body, normalised. */
export interface ReadResource {
  /** What is stored: canonical names, no `schemas`, `id`, `meta`, `groups` or `members`. */
  document: JsonObject;
  /** A group's members by id, each once, in the order sent; null when the body does not speak of them. */
  members: string[] | null;
  /** Paths of attributes no schema knows, kept verbatim in `document`. */
  unmapped: string[];
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3, §3.5.1). Values stay verbatim; names get their canonical spelling, dotted and
 * URN-qualified keys their place. `schemas` is not looked at: Entra leaves out extensions there and names schemas of its own.
 * Throws ScimError 400: invalidSyntax for something that is no resource, invalidValue for a wrong type or a required attribute
 * without a value.
 */
export function readResource(
  resourceType: ResourceType,
  body: JsonObject,
  registry: SchemaRegistry = standardSchemas,
): ReadResource {
  if (!isObject(body)) throw new ScimError(400, 'The body is not a JSON object.', 'invalidSyntax');
  checkBody(body);
  const type = registry[resourceType];
  const editor = new Editor(type, {}, false);
  editor.apply({ index: 0, op: 'replace', path: null, value: body });
  const document = editor.finish();
  for (const attribute of type.core.attributes.values()) {
    if (attribute.required && !Object.hasOwn(document, attribute.name)) {
      throw new ScimError(400, `${attribute.name} is required.`, 'invalidValue');
    }
  }
  const members = new Set<string>();
  for (const edit of editor.members) if ('ids' in edit) for (const id of edit.ids) members.add(id);
  return {
    document,
    members: editor.members.length === 0 ? null : [...members],
    unmapped: [...editor.reading.unmapped],
  };
}

/** The text that `StoredRecord.json` holds: `schemas` (from what the document holds) and `id`, then the document. */
export function resourceJson(resourceType: ResourceType, id: string, document: JsonObject): string {
  const head = `{"schemas":${JSON.stringify(schemasOf(resourceType, document))},"id":${JSON.stringify(id)}`;
  const rest = JSON.stringify(document);
  return rest === '{}' ? `${head}}` : `${head},${rest.slice(1)}`;
}

/** How long the text of one record may become, characters: twice what one call can send, for a PATCH may add to what is there. */
const longest = 2 * 1024 * 1024;

/** What a record that is too large already may grow by in one write, characters: Azure must be able to disable its user. */
const smallGrowth = 1_000;

/** Throws ScimError 400 invalidValue where `json`, which is to take the place of `before`, is too large. */
export function demandSize(resourceType: ResourceType, json: string, before: string): void {
  if (json.length <= longest || json.length <= before.length + smallGrowth) return;
  throw new ScimError(400, `This ${resourceType.toLowerCase()} would be larger than 2 MB.`, 'invalidValue');
}

/** The core schema, and each extension the document holds: known ones, and others that may be one of this type. */
function schemasOf(resourceType: ResourceType, document: JsonObject): string[] {
  const urns = [standardSchemas[resourceType].core.id];
  for (const key of Object.keys(document)) {
    if (isUrn(key) && isObject(document[key]) && mayExtend(resourceType, key)) urns.push(key);
  }
  return urns;
}

/** Core schemas and messages: no resource has one of these as an extension. */
const noExtension =
  /^urn:ietf:params:scim:(?:schemas:core:2\.0:(?:User|Group|ServiceProviderConfig|ResourceType|Schema)|api:messages:.*)$/i;

/** Whether a resource may claim an extension (RFC 7643 §3.1): not what is a core schema, a message or an extension of the other type. */
function mayExtend(resourceType: ResourceType, urn: string): boolean {
  if (noExtension.test(urn)) return false;
  const key = urn.toLowerCase();
  const others = Object.entries(standardSchemas).filter(([type]) => type !== resourceType);
  return !others.some(([, { extensions }]) => extensions.some(({ id }) => id.toLowerCase() === key));
}

/** The document inside a stored text: the inverse of `resourceJson`. */
export function documentOf(json: string): JsonObject {
  const parsed: Json = JSON.parse(json);
  if (!isObject(parsed)) throw new TypeError('A stored resource is not a JSON object.');
  const { schemas: _schemas, id: _id, ...document } = parsed;
  return document;
}
