import type { Clock, TunnelReach } from '../contract/index.ts';
import type { Reach } from './reach.ts';

/** The reachability of the session that is up: checked when it comes up, then now and then, and on demand. */
export interface Checks {
  /** A session is up at `origin`; `checkEvery`: milliseconds to the next check, so long after the last change. */
  begin(origin: string, checkEvery: (unchangedMs: number) => number): void;
  end(): void;
  /** Checks now; null when nothing is up. */
  now(): Promise<TunnelReach | null>;
  /** A call has come by the public address, which proves as much as a check. Costs nothing: it is on every call's way. */
  proven(): void;
  latest(): TunnelReach | null;
}

/**
 * A call that comes while our own checks fail proves that it is they who can't get out (a filter, a web proxy): for so long,
 * somewhat over two visits of a provisioning job, the call is believed and not the check.
 */
const believedMs = 90 * 60_000;

export function createChecks(options: { reach: Reach; clock: Clock; onResult(): void }): Checks {
  const { reach, clock, onResult } = options;
  let abort: AbortController | null = null;
  let origin = '';
  let checkEvery: (unchangedMs: number) => number = () => 0;
  let result: TunnelReach | null = null;
  let changedAt = 0;
  /** When the checks began to fail, milliseconds since 1970; null while they don't. */
  let failingSince: number | null = null;
  /** When a call last came by the public address, milliseconds since 1970; 0 for never. */
  let provenAt = 0;
  let timer: NodeJS.Timeout | undefined;

  function latest(): TunnelReach | null {
    const proof: TunnelReach = { ok: true, at: provenAt, problem: null };
    if (provenAt > (result?.at ?? 0)) return proof;
    const believed = failingSince !== null && provenAt > failingSince && clock.now() - provenAt < believedMs;
    return believed ? proof : result;
  }

  async function check(): Promise<TunnelReach | null> {
    const asked = abort;
    if (asked === null) return null;
    clearTimeout(timer);
    const found = await reach.check(origin, asked.signal);
    if (asked.signal.aborted) return null;
    if (result === null || found.ok !== result.ok) changedAt = clock.monotonic();
    failingSince = found.ok ? null : (failingSince ?? found.at);
    result = found;
    plan();
    onResult();
    return found;
  }

  function plan(): void {
    clearTimeout(timer);
    const wait = checkEvery(clock.monotonic() - changedAt);
    timer = setTimeout(() => {
      if (clock.now() - provenAt < wait) plan();
      else void check();
    }, wait);
    timer.unref();
  }

  return {
    begin(url, every) {
      this.end();
      abort = new AbortController();
      origin = url;
      checkEvery = every;
      changedAt = clock.monotonic();
      void check();
    },
    end() {
      clearTimeout(timer);
      abort?.abort();
      abort = null;
      result = null;
      failingSince = null;
      provenAt = 0;
    },
    now: check,
    proven() {
      provenAt = clock.now();
    },
    latest,
  };
}
