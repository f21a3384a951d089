import type Database from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import type { Filter } from '../scim/index.ts';
import { conjuncts, mentionsReferences, planOf } from './candidates.ts';
import { filtersSql } from './filter-sql.ts';
import { satisfies } from './resources.ts';
import { type RecordRow, selectRecords, tableOf } from './rows.ts';
import { addFunctions } from './sql-values.ts';
import { prepared } from './statements.ts';

/** Candidates a step: some ten milliseconds where SQLite decides, the same where documents are read one by one. */
const sqlStep = 5_000;
const documentStep = 500;

/**
 * Rows that satisfy `filter` (all, without one), ascending, a step of candidates at a time. SQLite decides what compiles to
 * SQL and gives nothing but rows; documents are read for the rest of the filter only.
 */
export function* matchingRows(
  db: Database.Database,
  type: ResourceType,
  filter: Filter | null,
): Generator<number[], void> {
  const plan = filter === null ? null : planOf(type, filter);
  const { condition, rest } = filtersSql(type, plan?.residual ?? (filter === null ? [] : conjuncts(filter)));
  const { sql, parameters } = condition;
  const table = tableOf[type];
  const step = rest.length === 0 ? sqlStep : documentStep;
  addFunctions(db);
  // Not kept for later, as `prepared` would: filters come in endless shapes.
  const decide = (from: string) => db.prepare(`SELECT row FROM ${table} WHERE ${from} AND ${sql} ORDER BY row`).pluck();
  const references = rest.some(mentionsReferences);
  const byRow = prepared(db, `${selectRecords(type)} WHERE row = ?`);
  const finish = (rows: number[]) =>
    rest.length === 0 ? rows : rows.filter((row) => satisfies(db, type, byRow.get(row) as RecordRow, rest, references));

  if (plan === null) {
    const scan = decide(`row > $after AND row <= $last AND state <> 'deleted'`);
    const end = Number(prepared(db, `SELECT coalesce(max(row), 0) FROM ${table}`).pluck().get());
    for (let after = 0; after < end; after += step) {
      yield finish(scan.all({ ...parameters, after, last: after + step }) as number[]);
    }
    return;
  }
  const check = decide('row IN (SELECT value FROM json_each($rows))');
  let rows = plan.rows(db, 0, step);
  while (rows.length > 0) {
    yield finish(check.all({ ...parameters, rows: JSON.stringify(rows) }) as number[]);
    rows = plan.rows(db, rows.at(-1) ?? 0, step);
  }
}
