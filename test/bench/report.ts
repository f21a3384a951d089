import type { Interference } from './interference.ts';
import { cpuRatio, type Figures, rateRatio } from './measure.ts';
import type { TunnelRow } from './tunnel.ts';

/** One row at one size. */
export interface RowResult {
  row: string;
  users: number;
  ours: Figures;
  /** Reads: one read by key. Writes: one insert, synchronous NORMAL and FULL. */
  floor: { read: Figures } | { normal: Figures; full: Figures };
  /** SCIMMY, where it was measured too. */
  peer: Figures | null;
  /**
   * What the cost is to be flat against, where measured: the row with 1,000 users; of the largest group, that of the smallest.
   * `floor`: of reads, the floor with 1,000 users.
   */
  reference: { what: string; figures: Figures; floor: Figures | null } | null;
}

/** Resident memory of our server after all rows at one size, bytes. */
export interface Memory {
  users: number;
  rss: number;
  peakRss: number;
}

export function printRow({ row, users, ours, floor, peer, reference }: RowResult): void {
  const others = {
    ...floor,
    ...(peer === null ? {} : { scimmy: peer }),
    ...(reference === null ? {} : { [reference.what]: reference.figures }),
    ...(reference?.floor == null ? {} : { [`floor, ${reference.what}`]: reference.floor }),
  };
  console.log(
    JSON.stringify({
      row,
      users,
      ours: rounded(ours),
      ...Object.fromEntries(Object.entries(others).map(([name, figures]) => [name, rounded(figures)])),
      ratios: Object.fromEntries(
        Object.entries(others).map(([name, figures]) => [
          name,
          { rate: round(rateRatio(ours, figures)), cpu: round(cpuRatio(ours, figures)) },
        ]),
      ),
    }),
  );
}

export function printInterference({ row, during, alone, disturbed, ratio, times }: Interference, users: number): void {
  console.log(
    JSON.stringify({
      row: `${row} while ${during}`,
      users,
      p99: round(disturbed),
      p99Alone: round(alone),
      ratio: round(ratio),
      times,
    }),
  );
}

export function printMemory({ users, rss, peakRss }: Memory): void {
  console.log(JSON.stringify({ row: 'memory', users, rssMB: megabytes(rss), peakMB: megabytes(peakRss) }));
}

export function printTable(results: readonly RowResult[]): void {
  console.table(
    results.map(({ row, users, ours, floor, peer }) => ({
      row,
      users: users.toLocaleString('en'),
      'ours/s': Math.round(ours.rate),
      'µs CPU': Math.round(ours.cpuUs),
      'p99 ms': round(ours.p99),
      ...('read' in floor
        ? { '×read': round(rateRatio(ours, floor.read)), '×read CPU': round(cpuRatio(ours, floor.read)) }
        : {
            '×NORMAL': round(rateRatio(ours, floor.normal)),
            '×NORMAL CPU': round(cpuRatio(ours, floor.normal)),
            '×FULL': round(rateRatio(ours, floor.full)),
          }),
      ...(peer === null ? {} : { '×SCIMMY': peerRatio(ours, peer) }),
    })),
  );
}

export function printTunnel(rows: readonly TunnelRow[]): void {
  const figures = rows.map(({ row, direct, tunnelled }) => ({
    row: `tunnel: ${row}`,
    'direct/s': Math.round(direct.answers / direct.seconds),
    'tunnel/s': Math.round(tunnelled.answers / tunnelled.seconds),
    'added ms': round(tunnelled.median - direct.median),
    'p99 ms': round(tunnelled.p99),
  }));
  for (const one of figures) console.log(JSON.stringify(one));
  console.table(figures);
}

/** Our rate over the peer's; with few answers of the peer it is only about so. */
function peerRatio(ours: Figures, peer: Figures): string {
  return `${peer.answers < 100 ? 'about ' : ''}${rateRatio(ours, peer).toFixed(1)}`;
}

function rounded({ rate, cpuUs, p99, busy, answers }: Figures) {
  return { rate: Math.round(rate), cpuUs: round(cpuUs), p99: round(p99), busy: round(busy), answers };
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

export function round(value: number): number {
  return Number(value.toFixed(2));
}
