export { type CustomAttribute, readAttributeName, withCustomAttributes } from './custom.ts';
export { resourceTypeByName, resourceTypes, schemaById, schemas, serviceProviderConfig } from './discovery.ts';
export { standardSchemas } from './registry.ts';
export type { Attribute, AttributeType, ResourceSchema, Schema, SchemaRegistry } from './types.ts';
