import type { Clock, RefusedToken } from '../contract/index.ts';

/** How long a refused token is told of, milliseconds. */
export const refusedForMs = 3_600_000;
/** Endings come from whoever calls: more different ones than this push the oldest out. */
const most = 20;

/** Which tokens were refused lately, for a status that names them; the feed holds the calls. */
export interface RefusedTokens {
  /** Calls were refused for their token, the newest at the time `lastAt`. */
  add(token: RefusedToken): void;
  /** Those of the last hour, newest first. */
  list(): RefusedToken[];
}

export function createRefusedTokens(clock: Pick<Clock, 'now'>): RefusedTokens {
  /** Oldest first. */
  const refused = new Map<string, RefusedToken>();
  const forget = (before: number) => {
    for (const [key, token] of refused) if (token.lastAt < before) refused.delete(key);
  };
  return {
    add(token) {
      forget(token.lastAt - refusedForMs);
      const key = `${token.kind} ${token.via} ${token.ending}`;
      const calls = (refused.get(key)?.calls ?? 0) + token.calls;
      refused.delete(key);
      refused.set(key, { ...token, calls });
      const [oldest] = refused.keys();
      if (refused.size > most && oldest !== undefined) refused.delete(oldest);
    },
    list() {
      forget(clock.now() - refusedForMs);
      return [...refused.values()].reverse();
    },
  };
}
