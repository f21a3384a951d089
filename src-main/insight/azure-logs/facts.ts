import type Database from 'better-sqlite3';
import { codeOf, positionsBetween } from '../../calls/index.ts';
import type {
  AzureCertainty,
  AzureCount,
  AzureCycle,
  AzureInsight,
  AzureMissing,
  AzureReason,
  AzureSlot,
  AzureTimeline,
  CallOutcome,
  CallSlot,
} from '../../contract/index.ts';
import { silentKinds } from './silent.ts';

const mostReasons = 50;
const mostPeople = 50;
const mostSlowest = 10;
const mostCycles = 500;
/** Calls looked at between two turns. */
const step = 10_000;
/** More than these can't be told apart on the screen. */
const mostMarks = 200;

/** What an import tells as a whole. */
export function* azureInsight(
  db: Database.Database,
  { id, from, to, skewMs }: { id: number; from: number | null; to: number | null; skewMs: number },
): Generator<void, AzureInsight> {
  const all = <Row>(sql: string, ...bound: number[]) => db.prepare<number[], Row>(sql).all(id, ...bound);
  const counts = all<AzureCount>(
    'SELECT action, status, count(*) AS entries FROM azure_entries WHERE import = ? GROUP BY action, status ORDER BY 3 DESC',
  );
  yield;
  const reasons = (condition: string) =>
    all<AzureReason>(
      `SELECT status, code, skip, cause, reason AS example, count(*) AS entries, count(DISTINCT person) AS people, max(row) AS row
        FROM azure_entries WHERE import = ? AND ${condition} GROUP BY status, cause ORDER BY entries DESC LIMIT ?`,
      mostReasons,
    );
  const failures = reasons("status IN ('failure', 'warning')");
  yield;
  const skipped = reasons("status = 'skipped'");
  yield;
  const slowest = all<AzureInsight['slowest'][number]>(
    `SELECT row, name, action, duration_ms AS durationMs FROM azure_entries
      WHERE import = ? AND duration_ms > 0 ORDER BY duration_ms DESC LIMIT ?`,
    mostSlowest,
  );
  yield;
  const durations = all<AzureInsight['durations'][number]>(
    `SELECT action, count(*) AS entries, max(duration_ms) AS longestMs,
        max(CASE WHEN 2 * place <= total + 1 THEN duration_ms END) AS medianMs
      FROM (SELECT action, duration_ms, row_number() OVER (PARTITION BY action ORDER BY duration_ms) AS place,
        count(*) OVER (PARTITION BY action) AS total FROM azure_entries WHERE import = ? AND duration_ms IS NOT NULL)
      GROUP BY action ORDER BY entries DESC`,
  );
  yield;
  const people = all<AzureInsight['people'][number]>(
    `SELECT person AS key, max(name) AS name, count(*) AS entries, sum(status = 'failure') AS failed FROM azure_entries
      WHERE import = ? AND person IS NOT NULL GROUP BY person ORDER BY failed DESC, entries DESC LIMIT ?`,
    mostPeople,
  );
  const peopleCount =
    db.prepare<[number], number>('SELECT count(DISTINCT person) FROM azure_entries WHERE import = ?').pluck().get(id) ??
    0;
  yield;
  const cycles = all<AzureCycle>(
    `SELECT cycle_id AS id, min(at) AS "from", max(at) AS "to", count(*) AS entries, sum(status = 'failure') AS failed
      FROM azure_entries WHERE import = ? AND cycle_id IS NOT NULL AND at > 0 GROUP BY cycle_id ORDER BY 2 DESC LIMIT ?`,
    mostCycles,
  );
  yield;
  const missing = all<{ why: AzureMissing; entries: number }>(
    'SELECT missing AS why, count(*) AS entries FROM azure_entries WHERE import = ? AND missing IS NOT NULL GROUP BY missing ORDER BY 2 DESC',
  );
  const certainty: Record<AzureCertainty, number> = { code: 0, id: 0, name: 0 };
  for (const row of all<{ certainty: AzureCertainty; entries: number }>(
    'SELECT certainty, count(*) AS entries FROM azure_entries WHERE import = ? AND certainty IS NOT NULL GROUP BY certainty',
  )) {
    certainty[row.certainty] = row.entries;
  }
  yield;
  const silent =
    from === null || to === null ? [] : yield* silentKinds(db, { id, from: from - skewMs, to: to - skewMs });
  return { counts, failures, skipped, slowest, durations, people, peopleCount, cycles, missing, certainty, silent };
}

export interface TimelineQuestion {
  id: number;
  /** On Azure's clock. */
  from: number;
  to: number;
  slots: number;
  skewMs: number;
}

/** The start of a time's slot. A number beyond 32 bits is bound as a real one, with which a division would leave every time apart. */
const slotOf = (at: string, from: string) =>
  `CAST(${from} AS INTEGER) + (${at} - CAST(${from} AS INTEGER)) / CAST(@slotMs AS INTEGER) * CAST(@slotMs AS INTEGER)`;

/** Entries and calls of a stretch of time, in slots. */
export function* azureTimeline(db: Database.Database, question: TimelineQuestion): Generator<void, AzureTimeline> {
  const { id, from, to, skewMs } = question;
  const slotMs = Math.max(10, Math.ceil((to - from) / question.slots));
  const entries = db
    .prepare<[{ id: number; from: number; to: number; slotMs: number }], AzureSlot>(
      `SELECT ${slotOf('at', '@from')} AS at, sum(status = 'success') AS success, sum(status = 'failure') AS failure,
        sum(status = 'skipped') AS skipped, sum(status IN ('warning', 'unknown')) AS other, count(call_seq) AS joined
        FROM azure_entries WHERE import = @id AND at >= @from AND at <= @to GROUP BY 1 ORDER BY 1`,
    )
    .all({ id, from, to, slotMs });
  yield;
  const [begin, end] = [from - skewMs, to - skewMs];
  const read = db.prepare<[Record<'id' | 'first' | 'last' | 'begin' | 'end' | 'slotMs', number>], CallSlot>(
    `SELECT ${slotOf('c.at', '@begin')} AS at, sum(k.outcome = 'ok' AND NOT k.practice) AS ok,
      sum(k.outcome = 'odd' AND NOT k.practice) AS odd, sum(k.outcome = 'failed' AND NOT k.practice) AS failed,
      sum(k.practice) AS practice,
      sum(EXISTS (SELECT 1 FROM azure_matches m WHERE m.import = @id AND m.call_seq = c.seq)) AS joined
      FROM calls c JOIN call_kinds k ON k.id = c.kind
      WHERE c.position BETWEEN @first AND @last AND c.at BETWEEN @begin AND @end GROUP BY 1`,
  );
  const slots = new Map<number, CallSlot>();
  for (const [first, last] of positionsBetween(db, begin, end, step)) {
    for (const slot of read.all({ id, first, last, begin, end, slotMs })) {
      const sum = slots.get(slot.at);
      if (sum === undefined) slots.set(slot.at, slot);
      else for (const key of ['ok', 'odd', 'failed', 'practice', 'joined'] as const) sum[key] += slot[key];
    }
    yield;
  }
  const calls = [...slots.values()].sort((a, b) => a.at - b.at);
  const several = entries.reduce((sum, one) => sum + one.success + one.failure + one.skipped + one.other, 0);
  const many = calls.reduce((sum, one) => sum + one.ok + one.odd + one.failed + one.practice, 0);
  const marks = several <= mostMarks && many <= mostMarks ? marksOf(db, id, from, to, skewMs) : null;
  return { from, to, slotMs, entries, calls: calls.map((slot) => ({ ...slot, at: slot.at + skewMs })), marks };
}

function marksOf(db: Database.Database, id: number, from: number, to: number, skewMs: number): AzureTimeline['marks'] {
  const entries = db
    .prepare<[number, number, number], NonNullable<AzureTimeline['marks']>['entries'][number]>(
      'SELECT row, at, status FROM azure_entries WHERE import = ? AND at >= ? AND at <= ? ORDER BY at, row',
    )
    .all(id, from, to);
  const read = db.prepare<
    number[],
    { seq: number; at: number; outcome: CallOutcome; practice: 0 | 1; row: number | null }
  >(
    `SELECT c.seq, c.at, k.outcome, k.practice,
      (SELECT entry_row FROM azure_matches m WHERE m.import = ? AND m.call_seq = c.seq ORDER BY main DESC LIMIT 1) AS row
      FROM calls c JOIN call_kinds k ON k.id = c.kind WHERE c.position BETWEEN ? AND ? AND c.at BETWEEN ? AND ?`,
  );
  const calls = [...positionsBetween(db, from - skewMs, to - skewMs, step)].flatMap(([first, last]) =>
    read.all(id, first, last, from - skewMs, to - skewMs).map(({ seq, at, outcome, practice, row }) => ({
      code: codeOf(seq),
      at: at + skewMs,
      outcome,
      practice: practice === 1,
      row,
    })),
  );
  return { entries, calls };
}

/** The jobs of which some entry has a call here. */
export function matchedJobs(db: Database.Database, { id }: { id: number }): string[] {
  return db
    .prepare<[number], string>(
      'SELECT DISTINCT job_id FROM azure_entries WHERE import = ? AND call_seq IS NOT NULL AND job_id IS NOT NULL',
    )
    .pluck()
    .all(id);
}
