import { maximumDepth } from '../src-main/contract/catalogue/limits.ts';
import type { Json } from '../src-main/contract/index.ts';

/**
 * A text as JSON; undefined for one that is no JSON or that nests deeper than `deepest`. Anybody can have a body kept that
 * nests as deep as it is long: what walks through one part by part would run out of stack, and indenting it makes a text of
 * many megabytes.
 */
export function readJson(text: string, deepest = maximumDepth): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isWithin(value, deepest) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Goes no deeper than it is asked to. */
function isWithin(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((one) => isWithin(one, levels - 1));
}
