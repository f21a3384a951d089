import type Database from 'better-sqlite3';
import type { CallSummary, Cycle } from '../contract/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import { type CycleCall, type Cycles, type CyclesState, createCycles, noCycles } from './cycles.ts';
import type { callQueries } from './queries.ts';

/** The newest calls that are walked over at the first question; older ones lie in no cycle. */
const walked = 100_000;
const step = 1_000;

interface CycleRow {
  position: number;
  action: number | null;
  at: number;
  method: string;
  outcome: CallSummary['outcome'];
  practice: 0 | 1;
  via: CallSummary['via'];
  probe: 0 | 1;
  resource_type: CallSummary['resourceType'];
  resource_id: string | null;
  total_results: number | null;
  change_kind: CallSummary['changeKind'];
}

/** The cycles of the newest calls up to a position. For the query worker. */
export function* storedCycles(db: Database.Database, { upTo }: { upTo: number }): Generator<void, CyclesState> {
  const first = db.prepare<[], number | null>('SELECT min(position) FROM calls').pluck().get() ?? 1;
  const from = Math.max(first, upTo - walked + 1);
  const page = db.prepare<[number, number, number], CycleRow>(
    `SELECT position, action, at, method, outcome, practice, via, probe, resource_type, resource_id, total_results, change_kind
      FROM feed WHERE position >= ? AND position <= ? ORDER BY position LIMIT ?`,
  );
  const state = noCycles(from > 1);
  const cycles = createCycles(state);
  for (let next = from; ; ) {
    const rows = page.all(next, upTo, step);
    for (const row of rows) cycles.add(toCycleCall(row));
    const last = rows.at(-1);
    if (last === undefined || rows.length < step) return state;
    next = last.position + 1;
    yield;
  }
}

function toCycleCall(row: CycleRow): CycleCall {
  return {
    position: row.position,
    action: row.action ?? row.position,
    at: row.at,
    method: row.method,
    outcome: row.outcome,
    practice: row.practice === 1,
    via: row.via,
    probe: row.probe === 1,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    totalResults: row.total_results,
    changeKind: row.change_kind,
  };
}

export interface CycleReading {
  /** Calls in the order of positions, after COMMIT. */
  add(call: CallSummary): void;
  /** Oldest first. */
  list(): Promise<Cycle[]>;
}

/** Cycles cost nothing until somebody asks: then what is stored is read once, and each call that comes is added. */
export function createCycleReading(runner: QueryRunner<typeof callQueries>, lastPosition: () => number): CycleReading {
  let cycles: Cycles | null = null;
  let reading: Promise<Cycles> | null = null;
  /** Calls that came while the stored ones were read. */
  let meanwhile: CallSummary[] = [];

  async function read(): Promise<Cycles> {
    try {
      const read = createCycles(await runner.run('calls.cycles', { upTo: lastPosition() }));
      for (const call of meanwhile) read.add(call);
      cycles = read;
      return read;
    } finally {
      meanwhile = [];
      reading = null;
    }
  }

  return {
    add(call) {
      if (cycles !== null) cycles.add(call);
      else if (reading !== null) meanwhile.push(call);
    },
    async list() {
      if (cycles !== null) return cycles.list();
      reading ??= read();
      return (await reading).list();
    },
  };
}
