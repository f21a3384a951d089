import type { JsonObject } from '../../contract/json.ts';
import { ScimError } from '../errors.ts';
import type { Filter } from './types.ts';

/** Whether a full SCIM resource (with `id`, `meta` and, where the filter asks for them, `members` or `groups`) satisfies `filter`. */
export function matches(filter: Filter, resource: JsonObject): boolean {
  throw new ScimError(501, filter.kind + Object.keys(resource).length);
}
