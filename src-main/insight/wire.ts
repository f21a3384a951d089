import { doubledBearer } from '../contract/catalogue/credentials.ts';
import type { CapturedCall, Json, JsonObject } from '../contract/index.ts';

/** The value of a captured request header; undefined when it was not sent. */
export function requestHeader(call: Pick<CapturedCall, 'requestHeaders'>, name: string): string | undefined {
  return call.requestHeaders.find(([given]) => given.length === name.length && given.toLowerCase() === name)?.[1];
}

export function isDoubledBearer(call: Pick<CapturedCall, 'requestHeaders'>): boolean {
  return requestHeader(call, 'authorization') === doubledBearer;
}

/** The request body where it is a whole JSON object; null otherwise. */
export function requestJson(call: Pick<CapturedCall, 'requestBody'>): JsonObject | null {
  const { requestBody } = call;
  if (requestBody === null || requestBody.cut) return null;
  try {
    return asObject(JSON.parse(requestBody.text) as Json);
  } catch {
    return null;
  }
}

export function asObject(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}

export function asText(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The `filter` of a query, decoded; null without one (or with one that can't be decoded). */
export function filterOf(call: Pick<CapturedCall, 'query'>): string | null {
  if (!/filter=/i.test(call.query)) return null;
  for (const part of call.query.split('&')) {
    const equals = part.indexOf('=');
    if (equals < 0 || part.slice(0, equals).toLowerCase() !== 'filter') continue;
    try {
      return decodeURIComponent(part.slice(equals + 1).replaceAll('+', ' '));
    } catch {
      return null;
    }
  }
  return null;
}

/** One comparison for equality, as a match query is: attribute and value. Null for every other filter. */
export function equalityOf(filter: string): { attribute: string; value: string } | null {
  const found = /^\s*([^\s[\]()]+(?:\[[^\]]*\][.\w]*)?)\s+eq\s+(?:"((?:[^"\\]|\\.)*)"|([^\s"()]+))\s*$/i.exec(filter);
  if (found === null) return null;
  const value = found[2]?.replaceAll(/\\(["\\/])/g, '$1') ?? found[3] ?? '';
  return { attribute: found[1] ?? '', value };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** `2 members`, `1 member`. */
export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

/** Names one after the other; of many (`total`, where `names` are only the first of them) the first two and how many more. */
export function listNames(names: readonly string[], total = names.length): string {
  if (total <= 3) return names.join(', ');
  return `${names.slice(0, 2).join(', ')} and ${total - 2} more`;
}
