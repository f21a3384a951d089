import type { Json, JsonObject } from '../contract/json.ts';
import { isPasswordName } from './passwords.ts';

/**
 * A value that no schema knows, as it is kept: verbatim, without the passwords inside it and without what says "no value" (RFC 7643
 * §2.5; an empty string as well, as everywhere). Undefined when nothing is left; the very same when nothing had to go.
 */
export function verbatim(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object') return value === '' ? undefined : value;
  if (value === null) return undefined;
  return Array.isArray(value) ? keptList(value) : keptObject(value);
}

function keptList(list: Json[]): Json[] | undefined {
  const kept = list.map(verbatim).filter((one) => one !== undefined);
  if (kept.length === 0) return undefined;
  return kept.length === list.length && kept.every((one, index) => one === list[index]) ? list : kept;
}

function keptObject(object: JsonObject): JsonObject | undefined {
  const kept: [string, Json][] = [];
  let same = true;
  for (const [key, sent] of Object.entries(object)) {
    const value = isPasswordName(key) ? undefined : verbatim(sent);
    if (value !== undefined) kept.push([key, value]);
    same &&= value === sent;
  }
  if (kept.length === 0) return undefined;
  return same ? object : Object.fromEntries(kept);
}
