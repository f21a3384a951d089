import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { StartError } from '../contract/catalogue/errors.ts';
import type {
  CallRecorder,
  CapturedCall,
  Clock,
  GroupRepository,
  Log,
  Snapshot,
  UserRepository,
  Writer,
} from '../contract/index.ts';
import type { Filter, SchemaRegistry } from '../scim/index.ts';
import { type Addresses, basePath, createAddresses, hostOf, sourceOf } from './addresses.ts';
import type { Answer } from './answer.ts';
import { routerOptions, serveScim } from './app.ts';
import { createBulk } from './bulk/index.ts';
import { type Capture, createCapture } from './capture.ts';
import type { CheckCredentials } from './credentials.ts';
import { Exchange } from './exchange.ts';
import { failureOf } from './failures.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGuesses } from './guesses.ts';
import { bodyLimit } from './limits.ts';
import { createMalformedHandler } from './malformed.ts';
import { createRedactor } from './redact.ts';
import { createResponder } from './responder.ts';
import { createRoutes } from './routes.ts';
import type { SecretToken } from './secret-token.ts';

export interface EndpointOptions {
  users: UserRepository<Filter>;
  groups: GroupRepository<Filter>;
  /** The schemas in force; the same object until they change. */
  registry(): SchemaRegistry;
  writer: Writer;
  recorder: CallRecorder;
  snapshot: Snapshot;
  clock: Clock;
  log: Log;
  token: SecretToken;
  /** Whether a call only tests the connection, as Azure does before it saves a token and before each of its runs. */
  isProbe(call: CapturedCall): boolean;
  /** The answer to a question by which the tunnel finds out whether the public address leads here; null for any other. */
  answerToReach(question: string): string | null;
  port: { number: number; explicit: boolean };
  /** The fault lab was switched on or off, or took a call. */
  onFaults(): void;
}

/** The SCIM listener: SCIM and nothing else, and the only thing that is ever tunnelled. */
export interface Endpoint {
  /** `http://127.0.0.1:<port>/scim/v2`. */
  url: string;
  port: number;
  /** The default port that was taken; null when we have the port that was asked for. */
  movedFrom: number | null;
  /** The public address that leads here from now on, e.g. `https://pilot.example`; null: none. */
  setPublicOrigin(origin: string | null): void;
  /** What is done to practice calls on purpose. */
  faults: Pick<Faults, 'state' | 'start' | 'stop'>;
  /** Serves a connection that a tunnel of ours brings. What comes by it must go by the public address. */
  accept(socket: Socket): void;
  /** Takes no new calls and finishes the running ones (for at most five seconds). Their records are with the writer then. */
  close(): Promise<void>;
}

/** Starts to listen on 127.0.0.1. Throws `StartError` 'port-taken'. */
export async function createEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { recorder, writer, snapshot, clock, log, token } = options;
  const check: CheckCredentials = (header, at) => token.check(header, at);
  const redactor = createRedactor(token.plain);
  const guesses = createGuesses(clock);
  const record = createCapture(redactor, clock);
  const capture: Capture = (exchange, answer, streamed) => {
    const call = record(exchange, answer, streamed);
    noteUse(exchange, call);
    return call;
  };
  const responder = createResponder({ recorder, writer, snapshot, log, capture });
  const faults = createFaults(clock, responder, options.onFaults);
  const bulk = createBulk({ ...options, failureOf: (exchange, error) => failureOf(exchange, error, log) });
  // Known once we listen; until then no Host is ours.
  let addresses: Addresses = createAddresses(options.port.number, null);

  const app: FastifyInstance = fastify({
    logger: false,
    trustProxy: false,
    exposeHeadRoutes: false,
    bodyLimit,
    requestTimeout: 60_000,
    // ngrok and Azure keep connections open between calls; closing one just as it is used would look like a failure.
    keepAliveTimeout: 75_000,
    // A call without Host is for the gate to refuse in SCIM's words; Node's own refusal has no body and no record.
    http: { headersTimeout: 20_000, requireHostHeader: false },
    // Calls that come while we close are still served; only then the connection ends.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    routerOptions,
    frameworkErrors: (error, request, reply) => served.fail(error, request, reply),
    clientErrorHandler: createMalformedHandler({ recorder, writer, clock, redactor, check }),
  });

  const tunnelled = new WeakSet<Socket>();

  /** Which token Azure calls with, and what for. */
  function noteUse({ credentials, practice }: Exchange, call: CapturedCall): void {
    if (!credentials.accepted || credentials.token === token.azureUses) return;
    if (call.via !== 'public' || practice || call.stage === 'endpoint') return;
    const working = call.resourceType !== null || call.method !== 'GET';
    token.calledByAzure(credentials.token, working && !options.isProbe(call));
  }

  function arrive(request: FastifyRequest): Exchange {
    const startedAt = clock.monotonic();
    const found = addresses.routeOf(hostOf(request.raw));
    const route = found.via === 'local' && tunnelled.has(request.raw.socket) ? addresses.stranger : found;
    const time = { at: clock.now(), startedAt };
    const credentials = check(request.headers.authorization, time.at);
    return new Exchange(request, recorder.nextId(), time, route, credentials);
  }

  /** What did not get past the gate. A wrong token is told of in the status, and whoever tries one after the other has to wait. */
  function turnAway(exchange: Exchange, reply: FastifyReply, answer: Answer): void {
    const { credentials, request, route, at } = exchange;
    if (answer.status !== 401 || credentials.accepted || credentials.refused === null) {
      responder.answerRead(exchange, reply, answer);
      return;
    }
    if (!exchange.practice) token.refused({ ...credentials.refused, calls: 1, via: route.via, lastAt: at });
    const source = sourceOf(request.raw, route.via);
    responder.answerHeld(exchange, reply, answer, (send) => guesses.hold(source, send));
  }

  const served = serveScim(app, {
    routes: createRoutes({ ...options, bulk }),
    responder: {
      answerRead: responder.answerRead,
      run(exchange, reply, route) {
        if (exchange.practice) faults.serve(exchange, reply, route);
        else responder.run(exchange, reply, route);
      },
    },
    log,
    arrive,
    turnAway,
  });
  // Node's own 417 has no body and no record.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));

  // Not a provisioning call, so it leaves no record; whoever does not know the question of this moment gets what every other
  // unknown path gets.
  app.get(`${basePath}/.reach/:question`, (request, reply) => {
    const exchange = served.exchangeOf(request);
    const ours = exchange.route.known && request.headers.origin === undefined;
    const answer = ours ? options.answerToReach(exchange.part('question')) : null;
    if (answer === null) served.turnAwayUnknown(exchange, reply);
    else void reply.header('cache-control', 'no-store').type('text/plain').send(answer);
  });

  const movedFrom = await listen(app, options.port);
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port.number;
  addresses = createAddresses(port, null);

  let closing: Promise<void> | null = null;
  return {
    url: addresses.localUrl,
    port,
    movedFrom,
    setPublicOrigin(origin) {
      addresses = createAddresses(port, origin);
    },
    faults,
    accept(socket) {
      tunnelled.add(socket);
      app.server.emit('connection', socket);
    },
    close() {
      guesses.close();
      faults.close();
      closing ??= closeGently(app);
      return closing;
    },
  };
}

/** Gives the port that was taken when another one is used in its place. */
async function listen(app: FastifyInstance, port: EndpointOptions['port']): Promise<number | null> {
  try {
    await app.listen({ host: '127.0.0.1', port: port.number });
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (port.explicit) {
      const why = code === 'EACCES' ? 'may not be used by this account' : 'is used by another program';
      throw new StartError(
        'port-taken',
        `Port ${port.number} on 127.0.0.1 ${why}.`,
        'Stop the other program, or name another port with --port (0: any free one).',
        { cause: error },
      );
    }
    await app.listen({ host: '127.0.0.1', port: 0 });
    return port.number;
  }
}

async function closeGently(app: FastifyInstance): Promise<void> {
  // What was answered in this turn is sent first: connections that have nothing more to send end at once.
  await turn();
  const deadline = setTimeout(() => app.server.closeAllConnections(), 5_000);
  try {
    await app.close();
  } finally {
    clearTimeout(deadline);
  }
}
