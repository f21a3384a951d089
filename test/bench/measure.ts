import type { Started } from './child.ts';
import { type Request, shoot } from './load.ts';

/** One server in a comparison. */
export interface Side {
  server: Started;
  lists(shot: number): Request[][];
}

/** Medians over the rounds of a row. */
export interface Figures {
  /** Requests a second. */
  rate: number;
  /** CPU time of the server process for one request, microseconds. */
  cpuUs: number;
  /** Milliseconds. */
  p99: number;
  /** CPU time over wall time of the server: well below 1 means that it waited, for the disk or for the client. */
  busy: number;
  /** Answers over all rounds. */
  answers: number;
}

export interface Timing {
  seconds: number;
  rounds: number;
}

let shots = 0;

/**
 * Loads the sides in turn (A B A B …, after a warm-up of each), so that what else the machine does falls on all of them. Gives
 * the figures of each side.
 */
export async function measure(sides: readonly Side[], { seconds, rounds }: Timing): Promise<Figures[]> {
  for (const { server, lists } of sides) await shoot(server, Math.max(1, seconds / 3), lists(shots++));
  const seen: Figures[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { server, lists }] of sides.entries()) {
      const prepared = lists(shots++);
      const before = await server.usage();
      const shot = await shoot(server, seconds, prepared);
      const cpuUs = (await server.usage()).cpuUs - before.cpuUs;
      seen[index]?.push({
        rate: shot.answers / shot.seconds,
        cpuUs: cpuUs / shot.answers,
        p99: shot.p99,
        busy: cpuUs / 1e6 / shot.seconds,
        answers: shot.answers,
      });
    }
  }
  return seen.map((all) => ({
    rate: median(all.map(({ rate }) => rate)),
    cpuUs: median(all.map(({ cpuUs }) => cpuUs)),
    p99: median(all.map(({ p99 }) => p99)),
    busy: median(all.map(({ busy }) => busy)),
    answers: all.reduce((sum, { answers }) => sum + answers, 0),
  }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = low] = sorted.slice((sorted.length - 1) >> 1, middle + 1);
  return (low + high) / 2;
}
