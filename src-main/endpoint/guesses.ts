import type { Clock } from '../contract/index.ts';

/** So many wrong tokens of a source are answered at once: an admin who pastes the wrong one should not have to wait. */
const free = 5;
/** The delay of the first one after those, milliseconds; it doubles with each further one. */
const firstDelayMs = 25;
export const longestDelayMs = 2_000;
/** A source that sends no wrong token for so long starts anew. */
export const forgottenAfterMs = 10 * 60_000;
/** More sources than this push the one out that failed longest ago. */
export const mostSources = 1_000;
/** Answers held back at the same time; beyond it they go out at once, so that a flood holds no memory. */
export const mostHeld = 256;

/** How often each source has sent a wrong token lately. */
export interface GuessCounts {
  /** A source has sent a wrong token: how long its answer is to be held back, milliseconds. */
  failed(source: string): number;
  /** Sources remembered. */
  readonly size: number;
}

export function createGuessCounts(clock: Pick<Clock, 'monotonic'>): GuessCounts {
  /** Those that failed longest ago first. */
  const sources = new Map<string, { failures: number; at: number }>();
  return {
    failed(source) {
      const at = clock.monotonic();
      const before = sources.get(source);
      const failures = before === undefined || at - before.at > forgottenAfterMs ? 1 : before.failures + 1;
      sources.delete(source);
      sources.set(source, { failures, at });
      const [oldest] = sources.keys();
      if (sources.size > mostSources && oldest !== undefined) sources.delete(oldest);
      return failures <= free ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - free - 1));
    },
    get size() {
      return sources.size;
    },
  };
}

/**
 * Makes guessing slow: the answer to a wrong token is held back, longer with each one from the same source. Nobody is locked
 * out: what comes with the right token never gets here.
 */
export interface Guesses {
  /** Calls `answer` when the source has waited long enough. */
  hold(source: string, answer: () => void): void;
  /** Lets out what is held; nothing is held any more. */
  close(): void;
}

export function createGuesses(clock: Pick<Clock, 'monotonic'>): Guesses {
  const counts = createGuessCounts(clock);
  const held = new Map<() => void, NodeJS.Timeout>();
  let closed = false;
  return {
    hold(source, answer) {
      const delay = counts.failed(source);
      if (delay === 0 || closed || held.size >= mostHeld) {
        answer();
        return;
      }
      const release = () => {
        held.delete(release);
        answer();
      };
      held.set(release, setTimeout(release, delay));
    },
    close() {
      closed = true;
      for (const [release, timer] of held) {
        clearTimeout(timer);
        release();
      }
    },
  };
}
