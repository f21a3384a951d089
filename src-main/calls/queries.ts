import type Database from 'better-sqlite3';
import { storedCycles } from './cycle-reading.ts';
import { guideFacts } from './guide-facts.ts';
import { callsOfAction } from './one-action.ts';
import { positionSince } from './positions.ts';
import { findCalls, matchingCalls } from './query/find.ts';
import { indexStep } from './query/index-step.ts';
import { type FeedRow, toUnspoken, type Unspoken, type WholeCall } from './rows.ts';
import { callSources } from './sources.ts';
import { storedTally } from './tally-scan.ts';
import { wholeCalls } from './whole-calls.ts';

/**
 * What the window asks of the captured calls, as named queries of the query worker: plain functions over a read-only
 * connection, none of which runs on the thread that serves SCIM.
 */
export const callQueries = {
  'calls.find': findCalls,

  'calls.matching': matchingCalls,

  'calls.index': indexStep,

  /** Calls stored after `position`, oldest first. */
  'calls.after': (db: Database.Database, question: { position: number; limit: number }): Unspoken[] =>
    summaries(db, `SELECT * FROM feed WHERE position > ? ORDER BY position LIMIT ?`, question.position, question.limit),

  /** In the order asked for; those not stored are left out. */
  'calls.at': (db: Database.Database, question: { positions: readonly number[] }): Unspoken[] => {
    const read = db.prepare<[number], FeedRow>('SELECT * FROM feed WHERE position = ?');
    return question.positions.flatMap((position) => read.all(position).map(toUnspoken));
  },

  /** As `calls.at`, with everything about each. */
  'calls.wholeAt': (db: Database.Database, question: { positions: readonly number[] }): WholeCall[] => {
    const seqAt = db.prepare<[number], number>('SELECT seq FROM calls WHERE position = ?').pluck();
    return wholeCalls(
      db,
      question.positions.flatMap((position) => seqAt.all(position)),
    );
  },

  'calls.bySeq': (db: Database.Database, question: { seq: number }): WholeCall | null =>
    wholeCalls(db, [question.seq])[0] ?? null,

  /** In the order asked for; those not stored are left out. */
  'calls.bySeqs': (db: Database.Database, question: { seqs: readonly number[] }): WholeCall[] =>
    wholeCalls(db, question.seqs),

  'calls.action': callsOfAction,

  'calls.tally': storedTally,

  'calls.guide': guideFacts,

  'calls.cycles': storedCycles,

  'calls.sources': callSources,

  /** Calls by the public address since `since` (milliseconds since 1970). */
  'calls.publicSince': (db: Database.Database, question: { since: number }): number =>
    db
      .prepare<[number, number], number>("SELECT count(*) FROM feed WHERE position >= ? AND at >= ? AND via = 'public'")
      .pluck()
      .get(positionSince(db, question.since), question.since) ?? 0,

  /** The newest calls worth a line, and the newest failures since `since` (milliseconds since 1970). */
  'calls.latest': (
    db: Database.Database,
    { since }: { since: number },
  ): { latest: Unspoken[]; failures: Unspoken[] } => ({
    latest: summaries(
      db,
      `SELECT * FROM feed WHERE position < ? AND probe = 0 ORDER BY position DESC LIMIT ?`,
      Number.MAX_SAFE_INTEGER,
      // Enough for a handful of actions.
      60,
    ),
    failures: summaries(
      db,
      `SELECT * FROM feed WHERE failed AND position >= ? ORDER BY position DESC LIMIT ?`,
      positionSince(db, since),
      5,
    ).filter(({ summary }) => summary.at >= since),
  }),
};

function summaries(db: Database.Database, sql: string, bound: number, limit: number): Unspoken[] {
  return db.prepare<[number, number], FeedRow>(sql).all(bound, limit).map(toUnspoken);
}
