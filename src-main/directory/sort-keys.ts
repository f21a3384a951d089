import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import type { AttributePath } from '../scim/index.ts';
import { keyOf, resourceOf, type SortKey, sortKey } from './resources.ts';
import { type RecordRow, selectRecords, tableOf } from './rows.ts';
import {
  addFunctions,
  columnOf,
  documentFor,
  isPlainName,
  jsonPath,
  metaValue,
  primaryAt,
  type Values,
  valueAt,
} from './sql-values.ts';
import { prepared } from './statements.ts';

/** A row and what it sorts by. */
export interface Keyed {
  row: number;
  key: SortKey;
}

/** Texts sort by so many characters: thousands of keys are held at once, and a text may have a million. */
const keyLength = 1_000;

/** Reads the sort keys of rows: by SQL, so that no document is parsed here, save for what SQL has no path to. */
export function keyReader(
  db: Database.Database,
  type: ResourceType,
  path: AttributePath,
): (rows: readonly number[]) => Keyed[] {
  const { urn, attribute, sub } = path;
  const leaf = sub ?? attribute;
  const names = [...(urn === null ? [] : [urn]), attribute.name, ...(sub === null ? [] : [sub.name])];
  const column = valuesOf(type, path);
  const inList = attribute.multiValued && sub !== null;
  if (column === undefined && (!names.every(isPlainName) || (attribute.multiValued && sub === null))) {
    const byRow = prepared(db, `${selectRecords(type)} WHERE row = ?`);
    return (rows) =>
      rows.map((row) => ({ row, key: sortKey(resourceOf(db, type, byRow.get(row) as RecordRow, false), path) }));
  }
  const document = documentFor(type, path);
  const { select, folded = false } =
    column ?? (inList ? primaryAt(document, '$path', '$part') : valueAt(document, '$path'));
  addFunctions(db);
  const read = db.prepare(
    `SELECT row, (SELECT t FROM (${select})) AS t,
        (SELECT CASE WHEN octet_length(x) > ${keyLength} THEN substr(x, 1, ${keyLength}) ELSE x END FROM (${select})) AS x
      FROM ${tableOf[type]} WHERE row IN (SELECT value FROM json_each($rows))`,
  );
  const parameters =
    column !== undefined
      ? {}
      : inList
        ? { path: jsonPath(...names.slice(0, -1)), part: jsonPath(sub.name) }
        : { path: jsonPath(...names) };
  const compared = folded ? { ...leaf, caseExact: true } : leaf;
  return (rows) => {
    const values = read.all({ ...parameters, rows: JSON.stringify(rows) }) as {
      row: number;
      t: string | null;
      x: string | number | null;
    }[];
    return values.map(({ row, t, x }) => ({ row, key: keyOf(compared, jsonValue(t, x)) }));
  };
}

/** Columns that hold what a path reads; undefined where the document must be read. */
function valuesOf(type: ResourceType, path: AttributePath): Values | undefined {
  const { urn, attribute, sub } = path;
  if (urn === null && attribute.name === 'meta') return metaValue(type, sub?.name ?? '', true);
  return columnOf(type, path);
}

/** A value that SQLite read, as JSON would have it; null for what is no simple value. */
function jsonValue(type: string | null, value: string | number | null): string | number | boolean | null {
  if (type === 'true' || type === 'false') return type === 'true';
  return type === 'array' || type === 'object' ? null : value;
}
