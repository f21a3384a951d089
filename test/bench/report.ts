import type { Figures } from './measure.ts';

/** One row at one size. */
export interface RowResult {
  row: string;
  users: number;
  kind: 'read' | 'write';
  ours: Figures;
  /** Reads: one read by key. Writes: one insert, synchronous NORMAL and FULL. */
  floor: { read: Figures } | { normal: Figures; full: Figures };
}

/** Prints a row as one JSON line. */
export function printRow({ row, users, ours, floor }: RowResult): void {
  console.log(
    JSON.stringify({
      row,
      users,
      ours: rounded(ours),
      floor: Object.fromEntries(Object.entries(floor).map(([name, figures]) => [name, rounded(figures)])),
    }),
  );
}

export function printTable(results: readonly RowResult[]): void {
  console.table(
    results.map(({ row, users, ours, floor }) => ({
      row,
      users: users.toLocaleString('en'),
      'ours/s': Math.round(ours.rate),
      'µs CPU': Math.round(ours.cpuUs),
      'p99 ms': round(ours.p99),
      ...('read' in floor
        ? { '×read': round(ours.rate / floor.read.rate), '×read CPU': round(floor.read.cpuUs / ours.cpuUs) }
        : {
            '×NORMAL': round(ours.rate / floor.normal.rate),
            '×NORMAL CPU': round(floor.normal.cpuUs / ours.cpuUs),
            '×FULL': round(ours.rate / floor.full.rate),
          }),
    })),
  );
}

function rounded({ rate, cpuUs, p99, busy, answers }: Figures) {
  return { rate: Math.round(rate), cpuUs: round(cpuUs), p99: round(p99), busy: round(busy), answers };
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
