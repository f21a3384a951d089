import type Database from 'better-sqlite3';
import { type CallQuery, fits, parseQuery } from '../../contract/query/index.ts';
import { longestCallMs, positionSince } from '../positions.ts';
import { type FeedRow, toUnspoken, type Unspoken } from '../rows.ts';
import { bodyCondition } from './body-sql.ts';
import { factsOfKind, readKinds } from './kind-facts.ts';
import { type Places, placesOf } from './places.ts';
import { blockOf, blockSize, searchIndexOf } from './search-index.ts';
import { createTextReader, StoredFacts } from './stored-facts.ts';

/** A step ends after this time, milliseconds, but not before it has looked at so many calls. */
const stepMs = 50;
const leastLooked = 1_000;
/** Calls that are looked at before the index is asked: what is often there is found sooner without it. */
const directly = 1_000;
/** Calls read by one statement. */
const mostInRange = 2_048;
/** Blocks that may be missing in remembered places; they are looked through. */
const mostMissing = 256;

export interface FoundCalls {
  found: Unspoken[];
  /** Where to go on; null at the end. */
  next: number | null;
  /** As in `CallPage`. */
  searchedTo: number | null;
}

type KindRow = FeedRow & { kind: number };

/**
 * Calls that fit a query, newest first, at most `limit`, below position `before`: one step of bounded time, which may end with
 * fewer while there is more to look at. For the query worker.
 */
export function findCalls(
  db: Database.Database,
  { query: text, before, limit, now }: { query: string; before: number | null; limit: number; now: number },
): FoundCalls {
  const query = readQuery(text);
  const kinds = fittingKinds(db, query, now);
  const bounds = boundsOf(db, query, now);
  const found: Unspoken[] = [];
  let at = Math.min(before ?? Number.MAX_SAFE_INTEGER, bounds.end) - 1;
  if (kinds.size === 0) return { found, next: null, searchedTo: null };
  const read = kinds.reader(db);
  const texts = createTextReader(db);
  const started = performance.now();
  let places = rememberedPlaces(db, text);
  let looked = 0;
  while (at >= bounds.first) {
    const direct = looked < directly && places === null;
    if (!direct) places ??= rememberPlaces(db, query, now);
    const range = direct ? { from: at - 511, to: at } : nextRange(places, at, bounds.first);
    if (range === null) break;
    const from = Math.max(range.from, bounds.first);
    looked += range.to - from + 1;
    for (const row of read(from, range.to)) {
      if (!kinds.surely(row.kind) && fits(query, new StoredFacts(row, texts), now) !== true) continue;
      found.push(toUnspoken(row));
      if (found.length === limit) return { found, next: row.position, searchedTo: null };
    }
    at = from - 1;
    if (at >= bounds.first && looked >= leastLooked && performance.now() - started > stepMs) {
      return { found, next: from, searchedTo: timeAt(db, from) };
    }
  }
  return { found, next: null, searchedTo: null };
}

/** Which of the calls at these positions fit. For the query worker. */
export function matchingCalls(
  db: Database.Database,
  { query: text, positions, now }: { query: string; positions: number[]; now: number },
): number[] {
  const query = readQuery(text);
  const texts = createTextReader(db);
  const read = db.prepare<[number], FeedRow>('SELECT * FROM feed WHERE position = ?');
  return positions.filter((position) => {
    const row = read.get(position);
    return row !== undefined && fits(query, new StoredFacts(row, texts), now) === true;
  });
}

function readQuery(text: string): CallQuery {
  const read = parseQuery(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.query;
}

/** Kinds of which calls may fit, and those of which all do. */
function fittingKinds(db: Database.Database, query: CallQuery, now: number) {
  const verdicts = new Map<number, boolean>();
  const kinds = readKinds(db);
  for (const kind of kinds) {
    const verdict = fits(query, factsOfKind(kind), now);
    if (verdict !== false) verdicts.set(kind.id, verdict === true);
  }
  const among = verdicts.size === kinds.length ? '' : `AND c.kind IN (${[...verdicts.keys()].join(', ')})`;
  return {
    size: verdicts.size,
    surely: (kind: number) => verdicts.get(kind) === true,
    reader(of: Database.Database) {
      const { sql, bound } = bodyCondition(query);
      const read = of.prepare<(number | string)[], KindRow>(
        `SELECT f.*, c.kind FROM calls c CROSS JOIN feed f ON f.position = c.position
          WHERE c.position >= ? AND c.position <= ? ${among} ${sql} ORDER BY c.position DESC`,
      );
      return (from: number, to: number) => read.iterate(from, to, ...bound);
    },
  };
}

/** Positions that the query's times leave: from `first` up to and without `end`. */
function boundsOf(db: Database.Database, query: CallQuery, now: number): { first: number; end: number } {
  const range = db
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(position) FROM calls) AS first, (SELECT max(position) FROM calls) AS last',
    )
    .get();
  let first = range?.first ?? 0;
  let end = (range?.last ?? -1) + 1;
  for (const part of query.parts) {
    const span = part.type === 'term' ? part.term.narrow?.span?.(now) : undefined;
    if (span === undefined) continue;
    if (span.from > 0) first = Math.max(first, positionSince(db, span.from));
    // A call that came before the end was stored soon after: from there on, none did.
    if (span.to < now + longestCallMs) end = Math.min(end, positionSince(db, span.to + 2 * longestCallMs));
  }
  return { first, end };
}

/** The next calls to look at, from `at` downwards; null when there are none. */
function nextRange(places: Places | null, at: number, first: number): { from: number; to: number } | null {
  if (places === null) return { from: at - mostInRange + 1, to: at };
  let block = blockOf(at);
  if (block >= places.end) return { from: Math.max(places.end * blockSize, at - mostInRange + 1), to: at };
  while (block >= places.first && !places.may(block)) block -= 1;
  if (block < places.first)
    return first < places.first * blockSize ? { from: first, to: Math.min(at, places.first * blockSize - 1) } : null;
  const to = Math.min(at, (block + 1) * blockSize - 1);
  while (block > places.first && places.may(block - 1) && to - (block - 1) * blockSize < mostInRange) block -= 1;
  return { from: block * blockSize, to };
}

function timeAt(db: Database.Database, position: number): number | null {
  const read = db.prepare<[number], number>('SELECT at FROM calls WHERE position >= ? ORDER BY position LIMIT 1');
  return read.pluck().get(position) ?? null;
}

/** The places of the last queries: a list is read page by page, and what the index tells of whole blocks stays true. */
const remembered = new WeakMap<Database.Database, Map<string, Places>>();
const mostRemembered = 4;

/** Calls of blocks that are told about have changed. */
export function forgetPlaces(db: Database.Database): void {
  remembered.delete(db);
}

function rememberedPlaces(db: Database.Database, text: string): Places | null {
  const places = remembered.get(db)?.get(text);
  const index = places === undefined ? null : searchIndexOf(db);
  if (places === undefined || index === null || index.next - places.end > mostMissing) return null;
  return places;
}

function rememberPlaces(db: Database.Database, query: CallQuery, now: number): Places | null {
  const index = searchIndexOf(db);
  if (index === null) return null;
  const places = placesOf(db, index, query, now);
  const known = remembered.get(db) ?? new Map<string, Places>();
  remembered.set(db, known);
  known.delete(query.text);
  known.set(query.text, places);
  for (const oldest of known.keys()) if (known.size > mostRemembered) known.delete(oldest);
  return places;
}
