import type { CapturedBody, CapturedCall, Clock } from '../contract/index.ts';
import { bodyHeaders, contentType } from '../scim/index.ts';
import { sourceOf } from './addresses.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import type { Redactor } from './redact.ts';

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
    const body = requestBody(exchange, redactor, !accepted);
    // What a change says is what the body says: where nothing had to be taken out of this, nothing is in that. Unless it was
    // spelled in escapes, which a change no longer is.
    const clean = body !== null && body.text === exchange.text && !exchange.text.includes('\\');
    return {
      seq: exchange.id.seq,
      code: exchange.id.code,
      at: exchange.at,
      durationMs: clock.monotonic() - exchange.startedAt,
      method: raw.method ?? '',
      path: redactor.text(exchange.path, presented),
      query: redactor.query(exchange.query, presented),
      requestHeaders: redactor.headers(raw.rawHeaders, shown, presented),
      requestBody: body,
      status: answer.status,
      ...response(answer, streamed ?? null, redactor, presented, accepted),
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
      changes: clean ? answer.changes : redactor.changes(answer.changes, presented),
      tenantAdmins: answer.tenantAdmins,
      noEffect: answer.noEffect,
      scanned: answer.scanned,
    };
  };
}

function requestBody(exchange: Exchange, redactor: Redactor, stranger: boolean): CapturedBody | null {
  const { bytes } = exchange;
  if (bytes === null) return null;
  return redactor.body(exchange.text, bytes.length, exchange.credentials.presented, stranger);
}

/** What was answered. With `shows` no text of it is kept: secrets are taken out when it is made again. */
function response(
  answer: Answer,
  streamed: StreamedText | null,
  redactor: Redactor,
  presented: string | null,
  accepted: boolean,
): Pick<CapturedCall, 'responseHeaders' | 'responseBody' | 'shows'> {
  const text = streamed?.start ?? answer.body;
  if (text !== null && answer.shows !== null) {
    return { responseHeaders: [], responseBody: null, shows: answer.shows };
  }
  const headers = redactor.pairs(answer.headers, presented);
  if (answer.stream !== null) headers.unshift(['content-type', contentType], ['transfer-encoding', 'chunked']);
  if (text === null) return { responseHeaders: headers, responseBody: null, shows: null };
  const bytes = streamed?.bytes ?? Buffer.byteLength(text);
  return {
    responseHeaders: answer.stream === null ? bodyHeaders(bytes, headers) : headers,
    responseBody: redactor.body(text, bytes, presented, !accepted),
    shows: null,
  };
}
