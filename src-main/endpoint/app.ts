import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../contract/index.ts';
import { type Answer, refusal } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { failureOf } from './failures.ts';
import type { Responder } from './responder.ts';
import { notFound, type PathRoutes, type Route } from './routes.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The call this request is; set on arrival. */
    exchange: Exchange | null;
  }
}

/** What differs between calls from the wire and calls played again. */
export interface AppParts {
  routes: Map<string, PathRoutes>;
  responder: Pick<Responder, 'run' | 'answerRead'>;
  log: Log;
  arrive(request: FastifyRequest): Exchange;
  /** Answers what did not get past the gate. */
  turnAway(exchange: Exchange, reply: FastifyReply, answer: Answer): void;
}

/** What a route of the host's own needs of the app. */
export interface ServedApp {
  /** The call a request is, made on the first question. */
  exchangeOf(request: FastifyRequest): Exchange;
  /** What a path that nobody serves gets. */
  turnAwayUnknown(exchange: Exchange, reply: FastifyReply): void;
  /** Answers what Fastify itself refused. */
  fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void;
}

const bodyless = new Set(['GET', 'HEAD']);

/** Routers read nothing of the query: handlers read it raw, once and only where it means something. */
const emptyQuery = {};

/** How paths are read, the same for calls from the wire and calls played again. */
export const routerOptions = {
  ignoreTrailingSlash: true,
  ignoreDuplicateSlashes: true,
  maxParamLength: 2_048,
  querystringParser: () => emptyQuery,
};

/** The way of a SCIM call through `app`: gate, body, route, answer. */
export function serveScim(app: FastifyInstance, parts: AppParts): ServedApp {
  const { responder, log, turnAway } = parts;

  function arrive(request: FastifyRequest): Exchange {
    const exchange = parts.arrive(request);
    request.exchange = exchange;
    return exchange;
  }

  /** What stands before every route: Host, Origin, and within `/scim/v2` the token. Null: go on. */
  function gate(exchange: Exchange): Answer | null {
    const { route, request, credentials, id } = exchange;
    if (!route.known) {
      return refusal(id.code, 421, 'This endpoint does not go by that host name; use the Tenant URL as it is shown.', {
        stage: 'endpoint',
      });
    }
    if (request.headers.origin !== undefined) {
      return refusal(id.code, 403, 'Web pages may not call this endpoint.', { stage: 'endpoint' });
    }
    const { expect } = request.headers;
    if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
      return refusal(id.code, 417, 'Of Expect, only 100-continue can be met here.', { stage: 'endpoint' });
    }
    if (!exchange.underBase) return notFound(exchange);
    if (credentials.accepted) return null;
    return refusal(id.code, 401, credentials.refusal, {
      stage: 'endpoint',
      headers: [['www-authenticate', 'Bearer realm="SCIM Pilot"']],
    });
  }

  function serve(route: Route, request: FastifyRequest, reply: FastifyReply): void {
    const exchange = request.exchange ?? arrive(request);
    exchange.resourceType = route.resourceType;
    const stopped = gate(exchange);
    if (stopped !== null) turnAway(exchange, reply, stopped);
    else responder.run(exchange, reply, route);
  }

  function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const exchange = request.exchange ?? arrive(request);
    const stopped = gate(exchange);
    if (stopped !== null) turnAway(exchange, reply, stopped);
    else responder.answerRead(exchange, reply, failureOf(exchange, error, log));
  }

  function turnAwayUnknown(exchange: Exchange, reply: FastifyReply): void {
    turnAway(exchange, reply, gate(exchange) ?? notFound(exchange));
  }

  /** A call arrives before its body. Those without one are met by their handler at once, and need no hook. */
  function arrived(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
    arrive(request);
    done();
  }

  const exchangeOf = (request: FastifyRequest) => request.exchange ?? arrive(request);

  app.decorateRequest('exchange', null);
  // One parser for every media type: a body is captured even when its type is refused.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, request, reply) => fail(error, request, reply));
  app.setNotFoundHandler((request, reply) => turnAwayUnknown(exchangeOf(request), reply));
  // Every method that Node's parser knows reaches a path's routes, so that those it lacks are 405 there. Node hands a CONNECT
  // to nobody.
  const methods = METHODS.filter((method) => method !== 'CONNECT');
  for (const method of methods) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true });
  }
  // With a body Fastify itself would refuse the one that comes without a Content-Type.
  app.addHttpMethod('QUERY', { hasBody: false, overrideExisting: true });
  for (const [url, routes] of parts.routes) {
    for (const method of methods) {
      const route = routes(method);
      const handler = (request: FastifyRequest, reply: FastifyReply) => serve(route, request, reply);
      app.route({ method, url, handler, ...(bodyless.has(method) ? {} : { onRequest: arrived }) });
    }
  }
  return { exchangeOf, turnAwayUnknown, fail };
}
