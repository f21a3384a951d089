import type { TunnelProblem, TunnelRetry } from '../contract/catalogue/tunnel.ts';
import type { TunnelKind } from '../contract/index.ts';

/** A way to be reached that needs something opened. Adding one is a folder of this room that makes one of these. */
export interface TunnelProvider {
  kind: Exclude<TunnelKind, 'none'>;
  /**
   * One attempt to lead a public address to `localPort` of 127.0.0.1. It has a time limit of its own, and `signal` ends it
   * at any moment. When it rejects (with `TunnelFailure`, or the signal's reason) nothing of it is left.
   */
  open(localPort: number, signal: AbortSignal): Promise<TunnelSession>;
  /** Milliseconds to the next reachability check, `upForMs` after the session came up. */
  checkEvery(upForMs: number): number;
}

/** What one attempt opened. */
export interface TunnelSession {
  /** Public origin, e.g. `https://pilot.example`. */
  url: string;
  /** Whether the address will be the same after a restart. */
  stable: boolean;
  /** Resolves when the session is over without `close`; it must be closed all the same. */
  lost: Promise<TunnelFailure>;
  /** When the far side last gave a sign of life, milliseconds on the monotonic clock; null where none can be had. */
  lastSign(): number | null;
  /** Ends it and waits until nothing of it is left. Safe to call twice. */
  close(): Promise<void>;
}

/** Why a tunnel is not up, and whether trying again can help. */
export class TunnelFailure extends Error {
  readonly problem: TunnelProblem;
  readonly retry: TunnelRetry;
  constructor(problem: TunnelProblem, retry: TunnelRetry) {
    super(problem.what);
    this.name = 'TunnelFailure';
    this.problem = problem;
    this.retry = retry;
  }
}
