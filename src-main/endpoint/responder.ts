import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { CallRecorder, CapturedCall, Log, Outcome, Snapshot, Writer } from '../contract/index.ts';
import { contentType } from '../scim/index.ts';
import { type Answer, refusal, type StreamedBody } from './answer.ts';
import type { Capture } from './capture.ts';
import type { Exchange } from './exchange.ts';
import { failureOf } from './failures.ts';
import { recordAnswered } from './record.ts';
import type { Route } from './routes.ts';
import { createStreams, type StreamEnd } from './streams.ts';

export interface ResponderOptions {
  writer: Writer;
  recorder: CallRecorder;
  capture: Capture;
  snapshot: Snapshot;
  log: Log;
}

/** Runs a route and answers, leaving a record of the call either way. */
export interface Responder {
  run(exchange: Exchange, reply: FastifyReply, route: Route): void;
  /** Answers at once and lets the record follow in the next group. */
  answerRead(exchange: Exchange, reply: FastifyReply, answer: Answer): void;
  /** Records the call at once, and answers when `hold` says so. */
  answerHeld(exchange: Exchange, reply: FastifyReply, answer: Answer, hold: (send: () => void) => void): void;
}

interface Settled {
  answer: Answer;
  publish: () => void;
}

export function createResponder({ writer, recorder, capture, snapshot, log }: ResponderOptions): Responder {
  const streams = createStreams();

  function send(reply: FastifyReply, { status, headers, body }: Answer): void {
    // Fastify's own way through its hooks, of which there are none here, costs more than what it does.
    reply.hijack();
    const bytes = body === null ? 0 : Buffer.byteLength(body);
    const named =
      body === null ? ['content-length', '0'] : ['content-type', contentType, 'content-length', String(bytes)];
    for (const [name, value] of headers) named.push(name, value);
    const { raw } = reply;
    raw.writeHead(status, named);
    if (body === null) raw.end();
    // Nothing but ASCII: Latin-1 says the same and is copied, where UTF-8 is encoded into three times the room.
    else raw.end(body, bytes === body.length ? 'latin1' : 'utf8');
  }

  const store = (call: CapturedCall) => recordAnswered(writer, recorder, call);

  function answerRead(exchange: Exchange, reply: FastifyReply, answer: Answer): void {
    if (answer.stream !== null) {
      answerStreamed(exchange, reply, answer, answer.stream);
      return;
    }
    const call = capture(exchange, answer);
    // With the other answers of this turn of the event loop: sent one by one, each wakes a caller that sleeps, and that costs more
    // than the answer.
    setImmediate(() => {
      send(reply, answer);
      store(call);
    });
  }

  /** A read's record follows when its body has ended, however it did. */
  function answerStreamed(exchange: Exchange, reply: FastifyReply, answer: Answer, body: StreamedBody): void {
    if (exchange.request.method === 'HEAD') {
      const call = capture(exchange, answer);
      sendHead(reply, answer, null).end();
      store(call);
      return;
    }
    stream(reply, answer, body, (end) => {
      if (end.how === 'failed' && !reply.raw.headersSent) {
        answerRead(exchange, reply, failureOf(exchange, end.error, log));
        return;
      }
      store(capture(exchange, streamEnded(exchange, answer, end), end));
    });
  }

  /** The record of a write was stored with it: only what was sent and how long it took are to be added. */
  function streamWritten(exchange: Exchange, reply: FastifyReply, answer: Answer, body: StreamedBody): void {
    stream(reply, answer, body, (end) => {
      const call = capture(exchange, answer, end);
      if (end.how === 'failed' && !reply.raw.headersSent) {
        log.error(`Call ${exchange.id.code} was stored, but its answer failed inside the pilot`, { error: end.error });
        reply.raw.destroy();
      }
      writer.append(() => recorder.amend(call));
    });
  }

  function stream(reply: FastifyReply, answer: Answer, body: StreamedBody, ended: (end: StreamEnd) => void): void {
    streams.send(reply.raw, body, ({ etag }) => sendHead(reply, answer, etag), ended);
  }

  function sendHead(reply: FastifyReply, { status, headers }: Answer, etag: string | null): ServerResponse {
    reply.hijack();
    const named = headers.map(([name, value]) => [name, name === 'etag' ? (etag ?? value) : value]);
    return reply.raw.writeHead(status, Object.fromEntries([['content-type', contentType], ...named]));
  }

  /** What the record of a streamed answer says: how it ended, about the body and the headers that were sent. */
  function streamEnded(exchange: Exchange, answer: Answer, { how, error }: StreamEnd): Answer {
    if (how === 'whole') return answer;
    const ended =
      how === 'failed'
        ? failureOf(exchange, error, log)
        : refusal(exchange.id.code, 499, cutOff[how], { stage: 'endpoint' });
    const { status, stage, scimType, detail } = ended;
    return { ...answer, status, stage, scimType, detail };
  }

  /** What was thrown as an answer that knows which record it is about. */
  function failure(exchange: Exchange, error: unknown, route: Route): Answer {
    const answer = failureOf(exchange, error, log);
    const id = exchange.part('id');
    if (route.nameOf === undefined || answer.status >= 500) return answer;
    return { ...answer, resourceId: id, resourceName: route.nameOf(id) };
  }

  function read(exchange: Exchange, reply: FastifyReply, route: Route & { kind: 'read' }): void {
    const hangUp = () => {
      const controller = new AbortController();
      reply.raw.once('close', () => controller.abort());
      return controller.signal;
    };
    let answer: Answer | Promise<Answer>;
    try {
      answer = snapshot(() => route.read(exchange, hangUp));
    } catch (error) {
      answer = failure(exchange, error, route);
    }
    if (!(answer instanceof Promise)) {
      answerRead(exchange, reply, answer);
      return;
    }
    answerLater(exchange, reply, answer);
  }

  /** State, change and record of a write are one transaction: it is answered when all of it is on disk. */
  function write(exchange: Exchange, reply: FastifyReply, route: Route, work: () => Answer): void {
    const settle = (outcome: Outcome<Answer>): Settled => {
      const answer = outcome.ok ? outcome.value : failure(exchange, outcome.error, route);
      const call = capture(exchange, answer);
      return { answer, publish: recorder.insert(call) };
    };
    writer.submit(work, settle).then(
      ({ answer, publish }) => {
        if (answer.stream === null) send(reply, answer);
        else streamWritten(exchange, reply, answer, answer.stream);
        publish();
      },
      (error: unknown) => answerRead(exchange, reply, failureOf(exchange, error, log)),
    );
  }

  /** For reads of the query worker, and writes of several units: they are on disk when they are answered. */
  function answerLater(exchange: Exchange, reply: FastifyReply, answer: Promise<Answer>): void {
    answer.then(
      (ready) => answerRead(exchange, reply, ready),
      (error: unknown) => answerRead(exchange, reply, failureOf(exchange, error, log)),
    );
  }

  return {
    answerRead,
    answerHeld(exchange, reply, answer, hold) {
      store(capture(exchange, answer));
      hold(() => send(reply, answer));
    },
    run(exchange, reply, route) {
      if (route.kind === 'read') {
        read(exchange, reply, route);
        return;
      }
      if (route.kind === 'bodyless') {
        write(exchange, reply, route, () => route.write(exchange));
        return;
      }
      try {
        const body = exchange.json();
        if (route.kind === 'steps') {
          answerLater(exchange, reply, route.run(exchange, body));
          return;
        }
        write(exchange, reply, route, () => route.write(exchange, body));
      } catch (error) {
        answerRead(exchange, reply, failure(exchange, error, route));
      }
    },
  };
}

const cutOff = {
  'hung-up': 'The caller hung up before it had all of the answer.',
  'too-slow': 'The caller took the answer too slowly; it was ended before all of it was sent.',
};
