import { isUtf8 } from 'node:buffer';
import type { FastifyRequest } from 'fastify';
import type { Actor, CallId, JsonObject, ResourceType } from '../contract/index.ts';
import { isObject, ScimError } from '../scim/index.ts';
import { basePath, type Route } from './addresses.ts';
import type { Credentials } from './credentials.ts';
import { type Parameters, parseQuery } from './query-string.ts';

/** Every practice run announces itself by this; nothing is ever recognised as Entra by its User-Agent. */
const simulatorAgent = 'SCIM-Pilot-Simulator/';
/** A call played again on the live directory announces itself by this, and is practice as well. */
export const replayAgent = 'SCIM-Pilot-Replay/';

/** One call on its way, from arrival to answer. */
export class Exchange {
  readonly request: FastifyRequest;
  readonly id: CallId;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** On the monotonic clock. */
  readonly startedAt: number;
  readonly route: Route;
  readonly credentials: Credentials;
  /** As requested, without the query. */
  readonly path: string;
  /** Raw, without `?`. */
  readonly query: string;
  readonly practice: boolean;
  resourceType: ResourceType | null = null;
  /** Played again on a copy: nothing of it stays. */
  trial = false;
  #text: string | null = null;

  constructor(
    request: FastifyRequest,
    id: CallId,
    time: { at: number; startedAt: number },
    route: Route,
    credentials: Credentials,
  ) {
    this.request = request;
    this.id = id;
    this.at = time.at;
    this.startedAt = time.startedAt;
    this.route = route;
    this.credentials = credentials;
    const url = originForm(request.raw.url ?? '/');
    const mark = url.indexOf('?');
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? '' : url.slice(mark + 1);
    const agent = request.headers['user-agent'];
    this.practice = agent !== undefined && (agent.startsWith(simulatorAgent) || agent.startsWith(replayAgent));
  }

  /** Whether the path lies under `/scim/v2`, however many slashes are doubled. */
  get underBase(): boolean {
    const path = this.path.includes('//') ? this.path.replaceAll(/\/{2,}/g, '/') : this.path;
    return path.startsWith(basePath) && (path.length === basePath.length || path.charAt(basePath.length) === '/');
  }

  get actor(): Actor {
    const actor: Actor = { kind: this.practice ? 'practice' : 'azure', call: this.id };
    return this.trial ? { ...actor, trial: true } : actor;
  }

  /** Throws ScimError 400. */
  parameters(): Parameters {
    return parseQuery(this.query);
  }

  /** The `:name` part of the path, decoded. */
  part(name: string): string {
    const { params } = this.request;
    const value = isObject(params) ? params[name] : undefined;
    return typeof value === 'string' ? value : '';
  }

  /** The body's bytes; null when none was sent or none was read. */
  get bytes(): Buffer | null {
    const { body } = this.request;
    return Buffer.isBuffer(body) && body.length > 0 ? body : null;
  }

  /** The body as text; empty without one. */
  get text(): string {
    this.#text ??= this.bytes?.toString('utf8') ?? '';
    return this.#text;
  }

  /** The body as a JSON object. Throws ScimError 400 invalidSyntax, 415 for another media type or an encoded body. */
  json(): JsonObject {
    const { 'content-type': type, 'content-encoding': encoding } = this.request.headers;
    if (type !== undefined && !/^\s*application\/(scim\+)?json\s*(;|$)/i.test(type)) {
      throw new ScimError(415, `The body must be application/scim+json, not ${JSON.stringify(type.slice(0, 100))}.`);
    }
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
      throw new ScimError(415, `The body must not be encoded (${JSON.stringify(encoding.slice(0, 100))}).`);
    }
    const { bytes } = this;
    if (bytes === null) throw new ScimError(400, 'The body is empty; a JSON object is needed.', 'invalidSyntax');
    if (!isUtf8(bytes)) throw new ScimError(400, 'The body is not UTF-8 text.', 'invalidSyntax');
    const parsed = parseJson(this.text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      throw new ScimError(400, 'The body must be a JSON object.', 'invalidSyntax');
    }
    return parsed as JsonObject;
  }
}

/** The path and query of a request target, which may be a whole URL (RFC 9112 §3.2.2). */
function originForm(target: string): string {
  if (target.charCodeAt(0) === slash) return target;
  const path = /^https?:\/\/[^/?]*(.*)$/i.exec(target)?.[1];
  return path === undefined || path.startsWith('/') ? (path ?? target) : `/${path}`;
}

const slash = 47;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ScimError(400, `The body is not JSON: ${why}.`, 'invalidSyntax');
  }
}
