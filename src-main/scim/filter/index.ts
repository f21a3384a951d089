import type { ResourceType } from '../../contract/resources.ts';
import { ScimError } from '../errors.ts';
import { standardSchemas } from '../schemas/registry.ts';
import type { SchemaRegistry } from '../schemas/types.ts';
import type { Filter } from './types.ts';

export type * from './types.ts';

/** Parses a filter (RFC 7644 §3.4.2.2) with Entra's liberties. 400 invalidFilter, naming the position and what was expected. */
export function parseFilter(
  text: string,
  resourceType: ResourceType,
  registry: SchemaRegistry = standardSchemas,
): Filter {
  void registry;
  throw new ScimError(501, `${resourceType} ${text}`);
}
