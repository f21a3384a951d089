import type { Clock } from '../../contract/index.ts';
import type { SimulatorCall, SimulatorSummary } from './events.ts';

/** Keeps count of a run. */
export class Tally {
  created = 0;
  updated = 0;
  disabled = 0;
  failed = 0;
  odd = 0;
  private calls = 0;
  private readonly durations: number[] = [];
  private readonly clock: Clock;
  private readonly began: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.began = clock.monotonic();
  }

  count({ status, durationMs }: SimulatorCall): void {
    this.calls++;
    if (status !== null) this.durations.push(durationMs);
  }

  summary(end: { stopped: string | null; cancelled: boolean; escrowed: number }): SimulatorSummary {
    const sorted = this.durations.toSorted((a, b) => a - b);
    return {
      calls: this.calls,
      created: this.created,
      updated: this.updated,
      disabled: this.disabled,
      failed: this.failed,
      odd: this.odd,
      medianMs: sorted[Math.floor((sorted.length - 1) / 2)] ?? null,
      durationMs: this.clock.monotonic() - this.began,
      ...end,
    };
  }
}
