import type Database from 'better-sqlite3';
import { codeOf } from '../../calls/index.ts';
import { missingNames, skipWords } from '../../contract/catalogue/azure-log-words.ts';
import { explanationOfAzureCode, plain } from '../../contract/catalogue/explanations/index.ts';
import type { AzureEntry, AzureFilter, AzureMissing, AzureSkip } from '../../contract/index.ts';
import { whereOf } from './rows.ts';

/** Rows written between two questions. */
const pageSize = 500;

const head = [
  'Time (UTC)',
  'Action',
  'Status',
  'Name',
  'Type',
  'Entra object id',
  'Our id',
  'Code',
  'What Azure says',
  'What it means',
  'What to do',
  'Call here',
  'Matched by',
  'No call because',
  'Change id',
  'Cycle id',
];

/** Some of the entries that a filter lets through as lines of a CSV file, newest first; the first page has the header. */
export function azureCsv(
  db: Database.Database,
  { id, filter, after }: { id: number; filter: AzureFilter; after: string | null },
): { text: string; next: string | null } {
  const { sql, bound } = whereOf(id, filter);
  const [at, row] = (after ?? '').split(':').map(Number);
  const paged = at === undefined || row === undefined ? [] : [at, row];
  const rows = db
    .prepare<
      (string | number)[],
      {
        row: number;
        at: number;
        name: string | null;
        type: string | null;
        skip: AzureSkip | null;
        call_seq: number | null;
        certainty: string | null;
        missing: AzureMissing | null;
        json: string;
      }
    >(
      `SELECT row, at, name, type, skip, call_seq, certainty, missing, json FROM azure_entries
        WHERE ${sql}${paged.length === 0 ? '' : ' AND (at, row) < (?, ?)'} ORDER BY at DESC, row DESC LIMIT ?`,
    )
    .all(...bound, ...paged, pageSize);
  const lines = rows.map((of) => {
    const { action, status, source, target, error, changeId, cycleId } = JSON.parse(of.json) as AzureEntry;
    const explanation = error?.code == null ? null : explanationOfAzureCode(error.code);
    return csvLine([
      of.at === 0 ? null : new Date(of.at).toISOString(),
      action,
      status,
      of.name,
      of.type,
      source.id,
      target.id,
      error?.code ?? null,
      error?.reason ?? null,
      of.skip === null ? (explanation === null ? null : plain(explanation.what)) : skipWords[of.skip].what,
      of.skip === null ? (explanation?.cure.map(({ text }) => plain(text)).join(' ') ?? null) : skipWords[of.skip].cure,
      of.call_seq === null ? null : codeOf(of.call_seq),
      of.certainty,
      of.missing === null ? null : missingNames[of.missing],
      changeId,
      cycleId,
    ]);
  });
  const last = rows.length < pageSize ? undefined : rows.at(-1);
  const text = (after === null ? csvLine(head) : '') + lines.join('');
  return { text, next: last === undefined ? null : `${last.at}:${last.row}` };
}

export function csvLine(cells: readonly (string | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell that no spreadsheet takes for a formula: one that could be begins with an apostrophe. */
function csvCell(value: string | null): string {
  if (value === null) return '';
  const text = /^\s*[=+\-@]|^[\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
