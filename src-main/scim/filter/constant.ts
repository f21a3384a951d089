import { attributeAt } from '../path.ts';
import { standardSchemas } from '../schemas/registry.ts';
import type { Filter } from './types.ts';

/** What every record satisfies: each has an id. */
export const everyone: Filter = { kind: 'present', path: idPath() };

/** What no record satisfies. */
export const nobody: Filter = { kind: 'not', operand: everyone };

/** What a comparison gives of a record that does not have the attribute: see `CompareFilter`. */
export function ofNoValue(filter: Filter): Filter {
  if (filter.kind !== 'compare') return nobody;
  return filter.op === (filter.comparable === null ? 'eq' : 'ne') ? everyone : nobody;
}

function idPath() {
  const path = attributeAt('id', 'User', standardSchemas);
  if (path === null) throw new TypeError('There is no id.');
  return path;
}
