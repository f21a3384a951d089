import type Database from 'better-sqlite3';
import type { CallMinute, Overview } from '../contract/index.ts';
import { storedCycles } from './cycle-reading.ts';
import { guideFacts } from './guide-facts.ts';
import { callNeeds } from './needs.ts';
import { callsOfAction } from './one-action.ts';
import { positionSince } from './positions.ts';
import { findCalls, matchingCalls } from './query/find.ts';
import { indexStep } from './query/index-step.ts';
import { type FeedRow, toUnspoken, type Unspoken, type WholeCall } from './rows.ts';
import { callSources } from './sources.ts';
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

  'calls.bySeq': (db: Database.Database, question: { seq: number }): WholeCall | null =>
    wholeCalls(db, [question.seq])[0] ?? null,

  /** In the order asked for; those not stored are left out. */
  'calls.bySeqs': (db: Database.Database, question: { seqs: readonly number[] }): WholeCall[] =>
    wholeCalls(db, question.seqs),

  'calls.action': callsOfAction,

  'calls.needs': callNeeds,

  /** A bucket a minute since `since` (milliseconds since 1970), oldest first; empty minutes are absent. */
  'calls.minutes': (db: Database.Database, question: { since: number }): CallMinute[] =>
    db
      .prepare<[number, number], CallMinute>(
        `SELECT at / 60000 * 60000 AS at, count(*) AS calls, count(failed) AS failed, sum(practice) AS practice
           FROM feed WHERE position >= ? AND at >= ? GROUP BY 1 ORDER BY 1`,
      )
      .all(positionSince(db, question.since), question.since),

  'calls.guide': guideFacts,

  'calls.cycles': storedCycles,

  'calls.sources': callSources,

  /** Calls by the public address since `since` (milliseconds since 1970). */
  'calls.publicSince': (db: Database.Database, question: { since: number }): number =>
    db
      .prepare<[number, number], number>("SELECT count(*) FROM feed WHERE position >= ? AND at >= ? AND via = 'public'")
      .pluck()
      .get(positionSince(db, question.since), question.since) ?? 0,

  /** What happened since `since`, with the newest calls worth a line and the newest failures. */
  'calls.today': (
    db: Database.Database,
    question: { since: number },
  ): { today: Overview['today']; latest: Unspoken[]; failures: Unspoken[] } => {
    const counts = db
      .prepare<[number, number], { created: number; updated: number; archived: number; failed: number }>(
        `SELECT coalesce(sum(change_kind = 'created'), 0) AS created,
                coalesce(sum(change_kind IN ('updated', 'restored')), 0) AS updated,
                coalesce(sum(change_kind IN ('archived', 'deleted')), 0) AS archived,
                count(failed) AS failed
           FROM feed WHERE position >= ? AND at >= ?`,
      )
      .get(positionSince(db, question.since), question.since);
    return {
      today: counts ?? { created: 0, updated: 0, archived: 0, failed: 0 },
      latest: summaries(
        db,
        `SELECT * FROM feed WHERE position < ? AND probe = 0 ORDER BY position DESC LIMIT ?`,
        Number.MAX_SAFE_INTEGER,
        // Enough for a handful of actions.
        60,
      ),
      failures: summaries(
        db,
        `SELECT * FROM feed WHERE failed AND at >= ? ORDER BY position DESC LIMIT ?`,
        question.since,
        5,
      ),
    };
  },
};

function summaries(db: Database.Database, sql: string, bound: number, limit: number): Unspoken[] {
  return db.prepare<[number, number], FeedRow>(sql).all(bound, limit).map(toUnspoken);
}
