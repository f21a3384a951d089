import type { CallDetail } from '../../src-main/contract/index.ts';

/** What `CallDetail` tells of the request. */
export type Sent = Pick<CallDetail, 'path' | 'query' | 'via' | 'requestHeaders'>;

/** A header's value, whatever its letter case; undefined without one. */
export function headerOf(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Scheme and host that the call was sent to. */
export function originOf({ via, requestHeaders }: Sent): string {
  const host = headerOf(requestHeaders, 'host') ?? '127.0.0.1';
  return `${via === 'public' ? 'https' : 'http'}://${host}`;
}

export function targetOf({ path, query }: Sent): string {
  return query === '' ? path : `${path}?${query}`;
}

/** Headers of the connection and of the way here: whoever sends the call again makes its own. The token is never among the rest. */
const ofTheWay =
  /^(authorization|proxy-.*|host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|cookie|expect|forwarded|x-forwarded-.*|x-real-ip|via|traceparent|tracestate)$/i;

export function headersToSend({ requestHeaders }: Sent): [string, string][] {
  return requestHeaders.filter(([name]) => !ofTheWay.test(name));
}
