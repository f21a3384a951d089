import type Database from 'better-sqlite3';
import type {
  CallDetail,
  CallMinute,
  CallOutcome,
  CallPage,
  CallRecorder,
  CallSentence,
  CallSummary,
  CapturedCall,
  Clock,
  Overview,
  Writer,
} from '../contract/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import { createAmend } from './amend.ts';
import { normaliseCode, seqOf } from './codes.ts';
import { createInsert } from './insert.ts';
import { createLiveCalls, type LiveCalls } from './live.ts';
import { createCallNumbers } from './numbers.ts';
import type { callQueries } from './queries.ts';
import { createReadings, type Readings } from './readings.ts';
import { createRetention } from './retention.ts';

/** What a call means, computed once, when it is stored. */
export interface CallMeaning {
  sentence: CallSentence;
  outcome: CallOutcome;
  probe: boolean;
}

export interface CallStoreOptions {
  db: Database.Database;
  writer: Writer;
  runner: QueryRunner<typeof callQueries>;
  clock: Clock;
  describe(call: CapturedCall): CallMeaning;
  /** Calls kept; older ones are deleted in small steps. Default 100,000. */
  keep?: number;
}

/** The captured calls of a pilot: takes them in, keeps them, tells who watches, and answers the window. */
export interface CallStore extends CallRecorder {
  readings: Readings;
  watch: LiveCalls['watch'];
  statusChanged: LiveCalls['statusChanged'];
  /** Calls by the public address since a time, as far as they are stored. */
  publicSince(since: number): Promise<number>;
  page(question: { before: number | null; limit: number; onlyFailed: boolean; hideProbes: boolean }): Promise<CallPage>;
  /** The code in any letter case; null when no such call is stored. */
  call(code: string): Promise<CallDetail | null>;
  minutes(since: number): Promise<CallMinute[]>;
  today(since: number): Promise<Pick<Overview, 'today' | 'latest' | 'failures'>>;
  /** Stops the housekeeping and hands back unused numbers. No call may come after it; the database must still be open. */
  close(): void;
}

export function createCallStore(options: CallStoreOptions): CallStore {
  const { db, writer, runner, clock, describe, keep = 100_000 } = options;
  const insert = createInsert(db);
  const amend = createAmend(db);
  const numbers = createCallNumbers(db, writer);
  const readings = createReadings(db, clock.now());
  const live = createLiveCalls({
    clock,
    lastPosition: readings.lastPosition,
    storedAfter: (position, limit) => runner.run('calls.after', { position, limit }),
  });
  const retention = createRetention({ db, writer, readings, keep });
  /** Stored, not yet published: a group that was rolled back leaves nothing behind here. */
  const inserted = new WeakMap<CapturedCall, CallSummary>();

  return {
    readings,
    watch: live.watch,
    statusChanged: live.statusChanged,
    publicSince: (since) => runner.run('calls.publicSince', { since }),
    nextId: numbers.next,
    insert(call) {
      const meaning = describe(call);
      const position = insert(call, meaning);
      inserted.set(call, summaryOf(call, meaning, position));
    },
    publish(call) {
      const summary = inserted.get(call);
      if (summary === undefined) throw new Error(`Call ${call.code} was published before it was stored.`);
      inserted.delete(call);
      readings.add(summary);
      live.publish(summary);
    },
    amend,
    async page(question) {
      const calls = await runner.run('calls.page', question);
      const last = calls.length < question.limit ? undefined : calls.at(-1);
      return { calls, next: last?.position ?? null, stored: readings.stored };
    },
    async call(code) {
      const seq = seqOf(normaliseCode(code));
      return seq === null ? null : runner.run('calls.bySeq', { seq });
    },
    minutes: (since) => runner.run('calls.minutes', { since }),
    today: (since) => runner.run('calls.today', { since }),
    close() {
      retention.stop();
      numbers.giveBack();
    },
  };
}

function summaryOf(call: CapturedCall, meaning: CallMeaning, position: number): CallSummary {
  return {
    position,
    code: call.code,
    at: call.at,
    durationMs: call.durationMs,
    method: call.method,
    path: call.path,
    query: call.query,
    status: call.status,
    scimType: call.scimType,
    outcome: meaning.outcome,
    practice: call.practice,
    via: call.via,
    stage: call.stage,
    probe: meaning.probe,
    resourceType: call.resourceType,
    resourceId: call.resourceId,
    changeKind: call.changes[0]?.kind ?? null,
    sentence: meaning.sentence,
  };
}
