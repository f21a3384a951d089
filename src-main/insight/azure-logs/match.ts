import type Database from 'better-sqlite3';
import {
  callOfSeq,
  callsAround,
  callsBetween,
  codeOf,
  keptSpan,
  type LogCall,
  normaliseCode,
  seqOf,
} from '../../calls/index.ts';
import type { Away, AzureEntry, AzureMissing } from '../../contract/index.ts';
import { creatingCall } from '../../directory/index.ts';
import type { StoredMatch } from '../../entra/index.ts';
import { fold } from '../../scim/index.ts';
import { createLookUps, type LookUps } from './look-ups.ts';
import { idReachMs, type Score, type Sought, scoreOf, toleranceMs } from './score.ts';

/** Entries read between two turns. */
const readAtOnce = 200;
/** Calls kept with an entry besides the one it is about. */
const mostBeside = 6;
/** An entry's own time is rounded, and told when it is over, milliseconds. */
const withinMs = 1_000;
/** No call within this time of an entry: something kept Azure away, milliseconds. */
const quietMs = 10 * 60_000;
/** Pairs beyond doubt from which the skew is taken. */
const skewPairs = 300;
const leastPairs = 3;

export interface MatchQuestion {
  id: number;
  /** The last entry that was looked at; null: from the first. */
  after: { at: number; row: number } | null;
  limit: number;
  skewMs: number;
  away: Away | null;
}

export interface MatchAnswer {
  matches: StoredMatch[];
  /** Null at the end. */
  last: { at: number; row: number } | null;
}

interface EntryRow {
  row: number;
  at: number;
  json: string;
}

interface Candidate {
  call: LogCall;
  score: Score;
}

interface Entrant extends Sought {
  row: number;
  entry: AzureEntry;
  quoted: LogCall | null;
  /** A code is quoted that is none of ours. */
  foreign: boolean;
  candidates: Candidate[];
}

/**
 * Matches some entries, in the order of their times, against the calls around them. The calls are read once, in pages, and each is
 * looked up among the entries: so it takes no index on calls, which would cost every call that is stored.
 */
export function* matchEntries(db: Database.Database, question: MatchQuestion): Generator<void, MatchAnswer> {
  const { id, after, limit, skewMs, away } = question;
  const rows = db
    .prepare<[number, number, number, number], EntryRow>(
      `SELECT row, at, json FROM azure_entries WHERE import = ? AND (at, row) > (?, ?) ORDER BY at, row LIMIT ?`,
    )
    .all(id, after?.at ?? -1, after?.row ?? 0, limit);
  const last = rows.at(-1);
  if (last === undefined) return { matches: [], last: null };
  const lookUps = createLookUps(db);
  const sought: Entrant[] = [];
  for (const row of rows) {
    sought.push(toSought(db, lookUps, row, skewMs));
    if (sought.length % readAtOnce === 0) yield;
  }
  const came = yield* lookThrough(db, lookUps, sought);
  const taken = new Set<number>();
  const isTaken = (seq: number) => taken.has(seq) || lookUps.isClaimed(id, seq);
  const kept = keptSpan(db);
  const order = [...sought].sort((a, b) => bestOf(b) - bestOf(a));
  const chosen = new Map<number, Candidate | null>();
  for (const one of order) {
    const best = choose(one, isTaken);
    if (best !== null && best.call.method !== 'GET') taken.add(best.call.seq);
    chosen.set(one.row, best);
  }
  yield;
  const matches = sought.map((one): StoredMatch => {
    const main = chosen.get(one.row) ?? null;
    const beside = one.candidates
      .filter((other) => other.call.seq !== main?.call.seq && belongs(one, other) && !isTaken(other.call.seq))
      .sort((a, b) => b.score.rank - a.score.rank)
      .slice(0, mostBeside);
    return {
      row: one.row,
      main: main === null ? null : { seq: main.call.seq, certainty: main.score.certainty, apartMs: main.score.apartMs },
      missing: main === null ? missingOf(db, one, { kept, away, came }) : null,
      matches: (main === null ? [] : [main, ...beside]).map(({ call, score }) => ({
        seq: call.seq,
        main: call.seq === main?.call.seq,
        certainty: score.certainty,
        score: score.score,
        reasons: score.reasons,
      })),
    };
  });
  return { matches, last: { at: last.at, row: last.row } };
}

/**
 * How far Azure's clock is ahead of ours, milliseconds, by entries that quote a call's code or tell of a record's creation; null
 * where too few do.
 */
export function measureSkew(db: Database.Database, { id }: { id: number }): number | null {
  const rows = db
    .prepare<[number, number], EntryRow>(
      `SELECT row, at, json FROM azure_entries WHERE import = ? AND at > 0 AND (status = 'failure' OR action = 'create')
        ORDER BY status = 'failure' DESC, at DESC LIMIT ?`,
    )
    .all(id, skewPairs);
  const apart = rows.flatMap(({ at, json }) => {
    const entry = JSON.parse(json) as AzureEntry;
    const targetId = entry.target.id;
    const created = () => {
      const seq = targetId !== null && entry.action === 'create' ? creatingCall(db, targetId) : null;
      return seq === null ? null : callOfSeq(db, seq);
    };
    const call = quotedCall(db, entry, null).call ?? created();
    return call === null ? [] : [at - (call.at + call.durationMs)];
  });
  if (apart.length < leastPairs) return null;
  apart.sort((a, b) => a - b);
  return Math.round(apart[Math.floor(apart.length / 2)] ?? 0);
}

/** Reads the calls around the entries once, and gives each entry those that could be its own. Gives when they came, in order. */
function* lookThrough(
  db: Database.Database,
  lookUps: LookUps,
  sought: readonly Entrant[],
): Generator<void, Float64Array> {
  const timed = sought.filter(({ entry }) => entry.at !== null);
  const byId = new Map<string, Entrant[]>();
  const byName = new Map<string, Entrant[]>();
  for (const one of timed) {
    for (const key of new Set([one.targetId, ...one.externalIds, ...one.namedIds]))
      if (key !== null) push(byId, key, one);
    for (const name of one.names) push(byName, name, one);
  }
  const from = Math.min(...timed.map((one) => one.at - one.durationMs)) - toleranceMs - idReachMs;
  const to = Math.max(...timed.map((one) => one.at)) + toleranceMs + idReachMs;
  const came: number[] = [];
  if (timed.length === 0) return new Float64Array();
  for (const page of callsBetween(db, from, to)) {
    for (const call of page) {
      came.push(call.at);
      if (call.practice) continue;
      const near = new Set(call.resourceId === null ? [] : byId.get(call.resourceId));
      for (const name of call.names) for (const one of byName.get(name) ?? []) near.add(one);
      for (const one of near) {
        const score = scoreOf(one, call, () => lookUps.written(one.entry.properties, call.seq));
        if (score !== null) one.candidates.push({ call, score });
      }
    }
    yield;
  }
  return new Float64Array(came).sort();
}

/** Whether a call came within `reach` milliseconds of a moment. */
function cameNear(came: Float64Array, moment: number, reach: number): boolean {
  let low = 0;
  let high = came.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((came[middle] ?? 0) < moment) low = middle + 1;
    else high = middle;
  }
  return [came[low - 1], came[low]].some((at) => at !== undefined && Math.abs(at - moment) < reach);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function toSought(db: Database.Database, lookUps: LookUps, { row, json }: EntryRow, skewMs: number): Entrant {
  const entry = JSON.parse(json) as AzureEntry;
  const { source, target, properties } = entry;
  const { call, foreign } = quotedCall(db, entry, entry.at === null ? null : entry.at - skewMs);
  const written = properties.flatMap(({ name, to }) =>
    to !== null && /^(userName|displayName)$/i.test(name) ? [to] : [],
  );
  const said = entry.steps.flatMap(({ description }) => /'([^']{3,200})'/.exec(description ?? '')?.[1] ?? []);
  const names = [source.name, source.userName, target.name, ...written, ...said].flatMap((name) =>
    name === null || name === '' ? [] : [fold(name)],
  );
  const externalIds = source.id === null ? [] : lookUps.idsByExternalId(source.id);
  const namedIds = lookUps.idsByUserName(names);
  // What they are called here is what Azure looked for before it had an id.
  const known = [target.id, ...externalIds].flatMap((id) => (id === null ? [] : lookUps.userNameOf(id)));
  return {
    row,
    entry,
    at: (entry.at ?? 0) - skewMs,
    durationMs: entry.durationMs ?? 0,
    action: entry.action,
    status: entry.status,
    targetId: target.id,
    namedIds,
    externalIds,
    names: new Set([...names, ...known]),
    quoted: call,
    foreign,
    candidates: [],
  };
}

/**
 * The call whose code Azure quotes from our answer. Another pilot's answers have codes as well: it is ours only if what we
 * answered stands beside it, or if we refused it around `at`, on our clock (null: unknown), whatever Azure made of our words.
 */
function quotedCall(
  db: Database.Database,
  { error, steps }: AzureEntry,
  at: number | null,
): { call: LogCall | null; foreign: boolean } {
  const texts = [error?.reason, error?.details, ...steps.map(({ description }) => description)];
  let foreign = false;
  for (const text of texts) {
    if (text === null || text === undefined) continue;
    for (const { 0: quote, 1: code = '', index } of text.matchAll(/\[call ([0-9A-Za-z]{5,10})\]/g)) {
      const seq = seqOf(normaliseCode(code));
      const call = seq === null ? null : callOfSeq(db, seq);
      const then = call !== null && at !== null && call.status >= 400 && Math.abs(call.at - at) <= idReachMs;
      const said = call?.detail != null && quotes(text.slice(index + quote.length), withoutCode(call.detail));
      if (then || said) return { call, foreign: false };
      foreign = true;
    }
  }
  return { call: null, foreign };
}

/** Letters and digits of ours that a quote has at least before it may end: shorter ones begin many answers. */
const leastQuoted = 12;
/** More than these are not compared. */
const mostCompared = 200;

/** Whether a text begins with what we said: all of it, or cut off somewhere, with nothing but marks or an ellipsis behind. */
function quotes(text: string, said: string): boolean {
  const quoted = squeezed(text);
  const ours = squeezed(said).slice(0, mostCompared);
  let same = 0;
  while (same < ours.length && quoted[same] === ours[same]) same += 1;
  return same === ours.length || (same >= leastQuoted && !/[\p{L}\p{N}]/u.test(quoted.slice(same)));
}

const withoutCode = (detail: string): string => detail.replace(/^\[call \w+\]/, '');

/** Without what quoting JSON in JSON changes. */
function squeezed(text: string): string {
  return text.replace(/\\u[\da-f]{4}|[\s\\"']/gi, '');
}

const certain: Omit<Score, 'apartMs' | 'reasons'> = {
  certainty: 'code',
  score: 100,
  rank: 200,
  writes: true,
  wroteOther: false,
};

function choose(one: Entrant, isTaken: (seq: number) => boolean): Candidate | null {
  if (one.quoted !== null) {
    const call = one.quoted;
    const apartMs = Math.round(one.at - (call.at + call.durationMs));
    return {
      call,
      score: { ...certain, apartMs, reasons: [`Azure quotes the call’s code, ${codeOf(call.seq)}`] },
    };
  }
  const ranked = one.candidates
    .filter(({ call, score }) => score.writes && (call.method === 'GET' || !isTaken(call.seq)))
    .sort((a, b) => b.score.rank - a.score.rank || Math.abs(a.score.apartMs) - Math.abs(b.score.apartMs));
  if (ranked[0] !== undefined) return ranked[0];
  // A failure may have happened at the look-up already.
  const { status } = one;
  return status === 'failure'
    ? (one.candidates.filter(({ call }) => call.status >= 400).sort((a, b) => b.score.rank - a.score.rank)[0] ?? null)
    : null;
}

/**
 * Whether a call may be one of several that an entry stands for: a look-up, one that could be the entry's own, or (a manager that
 * follows a creation) any other within the time that the entry took.
 */
function belongs({ at, durationMs }: Entrant, { call, score }: Candidate): boolean {
  if (score.wroteOther) return false;
  if (call.method === 'GET' || score.writes) return true;
  return call.at >= at - durationMs - withinMs && call.at <= at + withinMs;
}

function bestOf(one: Entrant): number {
  return one.quoted !== null ? certain.rank : Math.max(0, ...one.candidates.map(({ score }) => score.rank));
}

function missingOf(
  db: Database.Database,
  { entry, at, foreign }: Entrant,
  { kept, away, came }: { kept: { from: number; to: number } | null; away: Away | null; came: Float64Array },
): AzureMissing {
  if (entry.status === 'skipped') return 'skipped';
  if (stoppedBefore(entry) !== null) return 'not-sent';
  if (foreign) return 'other-application';
  if (entry.at === null) return 'no-time';
  if (kept === null) return 'no-calls';
  if (at < kept.from - toleranceMs) return 'older';
  if (away !== null && at >= away.since && at <= away.until) return 'away';
  if (at > kept.to + toleranceMs) return 'newer';
  // Looked through already; further away the question costs more.
  if (cameNear(came, at, Math.min(quietMs, idReachMs))) return 'unknown';
  const { before, after } = callsAround(db, at);
  const near = (other: number | null) => other !== null && Math.abs(other - at) < quietMs;
  return near(before) || near(after) ? 'unknown' : 'quiet';
}

/** The step at which Azure stopped before it would have called us; null where it came further, or does not say. */
export function stoppedBefore({ action, steps, error }: AzureEntry): string | null {
  if (action === 'stagedDelete' || action === 'stagedAction') return 'the deletion is held back for your consent';
  const code = error?.code?.toLowerCase() ?? '';
  if (code === 'importskipped' || code === 'duplicatesourceentries') return 'it never left Azure’s own side';
  if (steps.length === 0 || steps.some(({ type }) => type === 'export' || type === 'matching')) return null;
  const failed = steps.find(({ status }) => status === 'failure');
  return failed === undefined ? null : `it stopped at ${failed.name ?? failed.type ?? 'a step of its own'}`;
}
