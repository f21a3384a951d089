import type Database from 'better-sqlite3';
import type { Query, ResourceType } from '../contract/index.ts';
import type { AttributePath, Filter } from '../scim/index.ts';
import { matchingRows } from './matching-rows.ts';
import { compareKeys } from './resources.ts';
import { type Keyed, keyReader } from './sort-keys.ts';

/** Rows read between two yields. */
const keyStep = 1_000;
/** Pages that end here or earlier are found among the first rows, and so many are kept. */
const nearRows = 4_000;
/** Rows kept while a page far in is looked for, and those that tell about where it begins. */
const farRows = 24_000;
const sampleRows = 16_000;

type Order = (a: Keyed, b: Keyed) => number;

/** What one reading of all rows gives: the first ones from a place on in the order asked for. */
interface Stretch {
  /** In order. */
  rows: Keyed[];
  /** How many rows come before the first of them. */
  before: number;
  totalResults: number;
}

/**
 * The rows of a sorted page (RFC 7644 §3.4.2.3) and how many there are in all. Some ten thousand rows are remembered at most,
 * wherever the page lies among however many: one far in is looked for from a row that a sample shows to stand a little before it.
 */
export function* sortedRows(
  db: Database.Database,
  type: ResourceType,
  { filter, startIndex, count, descending }: Query<Filter>,
  path: AttributePath,
): Generator<void, { rows: number[]; totalResults: number }> {
  const skip = startIndex - 1;
  const order: Order = (a, b) => (descending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)) || a.row - b.row;
  const keysOf = keyReader(db, type, path);
  const all = () => matchingRows(db, type, filter);
  if (count === 0) return { rows: [], totalResults: yield* countOf(all()) };
  const near = skip + count <= nearRows;
  /** Where to begin; the later ones for when the sample misled. */
  let places: (Keyed | null)[] = [null];
  if (!near) {
    const { rows, totalResults } = yield* sampleOf(all());
    if (skip >= totalResults) return { rows: [], totalResults };
    const sample = yield* keyed(rows, keysOf);
    sample.sort(order);
    places = [3, 6, 12].map((doubt) => rowBefore(sample, skip / totalResults, doubt));
  }
  let from = places.shift() ?? null;
  for (;;) {
    const { rows, before, totalResults } = yield* stretchFrom(
      from,
      all(),
      { keysOf, order },
      near ? nearRows : farRows,
    );
    const first = skip - before;
    if (first < 0) from = places.shift() ?? null;
    else if (first + count <= rows.length || before + rows.length === totalResults) {
      return { rows: rows.slice(first, first + count).map(({ row }) => row), totalResults };
    } else from = rows[first] ?? rows.at(-1) ?? null;
  }
}

function* countOf(all: Iterable<number[]>): Generator<void, number> {
  let total = 0;
  for (const rows of all) {
    total += rows.length;
    yield;
  }
  return total;
}

/** Rows drawn by chance, each with the same one (Vitter's algorithm R), ascending. */
function* sampleOf(all: Iterable<number[]>): Generator<void, { rows: number[]; totalResults: number }> {
  const drawn: number[] = [];
  let totalResults = 0;
  for (const rows of all) {
    for (const row of rows) {
      const at = totalResults < sampleRows ? totalResults : Math.floor(Math.random() * (totalResults + 1));
      if (at < sampleRows) drawn[at] = row;
      totalResults += 1;
    }
    yield;
  }
  return { rows: drawn.sort((a, b) => a - b), totalResults };
}

function* keyed(rows: readonly number[], keysOf: (rows: number[]) => Keyed[]): Generator<void, Keyed[]> {
  const found: Keyed[] = [];
  for (let from = 0; from < rows.length; from += keyStep) {
    for (const one of keysOf(rows.slice(from, from + keyStep))) found.push(one);
    yield;
  }
  return found;
}

/**
 * A row of the sample (in order) that stands before the `share` of all rows, by `doubt` times what the sample errs on average;
 * null where that is before all of them.
 */
function rowBefore(sample: readonly Keyed[], share: number, doubt: number): Keyed | null {
  const error = Math.sqrt(sample.length * share * (1 - share));
  return sample[Math.floor(sample.length * share - doubt * error) - 1] ?? null;
}

/** The first `limit` rows from `from` (null: the beginning) on. */
function* stretchFrom(
  from: Keyed | null,
  all: Iterable<number[]>,
  { keysOf, order }: { keysOf: (rows: number[]) => Keyed[]; order: Order },
  limit: number,
): Generator<void, Stretch> {
  let found: Keyed[] = [];
  /** Nothing after it is among them. */
  let last: Keyed | null = null;
  let before = 0;
  let totalResults = 0;
  for (const rows of all) {
    totalResults += rows.length;
    for (let at = 0; at < rows.length; at += keyStep) {
      for (const one of keysOf(rows.slice(at, at + keyStep))) {
        if (from !== null && order(one, from) < 0) before += 1;
        else if (last === null || order(one, last) < 0) found.push(one);
      }
      // Each dropping costs a sort.
      if (found.length > 1.25 * limit) {
        found = found.sort(order).slice(0, limit);
        last = found.at(-1) ?? null;
      }
      yield;
    }
    yield;
  }
  return { rows: found.sort(order).slice(0, limit), before, totalResults };
}
