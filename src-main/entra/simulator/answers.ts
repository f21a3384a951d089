import type { JsonObject } from '../../contract/index.ts';
import type { Exchange } from './client.ts';
import { isObject } from './target.ts';

/** Codes of Azure's provisioning log that the simulator can come to (docs/entra.md §8.1). */
export type EntraErrorCode =
  | 'DuplicateTargetEntries'
  | 'EntryConflict'
  | 'InsufficientRights'
  | 'InternalServerError'
  | 'InvalidAnchor'
  | 'MethodNotAllowed'
  | 'NotImplemented'
  | 'SystemForCrossDomainIdentityManagementServiceIncompatible'
  | 'Timeout'
  | 'TooManyRequests'
  | 'Unauthorized'
  | 'UnprocessableEntity'
  | 'WebExceptionProtocolError';

/** An answer that Entra takes as a failure. `stops`: not only this object, the whole job goes no further (quarantine at once). */
export interface Refusal {
  code: EntraErrorCode;
  sentence: string;
  stops: boolean;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** A returned resource with the id that Entra keeps. */
export interface KnownResource {
  id: string;
  resource: JsonObject;
}

const incompatible = 'SystemForCrossDomainIdentityManagementServiceIncompatible';

function refuse(code: EntraErrorCode, sentence: string, stops = false): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { code, sentence, stops } };
}

/** What Entra quotes of an answer, short enough for a line. */
function quote(exchange: Exchange): string {
  const detail = exchange.json?.detail;
  const text = (typeof detail === 'string' ? detail : exchange.responseBody).replace(/\s+/g, ' ').trim();
  if (text === '') return 'The body was empty.';
  return `Web Response: ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}

function undeserializable(exchange: Exchange, what: string): { ok: false; refusal: Refusal } {
  return refuse(
    incompatible,
    `We are not able to deserialize the resource received from your SCIM endpoint (${what}). ${quote(exchange)}`,
  );
}

/** Failures that mean the same whatever was asked (§1.18); null when the answer needs a closer look. */
function commonRefusal(exchange: Exchange): { ok: false; refusal: Refusal } | null {
  const { status, problem } = exchange;
  if (problem?.kind === 'timeout')
    return refuse(
      'Timeout',
      `The endpoint gave ${problem.reason}. Entra tries again in the next cycle, 40 minutes later.`,
    );
  if (problem)
    return refuse(
      'WebExceptionProtocolError',
      `The endpoint can't be reached: ${problem.reason}. Entra tries again in the next cycle, 40 minutes later.`,
    );
  if (status === 401 || status === 403)
    return refuse(
      status === 401 ? 'Unauthorized' : 'InsufficientRights',
      `You appear to have entered invalid credentials. Please confirm you are using the correct information for an administrative account. (The endpoint answered ${status}; a running job goes into quarantine at once.)`,
      true,
    );
  if (status === 429)
    return refuse(
      'TooManyRequests',
      'The endpoint answered 429. Entra tries again by itself; throttling it for long leads into quarantine.',
    );
  if (status === 501)
    return refuse('NotImplemented', `The endpoint doesn't implement this request. ${quote(exchange)}`);
  if (status === 405)
    return refuse('MethodNotAllowed', `The endpoint refuses ${exchange.method} here. ${quote(exchange)}`);
  if (status !== null && status >= 500)
    return refuse(
      'InternalServerError',
      `The endpoint answered ${status}. Entra tries again in the next cycle, 40 minutes later. ${quote(exchange)}`,
    );
  if (status !== null && status >= 300 && status < 400)
    return refuse(
      'WebExceptionProtocolError',
      `The endpoint answered with a redirect (${status}). Whether Entra follows is not documented, and the token may get lost.`,
    );
  return null;
}

/** Any other refusal of an object: Entra quotes the body in its log and tries the object again. */
function objectRefusal(exchange: Exchange): { ok: false; refusal: Refusal } {
  const { status } = exchange;
  const codes: Partial<Record<number, EntraErrorCode>> = {
    404: 'InvalidAnchor',
    409: 'EntryConflict',
    422: 'UnprocessableEntity',
  };
  return refuse(codes[status ?? 0] ?? incompatible, `StatusCode: ${status}. ${quote(exchange)}`);
}

/**
 * Reads the answer to a query: 200 and a ListResponse, also when nothing was found (docs/entra.md §1.4, quirks 21 to 23).
 * A 404 puts the job into quarantine.
 */
export function readList(exchange: Exchange): Answer<JsonObject[]> {
  const common = commonRefusal(exchange);
  if (common) return common;
  if (exchange.status === 404)
    return refuse(
      incompatible,
      'An HTTP/404 Not Found response was returned rather than the expected HTTP/200 OK response. A query that finds nothing must be answered with an empty ListResponse; check the Tenant URL too. Entra quarantines the job.',
      true,
    );
  if (exchange.status !== 200) return objectRefusal(exchange);
  if (!exchange.json) return undeserializable(exchange, 'not a JSON object');
  const { totalResults, Resources: resources } = exchange.json;
  if (typeof totalResults !== 'number') return undeserializable(exchange, 'no ListResponse: totalResults is missing');
  // RFC 7644 §3.4.2 lets an empty list leave Resources out.
  if (resources === undefined && totalResults === 0) return { ok: true, value: [] };
  if (!Array.isArray(resources)) return undeserializable(exchange, 'Resources is not a list');
  if (!resources.every(isObject)) return undeserializable(exchange, 'Resources holds something that is no resource');
  return { ok: true, value: resources };
}

/** The id Entra keeps for an object, out of one returned resource. */
export function readResource(exchange: Exchange, resource: JsonObject): Answer<KnownResource> {
  const { id } = resource;
  if (typeof id !== 'string' || id === '') return undeserializable(exchange, 'the resource has no id');
  return { ok: true, value: { id, resource } };
}

/** A match query's answer: nobody, one, or `DuplicateTargetEntries`. */
export function readMatch(exchange: Exchange): Answer<KnownResource | null> {
  const list = readList(exchange);
  if (!list.ok) return list;
  const [first] = list.value;
  if (!first) return { ok: true, value: null };
  if (list.value.length > 1)
    return refuse(
      'DuplicateTargetEntries',
      `The query found ${list.value.length} objects where one at most may match. Entra skips the object; remove the duplicates, or match on another attribute.`,
    );
  return readResource(exchange, first);
}

/** The answer to a create: 201 (Microsoft's gallery test takes 200 too) and the resource with its id (§1.3). */
export function readCreated(exchange: Exchange): Answer<KnownResource> {
  const common = commonRefusal(exchange);
  if (common) return common;
  if (exchange.status === 409)
    return refuse(
      'EntryConflict',
      `The endpoint has a conflicting object that the match query didn't find. Entra keeps this one in escrow and tries again. ${quote(exchange)}`,
    );
  if (exchange.status !== 201 && exchange.status !== 200) return objectRefusal(exchange);
  if (!exchange.json) return undeserializable(exchange, 'not a JSON object');
  return readResource(exchange, exchange.json);
}

/** The answer to a read by id (§1.5). */
export function readKnown(exchange: Exchange): Answer<KnownResource> {
  const common = commonRefusal(exchange);
  if (common) return common;
  if (exchange.status === 404)
    return refuse(
      'InvalidAnchor',
      'The endpoint no longer knows the id Entra keeps for this object. The cure in Azure is a restart with a full reset.',
    );
  if (exchange.status !== 200) return objectRefusal(exchange);
  if (!exchange.json) return undeserializable(exchange, 'not a JSON object');
  return readResource(exchange, exchange.json);
}

/** The answer to a PATCH: 204, or 200 with a body that is not needed whole (§1.6). */
export function readPatched(exchange: Exchange): Answer<true> {
  const common = commonRefusal(exchange);
  if (common) return common;
  if (exchange.status === 204) return { ok: true, value: true };
  if (exchange.status !== 200) return objectRefusal(exchange);
  return exchange.json ? { ok: true, value: true } : undeserializable(exchange, 'not a JSON object');
}

/** The answer to a DELETE: 204; a 404 says that it was gone before, which is what was wanted (§1.11). */
export function readDeleted(exchange: Exchange): Answer<true> {
  const common = commonRefusal(exchange);
  if (common) return common;
  return exchange.status === 204 || exchange.status === 404 ? { ok: true, value: true } : objectRefusal(exchange);
}
