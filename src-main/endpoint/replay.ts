import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };
import type {
  CallId,
  CapturedCall,
  GroupRepository,
  Outcome,
  Reference,
  ReplayPlace,
  ReplayRequest,
} from '../contract/index.ts';
import type { Filter } from '../scim/index.ts';
import type { Route as Address } from './addresses.ts';
import type { Answer } from './answer.ts';
import { routerOptions, serveScim } from './app.ts';
import { createBulk } from './bulk/index.ts';
import { createCapture, type StreamedText } from './capture.ts';
import type { Credentials } from './credentials.ts';
import { Exchange, replayAgent } from './exchange.ts';
import { failureOf } from './failures.ts';
import { bodyLimit } from './limits.ts';
import type { EndpointOptions } from './listener.ts';
import { recordAnswered } from './record.ts';
import { captureLimit, createRedactor } from './redact.ts';
import { createRoutes, type Route } from './routes.ts';

/** One call to be played again. */
export interface ReplayOrder {
  request: ReplayRequest;
  place: ReplayPlace;
  /** The call it was: on a copy the answer bears its code, so that only what matters differs. */
  as: CallId;
  /** The SCIM root that the answer shows, as the original's caller knew it. */
  baseUrl: string;
}

/**
 * Plays calls again through the endpoint's own code, without a network and without a token.
 */
export interface Replayer {
  /** The call as it would be recorded; on the live directory it is. One at a time, in the order they were asked for. */
  run(order: ReplayOrder, signal: AbortSignal): Promise<CapturedCall>;
  close(): Promise<void>;
}

/** Thrown by a write on a copy when all is done: the writer rolls it back, and whoever remembers any of it hears so. */
class Undone extends Error {
  readonly answer: Drained;
  constructor(answer: Drained) {
    super('Tried on a copy.');
    this.answer = answer;
  }
}

/** An answer whose body, if it comes in pieces, was read as far as a record keeps it. */
interface Drained {
  answer: Answer;
  streamed: StreamedText | null;
}

interface Running extends ReplayOrder {
  signal: AbortSignal;
  done(call: CapturedCall): void;
  failed(error: unknown): void;
}

const membersInPage = 1_000;

const accepted: Credentials = { accepted: true, token: '', shown: 'not needed for a replay', presented: null };

/** The call's own answer on a copy: a write is done by the writer and always rolled back, so it sees all that a real one would. */
export function createReplayer(
  options: Omit<EndpointOptions, 'port' | 'answerToReach' | 'onFaults' | 'isProbe'>,
): Replayer {
  const { users, registry, writer, recorder, snapshot, clock, log, token } = options;
  const capture = createCapture(createRedactor(token.plain), clock);
  const groups = readInPlace(options.groups);
  let app: FastifyInstance | null = null;
  let running: Running | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function current(): Running {
    if (running === null) throw new Error('No call is being played again.');
    return running;
  }

  function failure(exchange: Exchange, error: unknown, route: Route): Drained {
    const answer = failureOf(exchange, error, log);
    if (route.nameOf === undefined || answer.status >= 500) return { answer, streamed: null };
    const id = exchange.part('id');
    return { answer: { ...answer, resourceId: id, resourceName: route.nameOf(id) }, streamed: null };
  }

  /** The body is kept as text: what it shows may not stay. */
  function record(exchange: Exchange, { answer, streamed }: Drained): CapturedCall {
    return capture(exchange, { ...answer, shows: null }, streamed ?? undefined);
  }

  function end(reply: FastifyReply, call: CapturedCall): void {
    current().done(call);
    close(reply);
  }

  function close(reply: FastifyReply): void {
    reply.hijack();
    reply.raw.end();
  }

  function fail(reply: FastifyReply, error: unknown): void {
    current().failed(error);
    close(reply);
  }

  function answerRead(exchange: Exchange, reply: FastifyReply, drained: Drained): void {
    const call = record(exchange, drained);
    if (current().place === 'live') recordAnswered(writer, recorder, call);
    end(reply, call);
  }

  async function read(exchange: Exchange, reply: FastifyReply, route: Route & { kind: 'read' }): Promise<void> {
    let drained: Drained;
    const { signal } = current();
    try {
      const answer = snapshot(() => route.read(exchange, () => signal));
      drained = drain(answer instanceof Promise ? await answer : answer);
    } catch (error) {
      if (signal.aborted) throw error;
      drained = failure(exchange, error, route);
    }
    answerRead(exchange, reply, drained);
  }

  /** State, change and record in one transaction, as any call's. */
  async function writeLive(exchange: Exchange, reply: FastifyReply, route: Route, work: () => Answer): Promise<void> {
    const { call, publish } = await writer.submit(
      () => drain(work()),
      (outcome: Outcome<Drained>) => {
        const recorded = record(exchange, outcome.ok ? outcome.value : failure(exchange, outcome.error, route));
        return { call: recorded, publish: recorder.insert(recorded) };
      },
    );
    publish();
    end(reply, call);
  }

  async function writeOnCopy(exchange: Exchange, reply: FastifyReply, route: Route, work: () => Answer): Promise<void> {
    const drained = await writer.submit(
      () =>
        writer.within((): never => {
          throw new Undone(drain(work()));
        }),
      (outcome) => {
        const tried = outcome.ok ? outcome.value : outcome;
        const error = tried.ok ? null : tried.error;
        return error instanceof Undone ? error.answer : failure(exchange, error, route);
      },
    );
    end(reply, record(exchange, drained));
  }

  async function run(exchange: Exchange, reply: FastifyReply, route: Route): Promise<void> {
    if (route.kind === 'read') return read(exchange, reply, route);
    const write = current().place === 'live' ? writeLive : writeOnCopy;
    if (route.kind === 'bodyless') return write(exchange, reply, route, () => route.write(exchange));
    let body: ReturnType<Exchange['json']>;
    try {
      body = exchange.json();
    } catch (error) {
      return answerRead(exchange, reply, failure(exchange, error, route));
    }
    if (route.kind === 'write') return write(exchange, reply, route, () => route.write(exchange, body));
    if (current().place === 'copy') return writeOnCopy(exchange, reply, route, () => route.runWithin(exchange, body));
    answerRead(exchange, reply, drain(await route.run(exchange, body)));
  }

  function createApp(): FastifyInstance {
    const made: FastifyInstance = fastify({
      logger: false,
      exposeHeadRoutes: false,
      bodyLimit,
      routerOptions,
      frameworkErrors: (error, request, reply) => served.fail(error, request, reply),
    });
    const served = serveScim(made, {
      routes: createRoutes({
        users,
        groups,
        registry,
        bulk: createBulk({ ...options, groups, failureOf: (exchange, error) => failureOf(exchange, error, log) }),
      }),
      responder: {
        run(exchange, reply, route) {
          run(exchange, reply, route).catch((error: unknown) => fail(reply, error));
        },
        answerRead: (exchange, reply, answer) => answerRead(exchange, reply, { answer, streamed: null }),
      },
      log,
      arrive(request) {
        const { place, as, baseUrl } = current();
        const id = place === 'live' ? recorder.nextId() : as;
        const time = { at: clock.now(), startedAt: clock.monotonic() };
        const address: Address = { known: true, via: 'local', baseUrl };
        const exchange = new Exchange(request, id, time, address, accepted);
        exchange.trial = place === 'copy';
        return exchange;
      },
      turnAway: (exchange, reply, answer) => answerRead(exchange, reply, { answer, streamed: null }),
    });
    return made;
  }

  async function play(order: ReplayOrder, signal: AbortSignal): Promise<CapturedCall> {
    signal.throwIfAborted();
    app ??= createApp();
    const { request, place, as, baseUrl } = order;
    const result = new Promise<CapturedCall>((done, failed) => {
      running = { ...order, signal, done, failed };
    });
    // Whoever awaits the injection first must not leave a refusal unheard.
    result.catch(() => undefined);
    try {
      await app.inject({
        // Any of Node's methods; the type names the usual ones only.
        method: request.method as 'GET',
        url: request.target,
        headers: { host: new URL(baseUrl).host, ...headersOf(request, place, as) },
        ...(request.body === null ? {} : { payload: request.body }),
      });
      return await result;
    } finally {
      running = null;
    }
  }

  return {
    run(order, signal) {
      const call = last.then(() => play(order, signal));
      last = call.catch(() => undefined);
      return call;
    },
    async close() {
      await last;
      await app?.close();
    },
  };
}

/** On the live directory a replay says that it is one, and which call it plays. */
function headersOf({ headers }: ReplayRequest, place: ReplayPlace, as: CallId): Record<string, string> {
  const sent = new Map<string, [string, string]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const before = sent.get(lower);
    sent.set(lower, before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`]);
  }
  const agent = sent.get('user-agent')?.[1] ?? '';
  const marked = `${replayAgent}${manifest.version} (call ${as.code})`;
  sent.set('user-agent', ['User-Agent', place === 'live' ? marked : agent]);
  return Object.fromEntries(sent.values());
}

/** Reads a streamed body as far as a record keeps it, and no further. */
function drain(answer: Answer): Drained {
  if (answer.stream === null) return { answer, streamed: null };
  const open = answer.stream.open();
  try {
    let start = '';
    while (start.length <= captureLimit) {
      const piece = open.pieces.next();
      if (piece.done) break;
      start += piece.value;
    }
    return { answer, streamed: { start, bytes: Buffer.byteLength(start) } };
  } finally {
    open.end();
  }
}

/** The groups as the writer's own transaction sees them: a big group's answer is read where what it shows was written. */
function readInPlace(groups: GroupRepository<Filter>): GroupRepository<Filter> {
  return {
    ...groups,
    snapshot: () => ({
      get: groups.get,
      *memberPages(id, limit): Generator<Reference[], void> {
        let after: string | null = null;
        for (;;) {
          const page: Reference[] = groups.members(id, after, Math.min(limit, membersInPage));
          const end = page.at(-1);
          if (end === undefined) return;
          yield page;
          after = end.value;
        }
      },
      end() {},
    }),
  };
}
