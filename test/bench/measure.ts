import { setTimeout as delay } from 'node:timers/promises';
import type { Started } from './child.ts';
import { type Request, type Shot, shoot } from './load.ts';

/** One server in a comparison. */
export interface Side {
  server: Started;
  /** What each connection sends; `shot` is another number at each call. */
  lists(shot: number): Request[][];
}

/** One load, or the medians over the rounds of a row. */
export interface Load {
  /** Requests a second. */
  rate: number;
  /** CPU time of the server process for one request, all its threads, microseconds. */
  cpuUs: number;
  /** Milliseconds. */
  p99: number;
  /** CPU time over wall time of the server: well below 1 means that it waited, for the disk or for the client. */
  busy: number;
  answers: number;
}

/** Medians over the rounds, which `rounds` holds; `answers` is their sum. */
export interface Figures extends Load {
  rounds: Load[];
}

export interface Timing {
  seconds: number;
  rounds: number;
}

/** A load with fewer answers than this goes on, but for no longer than `longestSeconds`: a slow peer gets its time. */
const enoughAnswers = 50;
const longestSeconds = 15;

let shots = 0;

/** Loads a server once. */
export function fire({ server, lists }: Side, seconds: number): Promise<Shot> {
  return shoot(server, seconds, lists(shots++));
}

/** Loads a server once with its CPU time, that of work it put off until after its last answer too. */
async function loadOnce(side: Side, seconds: number): Promise<Load> {
  const { server } = side;
  const before = await server.usage();
  const shot = await fire(side, seconds);
  await settled(server);
  const cpuUs = (await server.usage()).cpuUs - before.cpuUs;
  return {
    rate: shot.answers / shot.seconds,
    cpuUs: cpuUs / shot.answers,
    p99: shot.p99,
    busy: cpuUs / 1e6 / shot.seconds,
    answers: shot.answers,
  };
}

/** Loads of a warm-up, at most; it ends after so many that were hardly quicker than the best before them. */
const warmUps = 10;
const steadyWarmUps = 2;
const hardlyQuicker = 1.05;

/**
 * Loads a server until it gets no quicker: for its first thousands of requests V8 still optimises what they run, in threads that
 * take the CPU from it. Gives its rate then.
 */
async function warmUp(side: Side, seconds: number): Promise<number> {
  let best = 0;
  let steady = 0;
  for (let load = 0; load < warmUps && steady < steadyWarmUps; load++) {
    const { rate } = await loadOnce(side, seconds);
    steady = rate < best * hardlyQuicker ? steady + 1 : 0;
    best = Math.max(best, rate);
  }
  return best;
}

/**
 * Loads the sides in turn (A B A B …, after a warm-up of each), so that what else the machine does falls on all of them. Gives
 * the figures of each side, in their order. `prepare` is done before each round.
 */
export async function measure(
  sides: readonly Side[],
  { seconds, rounds }: Timing,
  prepare: () => Promise<void>,
): Promise<Figures[]> {
  const timed: { side: Side; seconds: number; loads: Load[] }[] = [];
  for (const side of sides) {
    const rate = await warmUp(side, Math.max(1, seconds / 3));
    // At a rate of none the longest load.
    timed.push({ side, seconds: Math.max(seconds, Math.min(enoughAnswers / rate, longestSeconds)), loads: [] });
  }
  for (let round = 0; round < rounds; round++) {
    await prepare();
    for (const { side, seconds, loads } of timed) {
      const load = await loadOnce(side, seconds);
      if (load.answers === 0) throw new Error(`No call was answered in ${seconds.toFixed(1)} s.`);
      loads.push(load);
    }
  }
  return timed.map(({ loads }) => summary(loads));
}

function summary(rounds: Load[]): Figures {
  const of = (key: keyof Load) => median(rounds.map((load) => load[key]));
  const answers = rounds.reduce((sum, load) => sum + load.answers, 0);
  return { rate: of('rate'), cpuUs: of('cpuUs'), p99: of('p99'), busy: of('busy'), answers, rounds };
}

/** Rate of `a` over that of `b`: the median of the rounds, each compared with the one beside it. */
export function rateRatio(a: Figures, b: Figures): number {
  return ratio(a, b, ({ rate }) => rate);
}

/** How much of `b`'s speed `a` has by CPU time alone, as `rateRatio`. */
export function cpuRatio(a: Figures, b: Figures): number {
  return ratio(a, b, ({ cpuUs }) => 1 / cpuUs);
}

function ratio(a: Figures, b: Figures, of: (load: Load) => number): number {
  return median(a.rounds.map((load, index) => of(load) / of(b.rounds[index] ?? b)));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((x, y) => x - y);
  const low = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  const high = sorted[sorted.length >> 1] ?? Number.NaN;
  return (low + high) / 2;
}

/** Waits until a server has nothing left to do, such as requests whose connections are gone. At most ten seconds. */
async function settled(server: Started): Promise<void> {
  const stepMs = 50;
  let { cpuUs } = await server.usage();
  for (let waited = 0; waited < 10_000; waited += stepMs) {
    await delay(stepMs);
    const now = (await server.usage()).cpuUs;
    if (now - cpuUs < stepMs * 100) return;
    cpuUs = now;
  }
}
