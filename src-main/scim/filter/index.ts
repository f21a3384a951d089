import type { ResourceType } from '../../contract/resources.ts';
import { ScimError } from '../errors.ts';
import { isStorableText } from '../json.ts';
import { standardSchemas } from '../schemas/registry.ts';
import type { SchemaRegistry } from '../schemas/types.ts';
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
  if (!isStorableText(text)) {
    throw new ScimError(400, 'The filter holds a NUL character or a broken Unicode character.', 'invalidFilter');
  }
  return new FilterParser(text, registry[resourceType]).parseAll();
}
