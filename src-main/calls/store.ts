import type Database from 'better-sqlite3';
import { RequestError } from '../contract/catalogue/errors.ts';
import type {
  CallDetail,
  CallMinute,
  CallOutcome,
  CallPage,
  CallRecorder,
  CallSentence,
  CallSummary,
  CallTally,
  CapturedCall,
  Clock,
  Cycle,
  DataAccess,
  Explanation,
  Log,
  Overview,
  Writer,
} from '../contract/index.ts';
import { parseQuery } from '../contract/query/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import { createActions } from './actions.ts';
import { createAmend } from './amend.ts';
import { normaliseCode, seqOf } from './codes.ts';
import { createCorrect } from './correct.ts';
import { createCycleReading } from './cycle-reading.ts';
import type { GuideFacts } from './guide-facts.ts';
import { createIndexing } from './indexing.ts';
import { createInsert } from './insert.ts';
import { createKinds } from './kinds.ts';
import { createLiveCalls, type LiveCalls } from './live.ts';
import { type CallNeed, mostNeeds } from './needs.ts';
import { createCallNumbers } from './numbers.ts';
import type { callQueries } from './queries.ts';
import { createReadings, type Readings } from './readings.ts';
import { type RefusedCalls, refusedCalls } from './refused.ts';
import { createRetention, type Retention } from './retention.ts';
import type { PlainCall, Unspoken, WholeCall } from './rows.ts';
import { createSavedFilters, type SavedFilters } from './saved-filters.ts';
import { createTallies } from './tallies.ts';
import { countsSince, minutesSince, needsSince } from './tally.ts';

/** What a call means, computed once, when it is stored. */
export interface CallMeaning {
  sentence: CallSentence;
  outcome: CallOutcome;
  probe: boolean;
  /** The sentence follows from the columns of a feed row alone: it need not be stored. */
  plain: boolean;
  /** What a match query asked for. */
  sought?: { attribute: string; value: string };
  /** Codes of the explanations that fit, the gravest first. */
  why: readonly string[];
}

/** A page of calls to read. */
export interface CallQuestion {
  /** Only positions smaller than this; null: from the newest. */
  before: number | null;
  limit: number;
  /** Empty: every call. */
  query: string;
}

export interface CallStoreOptions {
  db: Database.Database;
  writer: Writer;
  runner: QueryRunner<typeof callQueries>;
  clock: Clock;
  log: Log;
  describe(call: CapturedCall): CallMeaning;
  /** The sentence of a call whose meaning is `plain`. */
  describePlain(call: PlainCall): CallSentence;
  /** The sentence of a match query for `value` that had been taken for a probe. */
  describeLookUp(call: PlainCall, value: string): CallSentence;
  /** What the codes of a stored call say, in words. */
  explain(call: Omit<CallDetail, 'explanations'>): Explanation[];
  /** Takes secrets out of an answer's body that is made again from what it showed. */
  clean(body: string): string;
  /** Calls kept while nothing else was set. Default 100,000. */
  keep?: number;
}

/** The captured calls of a pilot: takes them in, keeps them, tells who watches, and answers the window. */
export interface CallStore extends CallRecorder {
  readings: Readings;
  watch: LiveCalls['watch'];
  statusChanged: LiveCalls['statusChanged'];
  /** Calls by the public address since a time, as far as they are stored. */
  publicSince(since: number): Promise<number>;
  /** Calls that fit a query (see `contract/query`). Refused with a `RequestError` when it can't be read. */
  page(question: CallQuestion): Promise<CallPage>;
  /** Those of these positions whose calls fit the query. */
  matching(query: string, positions: number[]): Promise<number[]>;
  /** The kept calls of an action, by the position of its first one, oldest first: the newest 2,000. */
  action(position: number): Promise<CallSummary[]>;
  /** The calls at these positions, in the order asked for; those not stored are left out. */
  summaries(positions: readonly number[]): Promise<CallSummary[]>;
  /** The code in any letter case; null when no such call is stored. */
  call(code: string): Promise<CallDetail | null>;
  /** Several at once, as `call`, in the order asked for; those not stored are left out. */
  details(codes: readonly string[], signal?: AbortSignal): Promise<CallDetail[]>;
  /** The minutes since a time within the last 24 hours, oldest first; empty ones are absent. */
  minutes(since: number): Promise<CallMinute[]>;
  /** How many of the kept calls failed, were odd, or were practised. */
  tally(): Promise<CallTally>;
  /** What Azure's calls since a time tell the guide. */
  guideFacts(since: number): Promise<GuideFacts>;
  /** What calls that came close together probably were, oldest first. */
  cycles(): Promise<Cycle[]>;
  /** Where the kept calls came from. */
  sources(): Promise<DataAccess['sources']>;
  /** The newest calls that were answered 401 since a time, alike ones together; read at once, for a start. */
  refusedSince(since: number): RefusedCalls[];
  retention: Pick<Retention, 'read' | 'set'>;
  filters: SavedFilters;
  /** Counts, the newest 60 calls worth a line, and the newest failures. */
  today(since: number): Promise<Pick<Overview, 'today' | 'failures'> & { latest: CallSummary[] }>;
  /** What failed or was odd since a time, by code, the newest first. */
  needs(since: number): Promise<(CallNeed & { newest: CallDetail })[]>;
  /** Stops the housekeeping and hands back unused numbers. No call may come after it; the database must still be open. */
  close(): void;
}

export function createCallStore(options: CallStoreOptions): CallStore {
  const {
    db,
    writer,
    runner,
    clock,
    log,
    describe,
    describePlain,
    describeLookUp,
    explain,
    clean,
    keep = 100_000,
  } = options;
  const kinds = createKinds(db);
  const insert = createInsert(db, kinds);
  const correct = createCorrect(db, kinds);
  const seqAt = db.prepare<[number], number>('SELECT seq FROM calls WHERE position = ?').pluck();
  const actions = createActions({ isAt: (position, seq) => seqAt.get(position) === seq, describeLookUp });
  writer.onUndone(actions.undone);
  const amend = createAmend(db);
  const numbers = createCallNumbers(db, writer);
  const spoken = ({ summary, sentence }: Unspoken): CallSummary => ({
    ...summary,
    sentence: sentence ?? describePlain(summary),
  });
  const whole = ({ unspoken, parts }: WholeCall): CallDetail => {
    const body = parts.responseBody;
    const responseBody = body === null ? null : { ...body, text: clean(body.text) };
    const call = { ...spoken(unspoken), ...parts, responseBody };
    return { ...call, explanations: explain(call) };
  };
  const readings = createReadings(db, clock.now(), spoken);
  const live = createLiveCalls({
    clock,
    lastPosition: readings.lastPosition,
    storedAfter: async (position, limit) => (await runner.run('calls.after', { position, limit })).map(spoken),
  });
  const details = async (codes: readonly string[], signal?: AbortSignal): Promise<CallDetail[]> => {
    const seqs = codes.map((code) => seqOf(normaliseCode(code))).filter((seq) => seq !== null);
    const found = await runner.run('calls.bySeqs', { seqs }, { signal });
    return found.map(whole);
  };
  const indexing = createIndexing({ runner, readings, log });
  const cycles = createCycleReading(runner, () => readings.lastPosition);
  const tallies = createTallies(runner, clock, () => readings.lastPosition);
  const retention = createRetention({ db, writer, clock, readings, keep, tallies });

  return {
    readings,
    watch: live.watch,
    statusChanged: live.statusChanged,
    publicSince: (since) => runner.run('calls.publicSince', { since }),
    nextId: numbers.next,
    insert(call) {
      const meaning = describe(call);
      const joined = actions.join(call, meaning);
      const { position, onceCommitted } = insert(call, meaning, joined.action);
      joined.stored(position);
      for (const correction of joined.corrections) correct(correction, onceCommitted);
      return () => {
        for (const remember of onceCommitted) remember();
        joined.committed();
        for (const { call: corrected } of joined.corrections) indexing.changed(corrected.seq);
        const summary = summaryOf(call, meaning, position, joined.action);
        if (joined.corrections.length > 0) {
          summary.corrects = joined.corrections.map((one) =>
            summaryOf(one.call, one.meaning, one.position, one.action),
          );
        }
        readings.add(summary);
        cycles.add(summary);
        tallies.add(summary);
        live.publish(summary);
      };
    },
    amend(call) {
      amend(call);
      indexing.changed(call.seq);
    },
    async page(question) {
      refuseUnreadable(question.query);
      const { found, next, searchedTo } = await runner.run('calls.find', { ...question, now: clock.now() });
      return { calls: found.map(spoken), next, stored: readings.stored, searchedTo };
    },
    async matching(query, positions) {
      refuseUnreadable(query);
      return await runner.run('calls.matching', { query, positions, now: clock.now() });
    },
    action: async (position) => (await runner.run('calls.action', { action: position })).map(spoken),
    summaries: async (positions) => (await runner.run('calls.at', { positions })).map(spoken),
    async call(code) {
      const seq = seqOf(normaliseCode(code));
      const found = seq === null ? null : await runner.run('calls.bySeq', { seq });
      return found === null ? null : whole(found);
    },
    details,
    minutes: async (since) => minutesSince(await tallies.read(), since),
    async tally() {
      const { totals } = await tallies.read();
      return { position: readings.lastPosition, ...totals };
    },
    cycles: cycles.list,
    guideFacts: (since) => runner.run('calls.guide', { since }),
    sources: () => runner.run('calls.sources', null),
    refusedSince: (since) => refusedCalls(db, since),
    retention: { read: retention.read, set: retention.set },
    filters: createSavedFilters(db, writer),
    async today(since) {
      const [counted, { latest, failures }] = await Promise.all([
        tallies.read(),
        runner.run('calls.latest', { since }),
      ]);
      return { today: countsSince(counted, since), latest: latest.map(spoken), failures: failures.map(spoken) };
    },
    async needs(since) {
      const needs = needsSince(await tallies.read(), since).slice(0, mostNeeds);
      const positions = [...new Set(needs.map(({ position }) => position))];
      const found = await runner.run('calls.wholeAt', { positions });
      const newest = new Map(found.map((call) => [call.unspoken.summary.position, whole(call)]));
      // Retention may have taken the newest of them meanwhile.
      return needs.flatMap(({ position, ...need }) => {
        const call = newest.get(position);
        return call === undefined ? [] : [{ ...need, newest: call }];
      });
    },
    close() {
      retention.stop();
      indexing.stop();
      numbers.giveBack();
    },
  };
}

function summaryOf(call: CapturedCall, meaning: CallMeaning, position: number, action: number | null): CallSummary {
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
    source: call.source,
    stage: call.stage,
    probe: meaning.probe,
    resourceType: call.resourceType,
    resourceId: call.resourceId,
    resourceName: call.resourceName,
    totalResults: call.totalResults,
    changeKind: call.changes[0]?.kind ?? null,
    sentence: meaning.sentence,
    action: action ?? position,
    why: meaning.why,
  };
}

function refuseUnreadable(query: string): void {
  const read = parseQuery(query);
  if (!read.ok) throw new RequestError('invalid', read.problem.message);
}
