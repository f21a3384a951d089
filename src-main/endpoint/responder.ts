import type { FastifyReply } from 'fastify';
import type { CallRecorder, CapturedCall, Log, Outcome, Snapshot, Writer } from '../contract/index.ts';
import type { Answer } from './answer.ts';
import { type Capture, contentType } from './capture.ts';
import type { Exchange } from './exchange.ts';
import { failureOf } from './failures.ts';
import type { Route } from './routes.ts';

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
}

interface Settled {
  answer: Answer;
  call: CapturedCall;
}

export function createResponder({ writer, recorder, capture, snapshot, log }: ResponderOptions): Responder {
  function send(reply: FastifyReply, { status, headers, body }: Answer): void {
    reply.code(status).header('content-type', contentType);
    for (const [name, value] of headers) reply.header(name, value);
    if (body === null) reply.send();
    else reply.send(body);
  }

  function answerRead(exchange: Exchange, reply: FastifyReply, answer: Answer): void {
    const call = capture(exchange, answer);
    send(reply, answer);
    writer.append(
      () => recorder.insert(call),
      () => recorder.publish(call),
    );
  }

  /** What was thrown as an answer that knows which record it is about. */
  function failure(exchange: Exchange, error: unknown, route: Route): Answer {
    const answer = failureOf(exchange, error, log);
    const id = exchange.part('id');
    if (route.nameOf === undefined || answer.status >= 500) return answer;
    return { ...answer, resourceId: id, resourceName: route.nameOf(id) };
  }

  function read(exchange: Exchange, reply: FastifyReply, route: Route & { kind: 'read' }): void {
    const hangUp = new AbortController();
    let answer: Answer | Promise<Answer>;
    try {
      answer = snapshot(() => route.read(exchange, hangUp.signal));
    } catch (error) {
      answer = failure(exchange, error, route);
    }
    if (!(answer instanceof Promise)) {
      answerRead(exchange, reply, answer);
      return;
    }
    reply.raw.once('close', () => hangUp.abort());
    answer.then(
      (ready) => answerRead(exchange, reply, ready),
      (error: unknown) => answerRead(exchange, reply, failureOf(exchange, error, log)),
    );
  }

  /** State, change and record of a write are one transaction: it is answered when all of it is on disk. */
  function write(exchange: Exchange, reply: FastifyReply, route: Route, work: () => Answer): void {
    const settle = (outcome: Outcome<Answer>): Settled => {
      const answer = outcome.ok ? outcome.value : failure(exchange, outcome.error, route);
      const call = capture(exchange, answer);
      recorder.insert(call);
      return { answer, call };
    };
    writer.submit(work, settle).then(
      ({ answer, call }) => {
        send(reply, answer);
        recorder.publish(call);
      },
      (error: unknown) => answerRead(exchange, reply, failureOf(exchange, error, log)),
    );
  }

  /** Writes of several units are on disk when they are answered; the record of the whole follows. */
  function steps(exchange: Exchange, reply: FastifyReply, answer: Promise<Answer>): void {
    answer.then(
      (ready) => answerRead(exchange, reply, ready),
      (error: unknown) => answerRead(exchange, reply, failureOf(exchange, error, log)),
    );
  }

  return {
    answerRead,
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
          steps(exchange, reply, route.run(exchange, body));
          return;
        }
        write(exchange, reply, route, () => route.write(exchange, body));
      } catch (error) {
        answerRead(exchange, reply, failure(exchange, error, route));
      }
    },
  };
}
