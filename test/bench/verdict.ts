/** What was asked of speed and scale, and what this run measured. */
import type { Interference } from './interference.ts';
import { cpuRatio, type Figures, median, rateRatio } from './measure.ts';
import { type Memory, megabytes, type RowResult, round } from './report.ts';

/** Requests a second of Entra at its quickest. */
const entraRate = 25;

interface Measured {
  results: readonly RowResult[];
  interference: readonly Interference[];
  memory: readonly Memory[];
}

interface Verdict {
  asked: string;
  measured: string;
  met: string;
}

/** A ratio by rate with the same by CPU time, and where it was measured. */
interface Compared {
  where: string;
  rate: number;
  cpu: number;
}

/** Prints each target with its worst row, and the headroom over Entra. */
export function printVerdict({ results, interference, memory }: Measured): void {
  const slowest = results.toSorted((a, b) => a.ours.rate - b.ours.rate)[0];
  const verdicts = [
    ...beside(results),
    ...flatness(results),
    ...memory
      .filter(({ users }) => users === largest(results))
      .map(({ users, peakRss, rss }) => ({
        asked: 'resident memory under 300 MB with 1,000,000 users',
        measured: `${megabytes(rss)} MB, at its highest ${megabytes(peakRss)} MB, with ${users.toLocaleString('en')}`,
        met: yesNo(megabytes(peakRss) < 300),
      })),
    ...interference.map(({ row, during, alone, disturbed, ratio }) => ({
      asked: `p99 of ${row} ≤ 2 × while ${during}`,
      measured: `${round(ratio)} × (${round(alone)} → ${round(disturbed)} ms)`,
      met: yesNo(ratio <= 2),
    })),
  ];
  console.table(verdicts);
  for (const verdict of verdicts) console.log(JSON.stringify({ row: 'verdict', ...verdict }));
  if (slowest !== undefined) {
    const { row, users, ours } = slowest;
    const headroom = Math.floor(ours.rate / entraRate);
    console.log(JSON.stringify({ row: 'headroom', slowest: row, users, rate: Math.round(ours.rate), headroom }));
    console.log(
      `Headroom: the slowest row (${row}, ${users.toLocaleString('en')} users) takes ${headroom} × Entra's ${entraRate} requests/s.`,
    );
  }
}

function beside(results: readonly RowResult[]): Verdict[] {
  const against = (of: (result: RowResult) => Figures | null): Compared[] =>
    results.flatMap((result) => {
      const other = of(result);
      return other === null
        ? []
        : [{ where: placeOf(result), rate: rateRatio(result.ours, other), cpu: cpuRatio(result.ours, other) }];
    });
  const reads = against(({ floor }) => ('read' in floor ? floor.read : null));
  const normal = against(({ floor }) => ('normal' in floor ? floor.normal : null));
  const full = against(({ floor }) => ('full' in floor ? floor.full : null));
  const peer = against((result) => result.peer);
  return [
    ...atLeast('reads ≥ 0.65 × floor', reads, 0.65),
    ...atLeast('writes ≥ 0.45 × floor, synchronous=NORMAL', normal, 0.45),
    ...atLeast('writes ≥ 1.1 × floor, synchronous=FULL', full, 1.1),
    ...atLeast('every row ≥ 5 × SCIMMY', peer, 5),
  ];
}

/** Judged by rate, the figure that was asked for; where CPU time alone says otherwise, that is said. */
function atLeast(asked: string, all: readonly Compared[], target: number): Verdict[] {
  const worst = all.toSorted((a, b) => a.rate - b.rate)[0];
  if (worst === undefined) return [];
  const short = all.filter(({ rate }) => rate < target).length;
  const { where, rate, cpu } = worst;
  return [
    {
      asked,
      measured: `worst ${round(rate)} × (by CPU ${round(cpu)}): ${where}`,
      met: short === 0 ? 'yes' : `no: ${short} of ${all.length} rows short`,
    },
  ];
}

function flatness(results: readonly RowResult[]): Verdict[] {
  const against = (what: string): Compared[] =>
    results.flatMap((result) => {
      const { ours, reference } = result;
      if (reference === null || reference.what !== what) return [];
      const { figures } = reference;
      return [{ where: placeOf(result), rate: rateRatio(figures, ours), cpu: cpuRatio(figures, ours) }];
    });
  const users = largest(results).toLocaleString('en');
  // One read by key costs more among more rows, whoever does it: what a read of ours is beside.
  const floorGrowth = results.flatMap(({ floor, reference }) =>
    'read' in floor && reference?.floor != null ? [cpuRatio(reference.floor, floor.read)] : [],
  );
  const beside = floorGrowth.length === 0 ? '' : `; the floor's own reads ${round(median(floorGrowth))} ×`;
  return [
    ...atMost(`cost at ${users} users ≤ 1.25 × that at 1,000 (asked: 1,000,000)`, against('1,000 users'), beside),
    ...atMost('member change in a group of 100,000 ≤ 1.25 × in one of 10', against('group of 10')),
  ];
}

/** Judged by CPU time, which is what a row costs; the rate also takes in what else the machine did. */
function atMost(asked: string, all: readonly Compared[], beside = ''): Verdict[] {
  const worst = all.toSorted((a, b) => b.cpu - a.cpu)[0];
  if (worst === undefined) return [];
  const over = all.filter(({ cpu }) => cpu > 1.25).length;
  return [
    {
      asked,
      measured: `worst ${round(worst.cpu)} × by CPU (by rate ${round(worst.rate)}): ${worst.where}${beside}`,
      met: over === 0 ? 'yes' : `no: ${over} of ${all.length} rows over`,
    },
  ];
}

function largest(results: readonly RowResult[]): number {
  return Math.max(...results.map(({ users }) => users));
}

function placeOf({ row, users }: RowResult): string {
  return `${row}, ${users.toLocaleString('en')} users`;
}

function yesNo(met: boolean): string {
  return met ? 'yes' : 'no';
}
