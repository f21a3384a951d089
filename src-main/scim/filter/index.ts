import type { ResourceType } from '../../contract/resources.ts';
import { ScimError } from '../errors.ts';
import { isStorableText } from '../json.ts';
import { standardSchemas } from '../schemas/registry.ts';
import type { ResourceSchema, SchemaRegistry } from '../schemas/types.ts';
import { everyone, nobody } from './constant.ts';
import { FilterParser } from './parser.ts';
import type { Filter } from './types.ts';

export type * from './types.ts';

/**
 * Parses a filter (RFC 7644 §3.4.2.2) with Entra's liberties: names and operators in any case, bare literals, "True" against
 * booleans, `emails[type eq "work"].value eq "x"`. 400 invalidFilter, naming the position (from 1) and what was expected.
 */
export function parseFilter(
  text: string,
  resourceType: ResourceType,
  registry: SchemaRegistry = standardSchemas,
): Filter {
  return parsed(text, registry[resourceType], null);
}

/**
 * Parses a filter that is asked of two types at once (RFC 7644 §3.4.2.1), for one of them: an attribute that only the other one
 * has counts as one without a value. Null where every record satisfies it, 'none' where no record does. 400 invalidFilter for
 * an attribute that neither has.
 */
export function parseSharedFilter(
  text: string,
  resourceType: ResourceType,
  other: ResourceType,
  registry: SchemaRegistry = standardSchemas,
): Filter | null | 'none' {
  const filter = parsed(text, registry[resourceType], registry[other]);
  if (filter === everyone) return null;
  return filter === nobody ? 'none' : filter;
}

function parsed(text: string, schema: ResourceSchema, besides: ResourceSchema | null): Filter {
  if (!isStorableText(text)) {
    throw new ScimError(400, 'The filter holds a NUL character or a broken Unicode character.', 'invalidFilter');
  }
  return new FilterParser(text, schema, 'Filter', 0, besides).parseAll();
}
