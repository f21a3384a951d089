import type { CallDetail, CapturedBody } from '../../../src-main/contract/index.ts';
import { formatBytes } from '../../ui/format.ts';
import { pretty } from '../../ui/json-view.tsx';
import { noBodyOf } from '../feed/detail/story.ts';

/** Headers of an answer that mean something to a SCIM client. */
const mattering = /^(content-type|location|etag|retry-after|allow|www-authenticate)$/i;
/** Headers of a request that mean something to the endpoint. */
const asked = /^(accept|content-type|if-match|if-none-match|prefer|user-agent)$/i;

type Headers = readonly (readonly [string, string])[];

function lines(headers: Headers, wanted: RegExp): string[] {
  return headers
    .filter(([name]) => wanted.test(name))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .toSorted();
}

function bodyText(body: CapturedBody | null): string {
  if (body === null || body.text === '') return '(no body)';
  const text = pretty(body.text);
  return body.cut ? `${text}\n… only the beginning was kept of ${formatBytes(body.bytes)}` : text;
}

/** An answer as one text: status, headers that matter, body. */
export function answerText(answer: { status: number; headers: Headers; body: CapturedBody | null }): string {
  return [`${answer.status}`, ...lines(answer.headers, mattering), '', bodyText(answer.body)].join('\n');
}

function readable(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}

/** A request as one text. */
export function requestText(request: {
  method: string;
  target: string;
  headers: Headers;
  body: string | null;
}): string {
  const [path = '', ...query] = request.target.split('?');
  const target = query.length === 0 ? path : `${path}?${readable(query.join('?'))}`;
  const body = request.body === null ? '(no body)' : pretty(request.body);
  return [`${request.method} ${target}`, ...lines(request.headers, asked), '', body].join('\n');
}

export function requestTextOf(call: CallDetail): string {
  return requestText({
    method: call.method,
    target: call.query === '' ? call.path : `${call.path}?${call.query}`,
    headers: call.requestHeaders,
    body: call.requestBody?.text ?? noBodyOf(call),
  });
}

export function answerTextOf(call: CallDetail): string {
  if (call.answerGone) return `${call.status}\n\n(the body is no longer kept)`;
  return answerText({ status: call.status, headers: call.responseHeaders, body: call.responseBody });
}
