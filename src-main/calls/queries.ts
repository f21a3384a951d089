import type Database from 'better-sqlite3';
import type { CallDetail, CallMinute, CallSummary, Overview } from '../contract/index.ts';
import { type DetailRow, detailColumns, type SummaryRow, summaryColumns, toDetail, toSummary } from './rows.ts';

/**
 * What the window asks of the captured calls, as named queries of the query worker: plain functions over a read-only
 * connection, none of which runs on the thread that serves SCIM.
 */
export const callQueries = {
  /** Newest first, at most `limit`; `before`: only smaller positions. */
  'calls.page': (
    db: Database.Database,
    question: { before: number | null; limit: number; onlyFailed: boolean; hideProbes: boolean },
  ): CallSummary[] => {
    const conditions = ['position < ?'];
    if (question.onlyFailed) conditions.push("outcome = 'failed'");
    if (question.hideProbes) conditions.push('probe = 0');
    const sql = `SELECT ${summaryColumns} FROM calls WHERE ${conditions.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    return summaries(db, sql, question.before ?? Number.MAX_SAFE_INTEGER, question.limit);
  },

  /** Calls stored after `position`, oldest first. */
  'calls.after': (db: Database.Database, question: { position: number; limit: number }): CallSummary[] =>
    summaries(
      db,
      `SELECT ${summaryColumns} FROM calls WHERE position > ? ORDER BY position LIMIT ?`,
      question.position,
      question.limit,
    ),

  'calls.bySeq': (db: Database.Database, question: { seq: number }): CallDetail | null => {
    const row = db.prepare<[number], DetailRow>(`SELECT ${detailColumns} FROM calls WHERE seq = ?`).get(question.seq);
    return row === undefined ? null : toDetail(row);
  },

  /** A bucket a minute since `since` (milliseconds since 1970), oldest first; empty minutes are absent. */
  'calls.minutes': (db: Database.Database, question: { since: number }): CallMinute[] =>
    db
      .prepare<[number], CallMinute>(
        `SELECT at / 60000 * 60000 AS at, count(*) AS calls, sum(outcome = 'failed') AS failed, sum(practice) AS practice
           FROM calls WHERE at >= ? GROUP BY 1 ORDER BY 1`,
      )
      .all(question.since),

  /** Calls by the public address since `since` (milliseconds since 1970). */
  'calls.publicSince': (db: Database.Database, question: { since: number }): number =>
    db
      .prepare<[number], number>("SELECT count(*) FROM calls WHERE at >= ? AND via = 'public'")
      .pluck()
      .get(question.since) ?? 0,

  /** What happened since `since`, with the newest calls worth a line and the newest failures. */
  'calls.today': (
    db: Database.Database,
    question: { since: number },
  ): Pick<Overview, 'today' | 'latest' | 'failures'> => {
    const counts = db
      .prepare<[number], { created: number; updated: number; archived: number; failed: number }>(
        `SELECT coalesce(sum(change_kind = 'created'), 0) AS created,
                coalesce(sum(change_kind IN ('updated', 'restored')), 0) AS updated,
                coalesce(sum(change_kind IN ('archived', 'deleted')), 0) AS archived,
                coalesce(sum(outcome = 'failed'), 0) AS failed
           FROM calls WHERE at >= ?`,
      )
      .get(question.since);
    return {
      today: counts ?? { created: 0, updated: 0, archived: 0, failed: 0 },
      latest: summaries(
        db,
        `SELECT ${summaryColumns} FROM calls WHERE position < ? AND probe = 0 ORDER BY position DESC LIMIT ?`,
        Number.MAX_SAFE_INTEGER,
        5,
      ),
      failures: summaries(
        db,
        `SELECT ${summaryColumns} FROM calls WHERE outcome = 'failed' AND at >= ? ORDER BY position DESC LIMIT ?`,
        question.since,
        5,
      ),
    };
  },
};

function summaries(db: Database.Database, sql: string, bound: number, limit: number): CallSummary[] {
  return db.prepare<[number, number], SummaryRow>(sql).all(bound, limit).map(toSummary);
}
