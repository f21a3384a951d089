import manifest from '../../../package.json' with { type: 'json' };
import type { Clock, JsonObject } from '../../contract/index.ts';
import type { SimulatorCall } from './events.ts';
import type { SimulatorRequest } from './requests.ts';
import { isObject } from './target.ts';

/** The one thing not as Entra does it: by this the endpoint knows practice calls. */
export const userAgent = `SCIM-Pilot-Simulator/${manifest.version}`;

/** Where to send, taken from the Tenant URL as an admin pastes it. */
export interface Target {
  /** Origin and path without a slash at the end. */
  base: string;
  /** The URL carried the `aadOptscim062020` flag (docs/entra.md quirk 3). */
  compliant: boolean;
}

/**
 * Reads a Tenant URL. The flag is taken off and not forwarded: whether Entra forwards it is not documented.
 * Throws a TypeError with one sentence when it isn't a URL Entra would accept.
 */
export function readTenantUrl(text: string): Target {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new TypeError(`"${text}" is not an http or https URL.`);
  if (url.username !== '' || url.password !== '')
    throw new TypeError('The Tenant URL must not hold a user name or password.');
  const flags = [...url.searchParams.keys()].map((key) => key.toLowerCase());
  return { base: url.origin + url.pathname.replace(/\/+$/, ''), compliant: flags.includes('aadoptscim062020') };
}

/** An exchange with what judging its answer needs. */
export interface Exchange extends SimulatorCall {
  /** The answer's body as a JSON object; null when it isn't one. */
  json: JsonObject | null;
  /** Why there was no answer; null when there was one. */
  problem: { kind: 'timeout' | 'unreachable'; reason: string } | null;
}

export interface Client {
  /** Never rejects for what the other side does; rejects with the signal's reason when the run is cancelled. */
  send(request: SimulatorRequest): Promise<Exchange>;
}

export interface ClientOptions {
  base: string;
  token: string;
  /** Until the whole answer is read, milliseconds. */
  timeoutMs: number;
  clock: Clock;
  signal: AbortSignal;
}

/** One request at a time, as Entra sends them; redirects are not followed (docs/entra.md §1.18). */
export function createClient({ base, token, timeoutMs, clock, signal }: ClientOptions): Client {
  let number = 0;
  return {
    async send({ method, path, body }) {
      signal.throwIfAborted();
      const url = new URL(base + path);
      const headers: Record<string, string> = { Authorization: `Bearer ${token}`, 'User-Agent': userAgent };
      if (body) headers['Content-Type'] = 'application/scim+json';
      const exchange: Exchange = {
        number: ++number,
        at: clock.now(),
        method,
        path: url.pathname + url.search,
        requestBody: body && JSON.stringify(body),
        status: null,
        responseBody: '',
        durationMs: 0,
        json: null,
        problem: null,
      };
      const began = clock.monotonic();
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(url, {
          method,
          headers,
          body: exchange.requestBody,
          redirect: 'manual',
          signal: AbortSignal.any([signal, timeout]),
        });
        exchange.responseBody = await response.text();
        exchange.status = response.status;
        exchange.json = parseObject(exchange.responseBody);
      } catch (error) {
        signal.throwIfAborted();
        exchange.problem = timeout.aborted
          ? { kind: 'timeout', reason: `no answer within ${timeoutMs / 1000} s` }
          : { kind: 'unreachable', reason: reasonOf(error) };
      }
      exchange.durationMs = clock.monotonic() - began;
      return exchange;
    },
  };
}

function parseObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    // Not JSON at all: to Entra the same as JSON that is no object.
    return null;
  }
}

/** fetch wraps what went wrong ("fetch failed"); the cause says it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  // A refused connection to a name with several addresses has an empty message and only a code.
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return cause.message || code || cause.name;
}
