import type Database from 'better-sqlite3';
import type { CapturedBody } from '../contract/index.ts';
import { changeAt } from '../directory/index.ts';
import { bodyHeaders } from '../scim/index.ts';
import { type DetailRow, detailColumns, toDetailParts, toUnspoken, type WholeCall } from './rows.ts';
import { answerOf } from './shows.ts';

/** Stored calls in the order asked for; those not kept are left out. For the query worker. */
export function wholeCalls(db: Database.Database, seqs: readonly number[]): WholeCall[] {
  const find = db.prepare<[number], DetailRow>(
    `SELECT feed.*, ${detailColumns} FROM feed JOIN calls c ON c.position = feed.position
      JOIN call_kinds k ON k.id = c.kind WHERE feed.seq = ?`,
  );
  return seqs.flatMap((seq) => {
    const row = find.get(seq);
    if (row === undefined) return [];
    const change =
      row.change_position === null ? null : changeAt(db, row.change_position, seq, row.resource_name ?? '');
    const parts = toDetailParts(row, requestHeaders(db, row), shownResponse(db, row), change);
    return [{ unspoken: toUnspoken(row), parts }];
  });
}

function requestHeaders(db: Database.Database, row: DetailRow): string {
  if (row.request_headers !== null) return row.request_headers;
  const text = db.prepare<[number], string>('SELECT text FROM texts WHERE id = ?').pluck();
  return (row.request_headers_id === null ? undefined : text.get(row.request_headers_id)) ?? '[]';
}

/** The answer of a row that keeps only what it showed; its body is null when that is no longer kept. */
function shownResponse(
  db: Database.Database,
  row: DetailRow,
): { body: CapturedBody | null; headers: [string, string][] } | null {
  if (row.form === null) return null;
  const answer = answerOf(db, row);
  if (answer === null) return { body: null, headers: [] };
  const bytes = Buffer.byteLength(answer.body);
  return {
    body: { text: answer.body, bytes, cut: false },
    headers: bodyHeaders(bytes, answer.headers),
  };
}
