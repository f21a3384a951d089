import type { CapturedBody, CapturedCall, Clock } from '../contract/index.ts';
import { sourceOf } from './addresses.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Redactor } from './redact.ts';

export const contentType = 'application/scim+json; charset=utf-8';

/** Makes the record of a finished exchange; nothing secret is left in it. */
export type Capture = (exchange: Exchange, answer: Answer, streamed?: StreamedText) => CapturedCall;

/** What was sent of a streamed body: its beginning, and how many bytes there were in all. */
export interface StreamedText {
  start: string;
  bytes: number;
}

export function createCapture(redactor: Redactor, clock: Clock): Capture {
  return (exchange, answer, streamed) => {
    const { raw } = exchange.request;
    const { presented, accepted, shown } = exchange.credentials;
    const body = streamed?.start ?? answer.body;
    const responseBytes = streamed?.bytes ?? (body === null ? 0 : Buffer.byteLength(body));
    return {
      seq: exchange.id.seq,
      code: exchange.id.code,
      at: exchange.at,
      durationMs: clock.monotonic() - exchange.startedAt,
      method: raw.method ?? '',
      path: redactor.text(exchange.path, presented),
      query: redactor.query(exchange.query, presented),
      requestHeaders: redactor.headers(raw.rawHeaders, shown, presented),
      requestBody: requestBody(exchange, redactor, !accepted),
      status: answer.status,
      responseHeaders: responseHeaders(answer, responseBytes, (text) => redactor.text(text, presented)),
      responseBody: body === null ? null : redactor.body(body, responseBytes, presented, !accepted),
      source: sourceOf(raw, exchange.route.via),
      via: exchange.route.via,
      practice: exchange.practice,
      stage: answer.stage,
      scimType: answer.scimType,
      detail: answer.detail === null ? null : redactor.text(answer.detail, presented),
      resourceType: exchange.resourceType,
      resourceId: answer.resourceId === null ? null : redactor.text(answer.resourceId, presented),
      resourceName: answer.resourceName === null ? null : redactor.text(answer.resourceName, presented),
      totalResults: answer.totalResults,
      changes: redactor.changes(answer.changes, presented),
      tenantAdmins: answer.tenantAdmins,
    };
  };
}

function requestBody(exchange: Exchange, redactor: Redactor, stranger: boolean): CapturedBody | null {
  const { bytes } = exchange;
  if (bytes === null) return null;
  return redactor.body(bytes.toString('utf8'), bytes.length, exchange.credentials.presented, stranger);
}

function responseHeaders(answer: Answer, bytes: number, redact: (text: string) => string): [string, string][] {
  const headers: [string, string][] = answer.headers.map(([name, value]) => [name, redact(value)]);
  if (answer.stream !== null) headers.unshift(['content-type', contentType], ['transfer-encoding', 'chunked']);
  else if (answer.body !== null) headers.unshift(['content-type', contentType], ['content-length', String(bytes)]);
  return headers;
}
