import type { ResourceType } from '../../contract/resources.ts';

/** Data types of RFC 7643 §2.3. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'reference'
  | 'binary'
  | 'complex';

/** An attribute's characteristics (RFC 7643 §7). */
export interface Attribute {
  /** The name as answers print it. */
  readonly name: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable';
  /** `never`: read and thrown away; neither discovery nor a filter knows of it. */
  readonly returned: 'always' | 'default' | 'request' | 'never';
  readonly uniqueness: 'none' | 'server' | 'global';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  /** Sub-attributes by lower-case name; empty unless `complex`. */
  readonly subAttributes: ReadonlyMap<string, Attribute>;
  /** True for an attribute no schema knows: any sub-attribute and any type goes. */
  readonly open?: boolean;
  /** A custom field's name in ServiceOps, as messages for the admin say it; only custom fields have one. */
  readonly label?: string;
}

/** A schema: the core one of a resource type, or an extension. */
export interface Schema {
  /** The URN, in its canonical spelling: also the key of an extension's object in a resource. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** By lower-case name. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** True for an extension that holds nothing but custom fields: its short names yield to those of the RFC's schemas. */
  readonly custom?: boolean;
}

/** What one resource type may hold. */
export interface ResourceSchema {
  readonly resourceType: ResourceType;
  readonly endpoint: string;
  readonly description: string;
  readonly core: Schema;
  /** `id`, `externalId`, `meta` and `schemas` (RFC 7643 §3.1), by lower-case name. */
  readonly common: ReadonlyMap<string, Attribute>;
  readonly extensions: readonly Schema[];
}

/** The schemas in force. The door's functions take one, so that custom fields can extend the standard set. */
export type SchemaRegistry = { readonly [Type in ResourceType]: ResourceSchema };
