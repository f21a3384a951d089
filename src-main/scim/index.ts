/**
 * The SCIM 2.0 language, pure: no I/O, no clock, no database. The door of the room.
 */
export { instant, millisecondsOf } from './dates.ts';
export { diff } from './diff.ts';
export { RefusedOperation, RefusedValue, ScimError } from './errors.ts';
export { type Place, type Settled, settleField } from './fields.ts';
export { elementMatches, matches } from './filter/evaluate.ts';
export {
  type CompareFilter,
  type CompareOperator,
  type Filter,
  type LogicalFilter,
  type NotFilter,
  type PresentFilter,
  parseFilter,
  parseSharedFilter,
  type ValuePathFilter,
} from './filter/index.ts';
export { compareText, fold } from './fold.ts';
export { isObject, ownKey } from './json.ts';
export {
  bodyHeaders,
  contentType,
  errorMessage,
  etagOf,
  listResponse,
  namesSchema,
  type RenderedRecord,
  type RenderOptions,
  recordHeaders,
  renderRecord,
  versionOf,
} from './messages.ts';
export { applyPatch, type MemberEdit, type PatchResult } from './patch/index.ts';
export { type AttributePath, attributeAt, parsePath } from './path.ts';
export { groupPieces, listPieces } from './pieces.ts';
export { type AttributeRule, compileRule, type RuleCheck } from './profile.ts';
export { type Projection, parseProjection, project, wants } from './projection.ts';
export { remembered } from './remember.ts';
export { demandSize, documentOf, type ReadResource, readResource, resourceJson } from './resource.ts';
export {
  type CustomAttribute,
  readAttributeName,
  resourceTypeByName,
  resourceTypes,
  schemaById,
  schemas,
  serviceProviderConfig,
  withCustomAttributes,
} from './schemas/index.ts';
export { standardSchemas } from './schemas/registry.ts';
export type { Attribute, Schema, SchemaRegistry } from './schemas/types.ts';
