import type Database from 'better-sqlite3';
import type { CapturedBody, CapturedCall } from '../contract/index.ts';
import type { CallMeaning } from './store.ts';

const columns = [
  'seq',
  'code',
  'at',
  'duration_ms',
  'method',
  'path',
  'query',
  'status',
  'scim_type',
  'detail',
  'source',
  'via',
  'practice',
  'stage',
  'resource_type',
  'resource_id',
  'resource_name',
  'total_results',
  'probe',
  'outcome',
  'change_kind',
  'sentence',
  'request_headers',
  'request_body',
  'request_bytes',
  'request_cut',
  'response_headers',
  'response_body',
  'response_bytes',
  'response_cut',
  'changes',
];

/** Prepares the insertion of a call; the function gives its position in the feed. Runs inside the writer's transaction. */
export function createInsert(db: Database.Database): (call: CapturedCall, meaning: CallMeaning) => number {
  const statement = db.prepare(
    `INSERT INTO calls (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return (call, meaning) => {
    const { requestBody, responseBody } = call;
    const { lastInsertRowid } = statement.run(
      call.seq,
      call.code,
      call.at,
      call.durationMs,
      call.method,
      call.path,
      call.query,
      call.status,
      call.scimType,
      call.detail,
      call.source,
      call.via,
      call.practice ? 1 : 0,
      call.stage,
      call.resourceType,
      call.resourceId,
      call.resourceName,
      call.totalResults,
      meaning.probe ? 1 : 0,
      meaning.outcome,
      call.changes[0]?.kind ?? null,
      JSON.stringify(meaning.sentence),
      JSON.stringify(call.requestHeaders),
      requestBody?.text ?? null,
      requestBody?.bytes ?? null,
      cutFlag(requestBody),
      JSON.stringify(call.responseHeaders),
      responseBody?.text ?? null,
      responseBody?.bytes ?? null,
      cutFlag(responseBody),
      call.changes.length === 0 ? '[]' : JSON.stringify(call.changes),
    );
    return Number(lastInsertRowid);
  };
}

function cutFlag(body: CapturedBody | null): 0 | 1 | null {
  if (body === null) return null;
  return body.cut ? 1 : 0;
}
