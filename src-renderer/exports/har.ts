import type { CallDetail, CapturedBody } from '../../src-main/contract/index.ts';
import { headerOf, originOf, targetOf } from './call-url.ts';
import { goneWords } from './gone-words.ts';

/** HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): everything before the entries. */
export function harHead(): string {
  return '{"log":{"version":"1.2","creator":{"name":"SCIM Pilot","version":"1"},"entries":[\n';
}

export const harTail = (): string => '\n]}}\n';

const pairs = (headers: readonly (readonly [string, string])[]) => headers.map(([name, value]) => ({ name, value }));

function sizeOf(body: CapturedBody | null): number {
  return body?.bytes ?? 0;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function queryOf(query: string): { name: string; value: string }[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0
        ? { name: decoded(part), value: '' }
        : { name: decoded(part.slice(0, at)), value: decoded(part.slice(at + 1)) };
    });
}

/** One call. What HAR has no place for stands in fields that begin with an underscore, as the format wants it. */
export function harEntryOf(call: CallDetail) {
  const { requestBody, responseBody } = call;
  const type = (headers: CallDetail['requestHeaders']) => headerOf(headers, 'content-type') ?? '';
  return {
    startedDateTime: new Date(call.at).toISOString(),
    time: call.durationMs,
    request: {
      method: call.method,
      url: originOf(call) + targetOf(call),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(call.requestHeaders),
      queryString: queryOf(call.query),
      ...(requestBody === null
        ? {}
        : { postData: { mimeType: type(call.requestHeaders), text: requestBody.text, ...cutComment(requestBody) } }),
      headersSize: -1,
      bodySize: sizeOf(requestBody),
    },
    response: {
      status: call.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(call.responseHeaders),
      content: {
        size: call.answerGone ? -1 : sizeOf(responseBody),
        mimeType: type(call.responseHeaders),
        ...(responseBody === null ? {} : { text: responseBody.text, ...cutComment(responseBody) }),
        ...(call.answerGone ? { comment: goneWords } : {}),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: call.answerGone ? -1 : sizeOf(responseBody),
    },
    cache: {},
    timings: { send: 0, wait: call.durationMs, receive: 0 },
    comment: `call ${call.code}${call.practice ? ', practice' : ''}`,
    _callCode: call.code,
    _practice: call.practice,
  };
}

function cutComment({ cut, bytes }: CapturedBody): { comment?: string } {
  return cut ? { comment: `Only the beginning was kept of ${bytes} bytes.` } : {};
}
