import type { JsonObject } from '../contract/json.ts';
import type { ResourceType } from '../contract/resources.ts';
import { ScimError } from './errors.ts';
import { standardSchemas } from './schemas/registry.ts';
import type { SchemaRegistry } from './schemas/types.ts';

/** A POST or PUT body, normalised. */
export interface ReadResource {
  /** What is stored: canonical names, no `schemas`, `id`, `meta`, `groups` or `members`. */
  document: JsonObject;
  /** A group's members by id, each once, in the order sent; empty for users. */
  members: string[];
  /** Paths of attributes no schema knows, kept verbatim in `document`. */
  unmapped: string[];
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3, §3.5.1). Throws ScimError 400: invalidSyntax for something that is no
 * resource, invalidValue for a wrong type or a required attribute without a value.
 */
export function readResource(
  resourceType: ResourceType,
  body: JsonObject,
  registry: SchemaRegistry = standardSchemas,
): ReadResource {
  void registry;
  throw new ScimError(501, `${resourceType} ${Object.keys(body).length}`);
}

/** The text that `StoredRecord.json` holds: `schemas` (from what the document holds) and `id`, then the document. */
export function resourceJson(
  resourceType: ResourceType,
  id: string,
  document: JsonObject,
  registry: SchemaRegistry = standardSchemas,
): string {
  void registry;
  throw new ScimError(501, `${resourceType} ${id} ${Object.keys(document).length}`);
}

/** The document inside a stored text: the inverse of `resourceJson`. */
export function documentOf(json: string): JsonObject {
  throw new ScimError(501, json);
}
