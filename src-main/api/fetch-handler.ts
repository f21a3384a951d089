import { randomBytes } from 'node:crypto';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Log } from '../contract/index.ts';
import type { Asset, Assets } from './assets.ts';
import type { WindowHost } from './context.ts';
import { answerFile } from './files.ts';
import { router } from './router.ts';

/** Where every host serves the router. */
export const apiPath = '/api';

/** Where files are handed in and fetched: they are too large for the router. */
const filesPath = `${apiPath}/files`;

/** What `src-renderer/index.html` holds where each page load gets a nonce of its own. */
const noncePlaceholder = '__CSP_NONCE__';

export interface WindowHandlerOptions {
  assets: Assets;
  host: WindowHost;
  log: Log;
}

/**
 * The window as one function, for both hosts: `protocol.handle('app', …)` on the desktop and the loopback listener when
 * headless. Serves the built files from a fixed map and the tRPC router under `/api`, streams included; who may ask is the
 * host's business. A caller that leaves may abort the request's signal or cancel the body: either ends a subscription.
 */
export function createWindowHandler({
  assets,
  host,
  log,
}: WindowHandlerOptions): (request: Request) => Promise<Response> {
  const page = assets.get('/index.html');
  if (page === undefined) throw new Error('The built window has no index.html');
  const html = new TextDecoder().decode(page.body);

  return async (request) => {
    const { pathname } = new URL(request.url);
    if (isApiPath(pathname)) return withHeaders(await answerApi(request, host, log));
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only GET is answered here.');
    if (pathname === '/' || pathname === '/index.html') return servePage(html, page.type);
    const asset = assets.get(pathname);
    return asset === undefined ? refuse(404, 'There is no such file.') : serveAsset(asset, pathname);
  };
}

export function isApiPath(pathname: string): boolean {
  return pathname === apiPath || pathname.startsWith(`${apiPath}/`);
}

/** A plain answer with the headers that every answer of the window carries. */
export function refuse(status: number, words: string): Response {
  return withHeaders(new Response(words, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } }));
}

function answerApi(request: Request, host: WindowHost, log: Log): Promise<Response> | Response {
  const { pathname } = new URL(request.url);
  if (pathname === filesPath || pathname.startsWith(`${filesPath}/`)) return answerFile(request, host.files, log);
  // A form or a text can be posted by any page without a preflight; JSON can't.
  if (request.method === 'POST' && !isJson(request.headers.get('content-type'))) {
    return refuse(415, 'Only application/json is taken here.');
  }
  return fetchRequestHandler({
    endpoint: apiPath,
    req: request,
    router,
    createContext: () => ({ host }),
    onError({ error, path }) {
      // A question that the window gave up itself, since another one came after it, has not failed.
      if (error.code === 'INTERNAL_SERVER_ERROR' && !request.signal.aborted) {
        log.error(`The window's question "${path ?? ''}" failed`, { error: error.cause ?? error });
      }
    },
  });
}

export function isJson(contentType: string | null): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function servePage(html: string, type: string): Response {
  const nonce = randomBytes(16).toString('base64url');
  return withHeaders(
    new Response(html.replaceAll(noncePlaceholder, nonce), {
      headers: { 'content-type': type, 'content-security-policy': pagePolicy(nonce) },
    }),
  );
}

function serveAsset({ type, body }: Asset, pathname: string): Response {
  // Files under /assets carry a hash of their content in their name.
  const cache = pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
  return withHeaders(new Response(body, { headers: { 'content-type': type, 'cache-control': cache } }));
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ');
}

function withHeaders(response: Response): Response {
  const headers = response.headers;
  const always: [name: string, value: string][] = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
  ];
  for (const [name, value] of always) headers.set(name, value);
  if (!headers.has('cache-control') || isEventStream(headers)) headers.set('cache-control', 'no-store');
  if (!headers.has('content-security-policy')) {
    headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  }
  return response;
}

function isEventStream(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true;
}
