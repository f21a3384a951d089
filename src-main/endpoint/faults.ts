import type { FastifyReply } from 'fastify';
import { faultMinutes, retryAfterSeconds, slowSeconds } from '../contract/catalogue/faults.ts';
import type { Clock, FaultKind, FaultLab, FaultOrder } from '../contract/index.ts';
import { type Answer, refusal } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Responder } from './responder.ts';
import type { Route } from './routes.ts';

export interface Faults {
  /** Null while it is off. */
  state(): FaultLab | null;
  /** Switches it on, in place of what was on. */
  start(order: FaultOrder): void;
  stop(): void;
  /** Serves a practice call, wrongly when a fault is due. */
  serve(exchange: Exchange, reply: FastifyReply, route: Route): void;
  /** Ends it; calls that are held back are served now. */
  close(): void;
}

/**
 * Answers practice calls wrongly on purpose, to show what Entra makes of it. It is asked about practice calls alone: against
 * real Azure such answers would quarantine real jobs. It ends by itself, and a pilot starts without it.
 */
export function createFaults(clock: Clock, responder: Responder, changed: () => void): Faults {
  let lab: FaultLab | null = null;
  let end: NodeJS.Timeout | undefined;
  const held = new Map<NodeJS.Timeout, () => void>();

  function stop(): void {
    clearTimeout(end);
    if (lab === null) return;
    lab = null;
    changed();
  }

  function taken(): void {
    if (lab === null) return;
    lab = { ...lab, left: lab.left - 1 };
    if (lab.left === 0) stop();
    else changed();
  }

  function holdBack(serve: () => void): void {
    const timer = setTimeout(() => {
      held.delete(timer);
      serve();
    }, slowSeconds * 1_000);
    held.set(timer, serve);
  }

  function fail(kind: FaultKind, exchange: Exchange, reply: FastifyReply, route: Route): void {
    const refuse = (status: number, how: string, headers: Answer['headers'] = []) =>
      refusal(exchange.id.code, status, `Fault lab: ${how}`, { stage: 'endpoint', headers });
    switch (kind) {
      case 'unauthorized':
        responder.answerRead(exchange, reply, refuse(401, 'the token was refused on purpose.', [wantsBearer]));
        return;
      case 'throttled': {
        const wait: [string, string] = ['retry-after', String(retryAfterSeconds)];
        responder.answerRead(exchange, reply, refuse(429, 'too many requests, on purpose.', [wait]));
        return;
      }
      case 'server-error':
        responder.answerRead(exchange, reply, refuse(500, 'an internal error, on purpose.'));
        return;
      case 'cut':
        responder.answerHeld(exchange, reply, refuse(499, 'the connection was cut on purpose.'), () => {
          reply.hijack();
          reply.raw.destroy();
        });
        return;
      case 'slow':
        holdBack(() => responder.run(exchange, reply, route));
        return;
      case 'malformed':
        responder.run(exchange, reply, answering(route, broken));
        return;
      case 'not-found':
        responder.run(
          exchange,
          reply,
          answering(route, (answer) => {
            if (answer.totalResults !== 0) return answer;
            taken();
            return refuse(404, 'a query without a hit was answered 404 on purpose.');
          }),
        );
    }
  }

  return {
    state: () => lab,
    start(order) {
      clearTimeout(end);
      const ms = faultMinutes * 60_000;
      lab = { ...order, left: order.count, until: clock.now() + ms };
      end = setTimeout(stop, ms).unref();
      changed();
    },
    stop,
    serve(exchange, reply, route) {
      if (lab === null || !takes(lab, exchange, route)) {
        responder.run(exchange, reply, route);
        return;
      }
      const { kind } = lab;
      // Whether a query finds nothing is known only once it has run.
      if (kind !== 'not-found') taken();
      fail(kind, exchange, reply, route);
    },
    close() {
      stop();
      for (const [timer, serve] of held) {
        clearTimeout(timer);
        serve();
      }
      held.clear();
    },
  };
}

const wantsBearer: [string, string] = ['www-authenticate', 'Bearer realm="SCIM Pilot"'];

function takes({ kind, calls }: FaultLab, { request, query }: Exchange, { resourceType }: Route): boolean {
  const { method } = request;
  const asks = method === 'GET' && /(^|&)filter=/i.test(query);
  if (kind === 'not-found') return asks;
  switch (calls) {
    case 'all':
      return true;
    case 'queries':
      return asks;
    case 'creates':
      return method === 'POST' && resourceType !== null;
    case 'updates':
      return method === 'PATCH' || method === 'PUT';
    case 'deletes':
      return method === 'DELETE';
  }
}

/** The route, with `change` done to what it answers. */
function answering(route: Route, change: (answer: Answer) => Answer): Route {
  switch (route.kind) {
    case 'read':
      return {
        ...route,
        read(exchange, hangUp) {
          const answer = route.read(exchange, hangUp);
          return answer instanceof Promise ? answer.then(change) : change(answer);
        },
      };
    case 'write':
      return { ...route, write: (exchange, body) => change(route.write(exchange, body)) };
    case 'bodyless':
      return { ...route, write: (exchange: Exchange) => change(route.write(exchange)) };
    case 'steps':
      return { ...route, run: async (exchange, body) => change(await route.run(exchange, body)) };
  }
}

/** The first half of an answer. One without a body, or with one that is streamed, gets half of nothing. */
function broken(answer: Answer): Answer {
  const body = answer.body ?? '{"schemas":[]}';
  return {
    ...answer,
    status: answer.status === 204 ? 200 : answer.status,
    body: body.slice(0, body.length / 2),
    stream: null,
    detail: 'Fault lab: the answer breaks off on purpose.',
    shows: null,
  };
}
