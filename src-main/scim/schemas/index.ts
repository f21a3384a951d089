import type { JsonObject } from '../../contract/json.ts';
import { ScimError } from '../errors.ts';

/** The answer of GET /ServiceProviderConfig (RFC 7643 §5). */
export function serviceProviderConfig(baseUrl: string): JsonObject {
  throw new ScimError(501, baseUrl);
}

/** The answer of GET /ResourceTypes: a ListResponse (RFC 7643 §6). */
export function resourceTypes(baseUrl: string): JsonObject {
  throw new ScimError(501, baseUrl);
}

/** The answer of GET /ResourceTypes/{name}; null when there is none. */
export function resourceTypeByName(baseUrl: string, name: string): JsonObject | null {
  throw new ScimError(501, baseUrl + name);
}

/** The answer of GET /Schemas: a ListResponse (RFC 7643 §7). */
export function schemas(baseUrl: string): JsonObject {
  throw new ScimError(501, baseUrl);
}

/** The answer of GET /Schemas/{urn}, the URN in any case; null when there is none. */
export function schemaById(baseUrl: string, id: string): JsonObject | null {
  throw new ScimError(501, baseUrl + id);
}
