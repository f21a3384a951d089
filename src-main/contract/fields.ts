import type { Json } from './json.ts';
import type { ResourceType } from './resources.ts';

/** The types Azure allows for attributes of a non-gallery application, by the names its attribute list gives them. */
export type FieldType = 'String' | 'Integer' | 'Boolean' | 'DateTime';

/** A custom field of ServiceOps' users. */
export interface CustomField {
  id: number;
  /** What people call it in ServiceOps, e.g. "Cost centre". */
  label: string;
  /** The exact text for Azure's attribute list: `urn:…:2.0:User:costCentre`, or a bare name. */
  attribute: string;
  type: FieldType;
  /** True while no attribute name was given: the stand-in must be replaced at the rollout, and the mapping with it. */
  madeUp: boolean;
  /** Milliseconds since 1970. */
  definedAt: number;
}

/** What the admin says of a new field. */
export interface NewField {
  label: string;
  type: FieldType;
  /** The full attribute name that ServiceOps' SCIM page prints; null: a stand-in is made up. */
  attribute: string | null;
}

/** How often an attribute has a value. */
export interface AttributeUse {
  /** Users (or groups) that have one; deleted ones aside. */
  records: number;
  /** One of the values; null when there is none. */
  example: Json;
}

/** Values that were stored before the field was defined, and fit its type or not. */
export interface SettledValues {
  /** Users with a value. */
  values: number;
  /** Of those, values of another type: kept as they are. */
  wrong: number;
  /** Some of the wrong ones. */
  examples: { userName: string; value: Json }[];
}

/** An attribute that Azure sent and nobody defined: kept, returned and flagged. */
export interface UnmappedAttribute extends AttributeUse {
  resourceType: ResourceType;
  /** The path as it came, e.g. `urn:…:2.0:User:badgeColour`. */
  path: string;
  /** The newest call that sent it, and when (milliseconds since 1970); null when it was a custom field then. */
  lastCall: string | null;
  lastAt: number | null;
  /** Whether a custom field can be made of it as it stands: an attribute of users, with one simple value. */
  definable: boolean;
}

/** A mapping that Azure is known to have, and what came of it. */
export interface MappingUse extends AttributeUse {
  resourceType: ResourceType;
  /** The Entra attribute or expression. */
  source: string;
  target: string;
  type: FieldType | 'Reference';
  /** Matching precedence; null when it does not match. */
  matching: number | null;
  /** False where the target is no attribute here: its values are kept as unmapped. */
  known: boolean;
}

/** Everything the Attributes screen shows. */
export interface AttributesOverview {
  fields: (CustomField & AttributeUse & { wrong: number })[];
  unmapped: UnmappedAttribute[];
  mappings: MappingUse[];
  /** When the exported schema was read that the mappings are from, milliseconds since 1970; null: they are Azure's default ones. */
  schemaReadAt: number | null;
}

/** What ServiceOps demands of one attribute. */
export interface ProfileRule {
  resourceType: ResourceType;
  /** `title`, `name.familyName`, `emails[type eq "work"].value`, `urn:…:User:costCentre`. */
  path: string;
  required: boolean;
  /** Characters (code points) at most; null: any number. */
  maxLength: number | null;
  /** The values ServiceOps takes, letter by letter; null: any. */
  allowed: string[] | null;
}

/** What an exported /Schemas demands. */
export interface ReadSchemas {
  rules: ProfileRule[];
  /** What it demands of attributes that can have no rule here, and why. */
  left: { resourceType: ResourceType; path: string; problem: string }[];
}

/** A local account that SCIM neither sees nor touches. */
export interface TenantAdmin {
  userName: string;
  /** The user who was provisioned under this name and is hidden from SCIM since; null when there was none. */
  hidden: { id: string; name: string } | null;
}

/** A rule as it stands. */
export interface ProfileRuleState extends ProfileRule {
  /** False while no attribute has this path: its custom field was retired. */
  inForce: boolean;
}
