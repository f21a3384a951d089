import { ownProblem, type TunnelProblem } from '../contract/catalogue/tunnel.ts';
import type { Clock, Log, TunnelState } from '../contract/index.ts';
import { TunnelFailure, type TunnelProvider, type TunnelSession } from './provider.ts';

/** What the far side still holds for somebody (a lost session of ours, most likely) is waited for so long. */
const heldForMs = 60_000;
const heldEveryMs = 3_000;
/** A session that fell earlier than this was none: the next try waits, as after a failed one. */
const livedMs = 10_000;

/** What a tunnel says of itself. */
export interface TunnelReport {
  state: TunnelState;
  /** What is open; null while it is not up. */
  session: Up | null;
  /** What went wrong last, while it is not up. */
  problem: TunnelProblem | null;
  /** Milliseconds to the next try; null while none is waiting. */
  nextTryInMs: number | null;
}

/** A public origin that leads here; `stable`: it is the same after a restart. */
export interface Up {
  url: string;
  stable: boolean;
}

/** A tunnel that is kept up: at most one session at any time. */
export interface Tunnel {
  /**
   * Leads a public address to `localPort` and keeps it so, over drops, sleep and refusals that may pass. Resolves when it is
   * up for the first time; rejects with `TunnelFailure` when only the admin can help, and with the signal's reason, which
   * ends it at any moment.
   */
  start(localPort: number, signal: AbortSignal): Promise<Up>;
  /**
   * The machine slept or its network changed: a waiting try is made now, and a session that gives no sign of life by the
   * time `isAlive` has answered no is replaced.
   */
  nudge(isAlive: () => Promise<boolean>): void;
  /** Ends it; resolves when no session is left. */
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  provider: TunnelProvider;
  clock: Clock;
  log: Log;
  /** Told of every change. */
  report(report: TunnelReport): void;
}

/** Keeps open what `provider` opens. */
export function superviseTunnel({ provider, clock, log, report }: SupervisorOptions): Tunnel {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let session: TunnelSession | null = null;
  /** Ends the wait for the next try. */
  let hurry: () => void = () => {};
  /** Gives the open session up. */
  let giveUp: (failure: TunnelFailure) => void = () => {};

  async function run(localPort: number, signal: AbortSignal, first: PromiseWithResolvers<Up>): Promise<void> {
    let state: 'starting' | 'reconnecting' = 'starting';
    /** On the monotonic clock. */
    let awaySince = clock.monotonic();
    let heldSince: number | null = null;
    let problem: TunnelProblem | null = null;
    while (!signal.aborted) {
      report({ state, session: null, problem, nextTryInMs: null });
      const failure = await attempt(localPort, signal, (up) => {
        state = 'reconnecting';
        heldSince = null;
        first.resolve(up);
      });
      if (failure === null) break;
      problem = failure.problem;
      const now = clock.monotonic();
      if (failure.livedMs >= livedMs) awaySince = now;
      heldSince = failure.retry === 'while' ? (heldSince ?? now) : null;
      if (failure.retry === 'never' || (heldSince !== null && now - heldSince >= heldForMs)) {
        report({ state: 'down', session: null, problem, nextTryInMs: null });
        first.reject(new TunnelFailure(problem, failure.retry));
        return;
      }
      if (failure.livedMs >= livedMs) continue;
      const wait = heldSince === null ? backOff(now - awaySince, Math.random()) : heldEveryMs;
      report({ state, session: null, problem, nextTryInMs: wait });
      await pause(wait, signal);
    }
    report({ state: 'off', session: null, problem: null, nextTryInMs: null });
    first.reject(signal.reason);
  }

  /** One session from its opening to its end: why it is over and how long it lived; null when it is to be over. */
  async function attempt(localPort: number, signal: AbortSignal, onUp: (up: Up) => void) {
    let upAt: number | null = null;
    try {
      session = await provider.open(localPort, signal);
      upAt = clock.monotonic();
      const { url, stable } = session;
      onUp({ url, stable });
      report({ state: 'up', session: { url, stable }, problem: null, nextTryInMs: null });
      const failure = await over(session, signal);
      if (failure === null) return null;
      return { problem: failure.problem, retry: failure.retry, livedMs: clock.monotonic() - upAt };
    } catch (error) {
      if (signal.aborted) return null;
      const { problem, retry } = error instanceof TunnelFailure ? error : unexpected(error, log);
      return { problem, retry, livedMs: 0 };
    } finally {
      await session?.close();
      session = null;
    }
  }

  /** Why the session is over; null when it is to be closed. */
  async function over(open: TunnelSession, signal: AbortSignal): Promise<TunnelFailure | null> {
    const { promise, resolve } = Promise.withResolvers<TunnelFailure | null>();
    const onAbort = () => resolve(null);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) resolve(null);
    giveUp = resolve;
    void open.lost.then(resolve);
    const failure = await promise;
    signal.removeEventListener('abort', onAbort);
    giveUp = () => {};
    return failure;
  }

  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    hurry = resolve;
    signal.addEventListener('abort', hurry, { once: true });
    if (signal.aborted) resolve();
    await promise;
    signal.removeEventListener('abort', hurry);
    clearTimeout(timer);
    hurry = () => {};
  }

  return {
    start(localPort, signal) {
      const first = Promise.withResolvers<Up>();
      // Whoever does not wait for the first session reads the reports.
      first.promise.catch(() => {});
      running = run(localPort, AbortSignal.any([signal, stopping.signal]), first);
      return first.promise;
    },
    nudge(isAlive) {
      hurry();
      const asked = session;
      const from = clock.monotonic();
      if (asked === null || asked.lastSign() === null) return;
      void isAlive().then((alive) => {
        const sign = asked.lastSign();
        if (alive || session !== asked || (sign !== null && sign > from)) return;
        giveUp(new TunnelFailure(ownProblem('woken'), 'always'));
      });
    },
    async stop() {
      stopping.abort(new Error('The tunnel was stopped.'));
      await running;
    },
  };
}

/**
 * Milliseconds to the next try: an eighth of how long it has been away, so that after half a minute it is back within four
 * seconds of what was wrong; from 1 to 60 s, less up to a quarter so that many pilots do not knock at once.
 * @param random from 0 to below 1
 */
export function backOff(awayMs: number, random: number): number {
  return Math.round(Math.min(60_000, Math.max(1_000, awayMs / 8)) * (1 - random / 4));
}

function unexpected(error: unknown, log: Log): TunnelFailure {
  log.error('The tunnel failed in a way that was not expected', { error });
  return new TunnelFailure(ownProblem('ngrok-worker'), 'always');
}
