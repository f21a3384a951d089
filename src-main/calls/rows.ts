import type {
  CallDetail,
  CallOutcome,
  CallSentence,
  CallStage,
  CallSummary,
  CapturedBody,
  CapturedCall,
  ChangeKind,
  RecordChange,
  ResourceType,
} from '../contract/index.ts';
import { codeOf } from './codes.ts';
import type { AnswerForm } from './shows.ts';

/** A row of the view `feed`; only this room writes its tables, so the texts have the types named here. */
export interface FeedRow {
  position: number;
  seq: number;
  at: number;
  duration_us: number;
  method: string;
  path: string;
  query: string | null;
  status: number;
  outcome: CallOutcome;
  stage: CallStage;
  via: 'public' | 'local';
  practice: 0 | 1;
  probe: 0 | 1;
  source: string;
  resource_type: ResourceType | null;
  resource_id: string | null;
  resource_name: string | null;
  total_results: number | null;
  scim_type: string | null;
  change_kind: ChangeKind | null;
  /** Codes of explanations, a space between them; null for none. */
  why: string | null;
  /** Null where it follows from the other columns. */
  sentence: string | null;
  /** Null where the call is the first of its action. */
  action: number | null;
}

/** A row of `feed` with `detailColumns`. */
export interface DetailRow extends FeedRow {
  form: AnswerForm | null;
  base_url: string | null;
  detail: string | null;
  /** In `texts`, else `request_headers` holds them. */
  request_headers_id: number | null;
  request_headers: string | null;
  request_body: string | null;
  request_bytes: number | null;
  request_cut: 1 | null;
  shown_row: number | null;
  shown_revision: number | null;
  shown_modified_at: number | null;
  shown_references: string | null;
  shown_page: string | null;
  /** Null where `form` tells them. */
  response_headers: string | null;
  response_body: string | null;
  response_bytes: number | null;
  response_cut: 1 | null;
  /** Of the one change that the call made; else `changes` holds them. */
  change_position: number | null;
  changes: string | null;
}

export const detailColumns = `k.form, k.base_url, c.detail, c.request_headers_id, c.request_headers, c.request_body,
  c.request_bytes, c.request_cut, c.shown_row, c.shown_revision, c.shown_modified_at, c.shown_references, c.shown_page,
  c.response_headers, c.response_body, c.response_bytes, c.response_cut, c.change_position, c.changes`;

/** What the sentence of a plain call is made of. */
export type PlainCall = Pick<
  CapturedCall,
  'method' | 'path' | 'query' | 'resourceType' | 'resourceId' | 'resourceName' | 'totalResults'
>;

/** A feed row on its way out of the worker, which can not make sentences. */
export interface Unspoken {
  summary: Omit<CallSummary, 'sentence'>;
  /** Null where it follows from the summary. */
  sentence: CallSentence | null;
}

export function toUnspoken(row: FeedRow): Unspoken {
  const query = row.query ?? '';
  return {
    summary: {
      position: row.position,
      code: codeOf(row.seq),
      at: row.at,
      durationMs: row.duration_us / 1_000,
      method: row.method,
      path: row.path,
      query,
      status: row.status,
      scimType: row.scim_type,
      outcome: row.outcome,
      practice: row.practice === 1,
      via: row.via,
      source: row.source,
      stage: row.stage,
      probe: row.probe === 1,
      resourceType: row.resource_type,
      resourceId: row.resource_id,
      resourceName: row.resource_name,
      totalResults: row.total_results,
      changeKind: row.change_kind,
      action: row.action ?? row.position,
      why: row.why === null ? [] : row.why.split(' '),
    },
    sentence: row.sentence === null ? null : (JSON.parse(row.sentence) as CallSentence),
  };
}

/** What a detail has besides its summary. */
export type DetailParts = Omit<CallDetail, keyof CallSummary | 'explanations'>;

/** A call with everything about it, on its way out of the worker. */
export interface WholeCall {
  unspoken: Unspoken;
  parts: DetailParts;
}

/** `response` and `change`: where the row keeps none of its own. */
export function toDetailParts(
  row: DetailRow,
  requestHeaders: string,
  response: { body: CapturedBody | null; headers: [string, string][] } | null,
  change: RecordChange | null,
): DetailParts {
  return {
    requestHeaders: JSON.parse(requestHeaders) as [string, string][],
    requestBody: toBody(row.request_body, row.request_bytes, row.request_cut),
    responseHeaders: response?.headers ?? (JSON.parse(row.response_headers ?? '[]') as [string, string][]),
    responseBody: response?.body ?? toBody(row.response_body, row.response_bytes, row.response_cut),
    answerGone: response?.body === null,
    detail: row.detail,
    changesGone: row.change_position !== null && change === null,
    changes: change === null ? (JSON.parse(row.changes ?? '[]') as RecordChange[]) : [change],
  };
}

function toBody(text: string | null, bytes: number | null, cut: 1 | null): CapturedBody | null {
  return text === null ? null : { text, bytes: bytes ?? 0, cut: cut === 1 };
}
