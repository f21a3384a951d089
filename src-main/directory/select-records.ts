import type Database from 'better-sqlite3';
import type { Query, QueryPage, ResourceType } from '../contract/index.ts';
import type { AttributePath, Filter } from '../scim/index.ts';
import { countVisible } from './counters.ts';
import { matchingRows } from './matching-rows.ts';
import { pageOf, type RecordRow, selectRecords as selectFrom, tableOf } from './rows.ts';
import { sortedRows } from './sorted-rows.ts';
import { bound, prepared } from './statements.ts';

const skipRows = 5_000;
/** Sorted pages that begin later are not walked to along an index, which reads a row of the table for each step. */
const walkedRows = 5_000;

/** Columns with an index in the very order that sorting by the path asks for: every record has a value, and its own. */
const orders: Record<ResourceType, ReadonlyMap<string, string>> = {
  User: new Map([
    ['id', 'id'],
    ['userName', 'user_name_fold'],
  ]),
  Group: new Map([
    ['id', 'id'],
    ['displayName', 'name_fold'],
  ]),
};

/** Any SCIM query, for the query worker: scans what no index serves, page by page. */
export function* selectRecords(
  db: Database.Database,
  { type, query, sortPath }: { type: ResourceType; query: Query<Filter>; sortPath: AttributePath | null },
): Generator<void, QueryPage> {
  const startIndex = Math.max(1, query.startIndex);
  if (sortPath !== null) {
    const indexed = query.filter === null && startIndex <= walkedRows ? indexOrder(type, sortPath) : null;
    if (indexed !== null) return pageInOrder(db, type, { ...query, startIndex }, indexed);
    const { rows, totalResults } = yield* sortedRows(db, type, { ...query, startIndex }, sortPath);
    return { totalResults, startIndex, records: pageOf(type, read(db, type, rows)) };
  }
  if (query.filter === null) return yield* deepPage(db, type, query.count, startIndex);
  let totalResults = 0;
  const page: number[] = [];
  for (const rows of matchingRows(db, type, query.filter)) {
    const from = Math.max(0, startIndex - 1 - totalResults);
    if (page.length < query.count) page.push(...rows.slice(from, from + query.count - page.length));
    totalResults += rows.length;
    yield;
  }
  return { totalResults, startIndex, records: pageOf(type, read(db, type, page)) };
}

function indexOrder(type: ResourceType, path: AttributePath): string | null {
  return orders[type].get(path.canonical) ?? null;
}

/** A page of all records in the order of an indexed column. */
function pageInOrder(
  db: Database.Database,
  type: ResourceType,
  { startIndex, count, descending }: Query<Filter>,
  column: string,
): QueryPage {
  const rows = prepared(
    db,
    `${selectFrom(type)} WHERE state <> 'deleted' ORDER BY ${column} ${descending ? 'DESC' : 'ASC'} LIMIT ${bound} OFFSET ${bound}`,
  ).iterate(count, startIndex - 1) as IterableIterator<RecordRow>;
  return { totalResults: countVisible(db, type), startIndex, records: pageOf(type, rows) };
}

function* read(db: Database.Database, type: ResourceType, rows: readonly number[]): Generator<RecordRow> {
  const byRow = prepared(db, `${selectFrom(type)} WHERE row = ?`);
  for (const row of rows) yield byRow.get(row) as RecordRow;
}

/** A page of the unfiltered list: the rows before it are stepped over by key only. */
function* deepPage(
  db: Database.Database,
  type: ResourceType,
  count: number,
  startIndex: number,
): Generator<void, QueryPage> {
  const totalResults = countVisible(db, type);
  const skip = prepared(
    db,
    `SELECT max(row) AS last, count(*) AS rows FROM
      (SELECT row FROM ${tableOf[type]} WHERE row > ? AND state <> 'deleted' ORDER BY row LIMIT ?)`,
  );
  let after = 0;
  let left = startIndex - 1 < totalResults ? startIndex - 1 : 0;
  while (left > 0) {
    const { last, rows } = skip.get(after, Math.min(left, skipRows)) as { last: number | null; rows: number };
    if (last === null) break;
    after = last;
    left -= rows;
    yield;
  }
  if (startIndex > totalResults) return { totalResults, startIndex, records: [] };
  const rows = prepared(db, `${selectFrom(type)} WHERE row > ? AND state <> 'deleted' ORDER BY row LIMIT ?`).iterate(
    after,
    count,
  ) as IterableIterator<RecordRow>;
  return { totalResults, startIndex, records: pageOf(type, rows) };
}
