import type {
  CallDetail,
  CallOutcome,
  CallSentence,
  CallStage,
  CallSummary,
  CapturedBody,
  ChangeKind,
  RecordChange,
  ResourceType,
} from '../contract/index.ts';

/** The columns of a feed row; no bodies, so that a page stays cheap. */
export const summaryColumns = `position, code, at, duration_ms, method, path, query, status, scim_type, outcome, practice, via, stage, probe,
  resource_type, resource_id, change_kind, sentence`;

export const detailColumns = `${summaryColumns}, request_headers, request_body, request_bytes, request_cut, response_headers,
  response_body, response_bytes, response_cut, source, detail, total_results, changes`;

/** A row of `summaryColumns`; only this room writes the table, so the texts have the types named here. */
export interface SummaryRow {
  position: number;
  code: string;
  at: number;
  duration_ms: number;
  method: string;
  path: string;
  query: string;
  status: number;
  scim_type: string | null;
  outcome: CallOutcome;
  practice: 0 | 1;
  via: 'public' | 'local';
  stage: CallStage;
  probe: 0 | 1;
  resource_type: ResourceType | null;
  resource_id: string | null;
  change_kind: ChangeKind | null;
  sentence: string;
}

export interface DetailRow extends SummaryRow {
  request_headers: string;
  request_body: string | null;
  request_bytes: number | null;
  request_cut: 0 | 1 | null;
  response_headers: string;
  response_body: string | null;
  response_bytes: number | null;
  response_cut: 0 | 1 | null;
  source: string;
  detail: string | null;
  total_results: number | null;
  changes: string;
}

export function toSummary(row: SummaryRow): CallSummary {
  return {
    position: row.position,
    code: row.code,
    at: row.at,
    durationMs: row.duration_ms,
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    scimType: row.scim_type,
    outcome: row.outcome,
    practice: row.practice === 1,
    via: row.via,
    stage: row.stage,
    probe: row.probe === 1,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
    changeKind: row.change_kind,
    sentence: JSON.parse(row.sentence) as CallSentence,
  };
}

export function toDetail(row: DetailRow): CallDetail {
  return {
    ...toSummary(row),
    requestHeaders: JSON.parse(row.request_headers) as [string, string][],
    requestBody: toBody(row.request_body, row.request_bytes, row.request_cut),
    responseHeaders: JSON.parse(row.response_headers) as [string, string][],
    responseBody: toBody(row.response_body, row.response_bytes, row.response_cut),
    source: row.source,
    detail: row.detail,
    totalResults: row.total_results,
    changes: JSON.parse(row.changes) as RecordChange[],
  };
}

function toBody(text: string | null, bytes: number | null, cut: 0 | 1 | null): CapturedBody | null {
  return text === null ? null : { text, bytes: bytes ?? 0, cut: cut === 1 };
}
