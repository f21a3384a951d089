import type { PlainCall } from '../calls/index.ts';
import type { CapturedCall } from '../contract/index.ts';
import { asText, equalityOf, filterOf, isGuid, requestJson } from './wire.ts';

/** A search, read once for all who ask what it means. */
export interface Look {
  /** Null: everything was listed. */
  filter: string | null;
  /** One comparison for equality, as a match query is. */
  match: { attribute: string; value: string } | null;
  /** How many were found. */
  hits: number;
  /** A connectivity probe: a GUID that nobody has. */
  probe: boolean;
}

/** The search that a call was; null for any other call. */
export function lookOf(call: Pick<CapturedCall, 'method' | 'query' | 'totalResults' | 'requestBody'>): Look | null {
  const { totalResults } = call;
  if (totalResults === null) return null;
  return read(call.method, call.method === 'POST' ? asText(requestJson(call)?.filter) : filterOf(call), totalResults);
}

/** As `lookOf`, for a search that asked by its query alone. */
export function plainLookOf(call: PlainCall): Look | null {
  return call.totalResults === null ? null : read(call.method, filterOf(call), call.totalResults);
}

/**
 * Whether a call only tests the connection. Provisional: with the object id as matching attribute, the look for a user who is
 * not here yet reads the same (docs/entra.md).
 */
export function isProbe(call: Pick<CapturedCall, 'method' | 'query' | 'totalResults'>): boolean {
  return read(call.method, filterOf(call), call.totalResults ?? 0).probe;
}

function read(method: string, filter: string | null, hits: number): Look {
  const match = filter === null ? null : equalityOf(filter);
  return { filter, match, hits, probe: method === 'GET' && hits === 0 && match !== null && isGuid(match.value) };
}
