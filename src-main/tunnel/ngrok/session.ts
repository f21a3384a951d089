import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { ngrokProblem, type OwnTunnelCode, ownProblem, retryOwn } from '../../contract/catalogue/tunnel.ts';
import type { Clock, WorkerHost, WorkerProcess } from '../../contract/index.ts';
import { readOrigin } from '../origin.ts';
import { TunnelFailure, type TunnelSession } from '../provider.ts';
import { type News, newsSchema, type Order } from './messages.ts';

/** Limits, milliseconds (heartbeats: whole seconds). */
export interface NgrokTimings {
  /** Until the tunnel is up, or the attempt is ended. */
  startLimit: number;
  /** What a clean end may take before the process is killed. */
  closeLimit: number;
  heartbeat: { interval: number; tolerance: number };
}

const timings: NgrokTimings = { startLimit: 20_000, closeLimit: 2_000, heartbeat: { interval: 10, tolerance: 5 } };

export interface NgrokOptions {
  workers: WorkerHost;
  clock: Clock;
  authtoken: string | null;
  /** Null: the account's own. */
  domain: string | null;
  /** HOST:PORT of the ingress; null: ngrok's own. */
  server: string | null;
  /** PEM text. */
  ca: string | null;
  /** Serves a connection that did not come by the port. */
  accept(socket: Socket): void;
  timings?: NgrokTimings;
}

/** What a session without an endpoint has for an address. */
const noAddress = 'https://none.invalid';

/** One attempt: a process, a session, an endpoint (none when `forwardTo` is null). */
export function openSession(
  options: NgrokOptions,
  forwardTo: string | null,
  signal: AbortSignal,
): Promise<TunnelSession> {
  const { workers, clock, authtoken, domain, server, ca } = options;
  const { startLimit, closeLimit, heartbeat } = options.timings ?? timings;
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const child = workers.start(findNgrokWorker(), 'SCIM Pilot ngrok');
    const { promise: lost, resolve: lose } = Promise.withResolvers<TunnelFailure>();
    const { promise: gone, resolve: exited } = Promise.withResolvers<void>();
    let up = false;
    let lastSign = clock.monotonic();
    const limit = setTimeout(() => fail(failure('ngrok-silent')), startLimit);
    // The SDK reports a missed answer; this is for a process that reports nothing at all any more.
    const watchdog = setInterval(() => {
      if (up && clock.monotonic() - lastSign > 3_000 * (heartbeat.interval + heartbeat.tolerance)) {
        fail(failure('ngrok-frozen'));
      }
    }, 1_000 * heartbeat.interval);
    const onAbort = () => fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });

    function settled(): void {
      clearTimeout(limit);
      signal.removeEventListener('abort', onAbort);
    }

    /** The attempt or, when it is up, the session is over. */
    function fail(reason: unknown): void {
      settled();
      // Nothing of it can be ended gently any more.
      child.kill();
      if (up && reason instanceof TunnelFailure) lose(reason);
      else void gone.then(() => reject(reason));
    }

    function succeed(url: string): void {
      settled();
      up = true;
      const known = domain !== null && new URL(url).hostname === domain.toLowerCase();
      const close = once(() => endGently(child, gone, closeLimit));
      resolve({ url, stable: known, lost, lastSign: () => lastSign, close });
    }

    function take(news: News): void {
      switch (news.type) {
        case 'authenticated':
          if (forwardTo === null) succeed(noAddress);
          break;
        case 'up': {
          const url = readOrigin(news.url);
          if (url === null) fail(failure('ngrok-address'));
          else succeed(url);
          break;
        }
        case 'heartbeat':
          if (news.answered) lastSign = clock.monotonic();
          else fail(failure('ngrok-frozen'));
          break;
        case 'failed':
          fail(refused(news));
          break;
        case 'no-sdk':
          fail(failure('ngrok-module'));
          break;
        case 'lost':
          fail(failure(up ? 'ngrok-lost' : 'ngrok-cut'));
          break;
        case 'stopped':
          fail(failure('ngrok-stopped'));
          break;
      }
    }

    child.onMessage((message) => {
      const news = newsSchema.safeParse(message);
      if (news.success) take(news.data);
    });
    child.onExit(() => {
      clearInterval(watchdog);
      exited();
      fail(failure('ngrok-worker'));
    });
    const order: Order = { type: 'open', authtoken, forwardTo, domain, server, ca, heartbeat };
    child.send(order);
  });
}

async function endGently(child: WorkerProcess, gone: Promise<void>, limitMs: number): Promise<void> {
  const close: Order = { type: 'close' };
  child.send(close);
  const overdue = setTimeout(() => child.kill(), limitMs);
  await gone;
  clearTimeout(overdue);
}

/** The SDK's refusal: by ngrok's number where there is one, else by what its texts tell. */
function refused({ code, message }: Extract<News, { type: 'failed' }>): TunnelFailure {
  if (code !== null) {
    const { retry, ...problem } = ngrokProblem(code, message.replace(/^failed to [^:]*: /, ''));
    return new TunnelFailure(problem, retry);
  }
  if (/invalid server address/i.test(message)) return failure('ngrok-server');
  if (/tls handshake/i.test(message)) return failure('ngrok-tls');
  if (/tcp connection/i.test(message)) return failure('ngrok-unreachable');
  return failure('ngrok-cut');
}

function failure(code: OwnTunnelCode): TunnelFailure {
  return new TunnelFailure(ownProblem(code), retryOwn(code));
}

function once<T>(run: () => T): () => T {
  let result: { value: T } | null = null;
  return () => {
    result ??= { value: run() };
    return result.value;
  };
}

/** The worker's program: `worker.ts` beside this file, `ngrok-worker.js` in a build. */
function findNgrokWorker(): URL {
  const candidates = ['./ngrok-worker.js', '../ngrok-worker.js', './worker.ts'];
  const found = candidates.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (found === undefined) throw new Error('The build lacks ngrok-worker.js.');
  return found;
}
