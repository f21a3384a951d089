import type { Json, JsonObject } from '../../contract/json.ts';
import { protocolSchemas } from './protocol.ts';
import { externalId, standardSchemas } from './registry.ts';
import type { Attribute, ResourceSchema, Schema, SchemaRegistry } from './types.ts';

const schemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const resourceTypeUrn = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

/** Limits of Bulk (RFC 7643 §5): operations, and bytes of the body. */
export interface BulkLimits {
  maxOperations: number;
  maxPayloadSize: number;
}

/** The answer of GET /ServiceProviderConfig (RFC 7643 §5): what this endpoint can do, and no more. */
export function serviceProviderConfig(baseUrl: string, { maxOperations, maxPayloadSize }: BulkLimits): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    patch: { supported: true },
    bulk: { supported: true, maxOperations, maxPayloadSize },
    filter: { supported: true, maxResults: 1000 },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'OAuth Bearer Token',
        description: 'The Secret Token, sent as a bearer token.',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

/** The answer of GET /ResourceTypes: a ListResponse (RFC 7643 §6). */
export function resourceTypes(baseUrl: string, registry: SchemaRegistry = standardSchemas): JsonObject {
  return list(served(registry).map((one) => resourceTypeResource(baseUrl, one)));
}

/** The answer of GET /ResourceTypes/{name}; null when there is none. */
export function resourceTypeByName(
  baseUrl: string,
  name: string,
  registry: SchemaRegistry = standardSchemas,
): JsonObject | null {
  const found = served(registry).find((one) => one.resourceType.toLowerCase() === name.toLowerCase());
  return found === undefined ? null : resourceTypeResource(baseUrl, found);
}

/** The answer of GET /Schemas: a ListResponse (RFC 7643 §7), one entry for each schema in force. */
export function schemas(baseUrl: string, registry: SchemaRegistry = standardSchemas): JsonObject {
  return list(servedSchemas(registry).map(([schema, extra]) => schemaResource(baseUrl, schema, extra)));
}

/** The answer of GET /Schemas/{urn}, the URN in any case; null when there is none. */
export function schemaById(baseUrl: string, id: string, registry: SchemaRegistry = standardSchemas): JsonObject | null {
  const found = servedSchemas(registry).find(([schema]) => schema.id.toLowerCase() === id.toLowerCase());
  return found === undefined ? null : schemaResource(baseUrl, ...found);
}

function served(registry: SchemaRegistry): ResourceSchema[] {
  return [registry.User, registry.Group];
}

/** Each schema with the common attributes that are listed along with its own; those of discovery come last (RFC 7643 §8.7.2). */
function servedSchemas(registry: SchemaRegistry): [schema: Schema, extra: Attribute[]][] {
  const own = served(registry).flatMap((one) => [
    [one.core, [externalId]] satisfies [Schema, Attribute[]],
    ...one.extensions.map((schema) => [schema, []] satisfies [Schema, Attribute[]]),
  ]);
  return [...own, ...protocolSchemas.map((schema) => [schema, []] satisfies [Schema, Attribute[]])];
}

function list(resources: JsonObject[]): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function resourceTypeResource(baseUrl: string, type: ResourceSchema): JsonObject {
  return {
    schemas: [resourceTypeUrn],
    id: type.resourceType,
    name: type.resourceType,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.core.id,
    schemaExtensions: type.extensions.map((schema) => ({ schema: schema.id, required: false })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.resourceType}` },
  };
}

function schemaResource(baseUrl: string, schema: Schema, extra: readonly Attribute[]): JsonObject {
  return {
    schemas: [schemaUrn],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: [...extra, ...schema.attributes.values()].map(attributeResource),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** Members that say nothing are left out: Entra wants no nulls in discovery. */
function attributeResource(one: Attribute): JsonObject {
  const described: { [key: string]: Json } = {
    name: one.name,
    type: one.type,
    multiValued: one.multiValued,
    description: one.description,
    required: one.required,
  };
  if (one.type === 'complex') {
    const listed = [...one.subAttributes.values()].filter((sub) => sub.returned !== 'never');
    described.subAttributes = listed.map(attributeResource);
  }
  if (one.canonicalValues !== undefined) described.canonicalValues = [...one.canonicalValues];
  if (one.referenceTypes !== undefined) described.referenceTypes = [...one.referenceTypes];
  described.caseExact = one.caseExact;
  described.mutability = one.mutability;
  described.returned = one.returned;
  described.uniqueness = one.uniqueness;
  return described;
}
