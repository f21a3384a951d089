import type { JsonObject } from '../contract/json.ts';
import type { ResourceType } from '../contract/resources.ts';
import { ScimError } from './errors.ts';
import { standardSchemas } from './schemas/registry.ts';
import type { SchemaRegistry } from './schemas/types.ts';

/** Attributes picked or left out, by key in the resource (lower case); `null` for the whole attribute, else its sub-attributes. */
export type AttributeSet = ReadonlyMap<string, ReadonlySet<string> | null>;

/** What an answer shows (RFC 7644 §3.9). `id` and `schemas` always show. */
export interface Projection {
  /** Only these; null: everything. */
  readonly only: AttributeSet | null;
  readonly without: AttributeSet;
  /** True when nothing inside the stored text is left out, so that an answer needs no parse. */
  readonly textual: boolean;
}

/**
 * Reads the query parameters `attributes` and `excludedAttributes`: comma-separated paths, any case, URN or short. Names that
 * no schema knows pick unmapped attributes. Null when there is nothing to project.
 */
export function parseProjection(
  resourceType: ResourceType,
  attributes: string | null,
  excludedAttributes: string | null,
  registry: SchemaRegistry = standardSchemas,
): Projection | null {
  void registry;
  throw new ScimError(501, `${resourceType} ${attributes} ${excludedAttributes}`);
}

/** Whether an answer shows `attribute` (a top-level name such as `members` or `groups`): when not, it need not be read. */
export function wants(projection: Projection | null, attribute: string): boolean {
  throw new ScimError(501, `${projection === null} ${attribute}`);
}

/** The part of a full resource that `projection` shows. */
export function project(resource: JsonObject, projection: Projection): JsonObject {
  throw new ScimError(501, `${Object.keys(resource).length} ${projection.textual}`);
}
