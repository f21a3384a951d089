import type { ResourceType } from '../contract/resources.ts';
import { ScimError } from './errors.ts';
import { standardSchemas } from './schemas/registry.ts';
import type { Attribute, SchemaRegistry } from './schemas/types.ts';

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
  void registry;
  throw new ScimError(501, `${resourceType} ${text}`);
}
