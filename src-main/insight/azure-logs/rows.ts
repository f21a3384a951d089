import type Database from 'better-sqlite3';
import { codeOf } from '../../calls/index.ts';
import type {
  AzureAction,
  AzureCertainty,
  AzureEntry,
  AzureFilter,
  AzureMissing,
  AzureRow,
  AzureRows,
  AzureSkip,
  AzureStatus,
} from '../../contract/index.ts';
import { fold } from '../../scim/index.ts';

interface StoredRow {
  row: number;
  at: number;
  action: AzureAction;
  status: AzureStatus;
  code: string | null;
  skip: AzureSkip | null;
  reason: string | null;
  person: string | null;
  name: string | null;
  type: 'User' | 'Group' | null;
  duration_ms: number | null;
  call_seq: number | null;
  certainty: AzureCertainty | null;
  apart_ms: number | null;
  missing: AzureMissing | null;
}

const columns =
  'row, at, action, status, code, skip, reason, person, name, type, duration_ms, call_seq, certainty, apart_ms, missing';

/** The condition that a filter is, over azure_entries, with what it binds. */
export function whereOf(id: number, filter: AzureFilter): { sql: string; bound: (string | number)[] } {
  const parts = ['import = ?'];
  const bound: (string | number)[] = [id];
  const add = (sql: string, value: string | number | null) => {
    if (value === null || value === '') return;
    parts.push(sql);
    bound.push(value);
  };
  add('at >= ?', filter.from);
  add('at < ?', filter.to);
  add('status = ?', filter.status);
  add('action = ?', filter.action);
  add('cause = ?', filter.cause);
  add('person = ?', filter.person);
  add('cycle_id = ?', filter.cycle);
  add('missing = ?', filter.missing);
  add('instr(search, ?) > 0', fold(filter.text.trim()));
  if (filter.matched !== null) parts.push(`call_seq IS ${filter.matched ? 'NOT ' : ''}NULL`);
  return { sql: parts.join(' AND '), bound };
}

export interface RowsQuestion {
  id: number;
  filter: AzureFilter;
  after: string | null;
  limit: number;
}

/** A page of the entries that a filter lets through, newest first. */
export function* azureRows(db: Database.Database, question: RowsQuestion): Generator<void, AzureRows> {
  const { sql, bound } = whereOf(question.id, question.filter);
  const [at, row] = (question.after ?? '').split(':').map(Number);
  const paged = at === undefined || row === undefined ? '' : ' AND (at, row) < (?, ?)';
  const rows = db
    .prepare<(string | number)[], StoredRow>(
      `SELECT ${columns} FROM azure_entries WHERE ${sql}${paged} ORDER BY at DESC, row DESC LIMIT ?`,
    )
    .all(...bound, ...(at === undefined || row === undefined ? [] : [at, row]), question.limit);
  yield;
  const total =
    question.after === null
      ? db
          .prepare<(string | number)[], number>(`SELECT count(*) FROM azure_entries WHERE ${sql}`)
          .pluck()
          .get(...bound)
      : null;
  const last = rows.length < question.limit ? undefined : rows.at(-1);
  return { rows: rows.map(toRow), next: last === undefined ? null : `${last.at}:${last.row}`, total: total ?? null };
}

/** One entry with its document and the calls it was matched to. */
export interface StoredDetail {
  row: AzureRow;
  entry: AzureEntry;
  matches: { code: string; certainty: AzureCertainty; score: number; reasons: string[] }[];
}

export function azureRow(db: Database.Database, { id, row }: { id: number; row: number }): StoredDetail | null {
  const found = db
    .prepare<[number, number], StoredRow & { json: string }>(
      `SELECT ${columns}, json FROM azure_entries WHERE import = ? AND row = ?`,
    )
    .get(id, row);
  if (found === undefined) return null;
  const matches = db
    .prepare<[number], { call_seq: number; certainty: AzureCertainty; score: number; reasons: string }>(
      `SELECT call_seq, certainty, score, reasons FROM azure_matches WHERE entry_row = ? ORDER BY main DESC, score DESC`,
    )
    .all(row);
  return {
    row: toRow(found),
    entry: JSON.parse(found.json) as AzureEntry,
    matches: matches.map(({ call_seq, certainty, score, reasons }) => ({
      code: codeOf(call_seq),
      certainty,
      score,
      reasons: JSON.parse(reasons) as string[],
    })),
  };
}

function toRow(found: StoredRow): AzureRow {
  const { call_seq, certainty, apart_ms } = found;
  return {
    row: found.row,
    at: found.at === 0 ? null : found.at,
    action: found.action,
    status: found.status,
    name: found.name,
    type: found.type,
    person: found.person,
    code: found.code,
    skip: found.skip,
    reason: found.reason,
    durationMs: found.duration_ms,
    match:
      call_seq === null || certainty === null ? null : { certainty, call: codeOf(call_seq), apartMs: apart_ms ?? 0 },
    missing: found.missing,
  };
}
