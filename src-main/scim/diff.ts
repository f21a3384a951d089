import type { JsonObject } from '../contract/json.ts';
import type { AttributeChange } from '../contract/resources.ts';
import { ScimError } from './errors.ts';

/**
 * What changed between two documents, attribute by attribute: `name.familyName`, `emails[type eq "work"].value`,
 * `urn:…:User:department`. An absent side has no `before` or `after`. The order of a multi-valued attribute means nothing.
 */
export function diff(before: JsonObject, after: JsonObject): AttributeChange[] {
  throw new ScimError(501, `${Object.keys(before).length} ${Object.keys(after).length}`);
}
