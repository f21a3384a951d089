import type Database from 'better-sqlite3';
import type { Query, ResourceType } from '../contract/index.ts';
import type { AttributePath, Filter } from '../scim/index.ts';
import { matchingRows } from './matching-rows.ts';
import { compareKeys, keyOf, resourceOf, type SortKey, sortKey } from './resources.ts';
import { type RecordRow, selectRecords, tableOf } from './rows.ts';
import { columnOf, documentFor, isPlainName, jsonPath, primaryAt, valueAt } from './sql-values.ts';
import { prepared } from './statements.ts';

interface Keyed {
  row: number;
  key: SortKey;
}

/** Rows read between two yields. */
const keyStep = 1_000;
/** Rows kept at least before those beyond the page are dropped: each dropping costs a sort. */
const keptAtLeast = 4_000;

/**
 * The rows of a sorted page (RFC 7644 §3.4.2.3) and how many there are in all. No more rows are remembered than twice those up
 * to the page's end, so that a million users need no more memory than a page.
 */
export function* sortedRows(
  db: Database.Database,
  type: ResourceType,
  { filter, startIndex, count, descending }: Query<Filter>,
  path: AttributePath,
): Generator<void, { rows: number[]; totalResults: number }> {
  const end = startIndex - 1 + count;
  const order = (a: Keyed, b: Keyed) =>
    (descending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)) || a.row - b.row;
  const keysOf = keyReader(db, type, path);
  let found: Keyed[] = [];
  /** The last row of the page as far as is known: nothing after it can be on the page. */
  let last: Keyed | undefined;
  let totalResults = 0;
  for (const rows of matchingRows(db, type, filter)) {
    totalResults += rows.length;
    for (let from = 0; from < rows.length && count > 0; from += keyStep) {
      for (const one of keysOf(rows.slice(from, from + keyStep))) {
        if (last === undefined || order(one, last) < 0) found.push(one);
      }
      if (found.length > Math.max(keptAtLeast, 2 * end)) {
        found = found.sort(order).slice(0, end);
        last = found.at(-1);
      }
      yield;
    }
    yield;
  }
  found.sort(order);
  return { rows: found.slice(startIndex - 1, end).map(({ row }) => row), totalResults };
}

/** Reads the sort keys of rows: by SQL, so that no document is parsed here, save for what SQL has no path to. */
function keyReader(db: Database.Database, type: ResourceType, path: AttributePath): (rows: number[]) => Keyed[] {
  const { urn, attribute, sub } = path;
  const names = [...(urn === null ? [] : [urn]), attribute.name, ...(sub === null ? [] : [sub.name])];
  if ((attribute.multiValued && sub === null) || attribute.name === 'meta' || !names.every(isPlainName)) {
    const byRow = prepared(db, `${selectRecords(type)} WHERE row = ?`);
    return (rows) =>
      rows.map((row) => ({ row, key: sortKey(resourceOf(db, type, byRow.get(row) as RecordRow, false), path) }));
  }
  const table = tableOf[type];
  const column = columnOf(type, path);
  const document = documentFor(type, path);
  const { select, folded = false } =
    column ?? (attribute.multiValued ? primaryAt(document, '$path', '$part') : valueAt(document, '$path'));
  const read = db.prepare(
    `SELECT row, (SELECT t FROM (${select})) AS t, (SELECT x FROM (${select})) AS x
      FROM ${table} WHERE row IN (SELECT value FROM json_each($rows))`,
  );
  const leaf = folded ? { ...(sub ?? attribute), caseExact: true } : (sub ?? attribute);
  const inList = attribute.multiValued && sub !== null;
  const inDocument = inList
    ? { path: jsonPath(...names.slice(0, -1)), part: jsonPath(sub.name) }
    : { path: jsonPath(...names) };
  const parameters = column === undefined ? inDocument : {};
  return (rows) => {
    const values = read.all({ ...parameters, rows: JSON.stringify(rows) }) as {
      row: number;
      t: string | null;
      x: string | number | null;
    }[];
    return values.map(({ row, t, x }) => ({ row, key: keyOf(leaf, jsonValue(t, x)) }));
  };
}

/** A value that SQLite read, as JSON would have it; null for what is no simple value. */
function jsonValue(type: string | null, value: string | number | null): string | number | boolean | null {
  if (type === 'true' || type === 'false') return type === 'true';
  return type === 'array' || type === 'object' ? null : value;
}
