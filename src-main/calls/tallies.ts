import type { CallSummary, Clock } from '../contract/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import type { callQueries } from './queries.ts';
import { countInto, type TallyState, type Totals } from './tally.ts';

/** Counts that are always at hand. They cost nothing until somebody asks: then what is stored is counted once, in the query worker. */
export interface Tallies {
  /** Calls in the order of positions, after COMMIT. */
  add(call: CallSummary): void;
  /** Whether `removed` is to be told. */
  readonly wanted: boolean;
  /** The oldest calls are gone, up to and with this position; `totals`: of them. */
  removed(upTo: number, totals: Totals): void;
  read(): Promise<TallyState>;
}

export function createTallies(
  runner: QueryRunner<typeof callQueries>,
  clock: Clock,
  lastPosition: () => number,
): Tallies {
  let state: TallyState | null = null;
  let reading: Promise<TallyState> | null = null;
  /** What came and went while the stored ones were counted. */
  let meanwhile: (() => void)[] = [];

  function count(into: TallyState, call: CallSummary): void {
    const { outcome, practice, changeKind, why, at, position } = call;
    countInto(into, { outcome, practice, changeKind, why, calls: 1, since: at, at, position }, clock.now());
  }

  function remove(of: TallyState, upTo: number, totals: Totals): void {
    // They were gone already when the others were counted.
    if (upTo < of.from) return;
    of.from = upTo + 1;
    for (const name of ['failed', 'odd', 'practice'] as const) of.totals[name] -= totals[name];
  }

  /** Now, or once there is something to change. */
  function change(act: (on: TallyState) => void): void {
    if (state !== null) act(state);
    else if (reading !== null) meanwhile.push(() => state !== null && act(state));
  }

  async function read(): Promise<TallyState> {
    try {
      const read = await runner.run('calls.tally', { upTo: lastPosition(), now: clock.now() });
      state = read;
      for (const act of meanwhile) act();
      return read;
    } finally {
      meanwhile = [];
      reading = null;
    }
  }

  return {
    add: (call) => change((on) => count(on, call)),
    get wanted() {
      return state !== null || reading !== null;
    },
    removed: (upTo, totals) => change((on) => remove(on, upTo, totals)),
    async read() {
      if (state !== null) return state;
      reading ??= read();
      return await reading;
    },
  };
}
