import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { StartError } from '../contract/catalogue/errors.ts';
import { createWindowHandler, isApiPath, refuse, type WindowHandlerOptions } from './fetch-handler.ts';
import { fileType } from './files.ts';
import { cookieValue, refusalOf, sameSecret } from './loopback-guards.ts';

export interface LoopbackOptions extends WindowHandlerOptions {
  /** Port on 127.0.0.1; 0 for any free one. */
  port: number;
}

/** The window as served to a browser. */
export interface Loopback {
  /** `http://127.0.0.1:PORT/#key=…`: whoever has it has the window. */
  url: string;
  port: number;
  /** Ends all subscriptions and connections. */
  close(): Promise<void>;
}

const sessionBody = z.object({ key: z.string().min(1).max(200) });
const bodyLimit = 1_048_576;

/**
 * Serves the window on 127.0.0.1, apart from the SCIM listener. The key of this run stands in the fragment of the printed
 * link, which no browser sends by itself; the page posts it to `/session` for an HttpOnly, SameSite=Strict cookie named by
 * port (browsers share cookies between ports), and without that cookie every API path is 401. The key holds all run, for
 * other tabs. Throws `StartError` 'port-taken'.
 */
export async function createLoopback({ port: wantedPort, ...options }: LoopbackOptions): Promise<Loopback> {
  const key = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  const handle = createWindowHandler(options);
  let port = 0;
  const misunderstood = (request: FastifyRequest, reply: FastifyReply) => {
    const refusal = refusalOf(sourceOf(request), port);
    return reply.send(refuse(refusal?.status ?? 400, refusal?.words ?? 'This address is not understood.'));
  };
  const server = Fastify({
    bodyLimit,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // A path that can't be decoded meets neither hooks nor routes.
    frameworkErrors: (_error, request: FastifyRequest, reply: FastifyReply) => misunderstood(request, reply),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // A file is not read here: it flows on to whoever takes it.
  server.addContentTypeParser(fileType, (_request, body, done) => done(null, body));
  server.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) options.log.error("The window's listener failed", { error });
    return reply.send(refuse(status, status >= 500 ? 'Something went wrong.' : 'This request is not understood.'));
  });

  const cookie = () => `scim-pilot-${port}`;
  const signedIn = (request: FastifyRequest) => {
    const value = cookieValue(request.headers.cookie, cookie());
    return value !== null && sameSecret(value, session);
  };

  server.addHook('onRequest', async (request, reply) => {
    const refusal = refusalOf(sourceOf(request), port);
    if (refusal !== null) return reply.send(refuse(refusal.status, refusal.words));
  });

  server.post('/session', async (request, reply) => {
    const body = sessionBody.safeParse(jsonOf(request.body));
    if (!body.success) return reply.send(refuse(400, 'A JSON object with the key is wanted.'));
    if (!sameSecret(body.data.key, key))
      return reply.send(refuse(401, 'This key is not of this run: open the printed link.'));
    reply.header('set-cookie', `${cookie()}=${session}; Path=/; HttpOnly; SameSite=Strict`);
    return reply.code(204).send();
  });
  server.route({
    method: ['GET', 'HEAD', 'POST'],
    url: '*',
    // The guard looks at the very URL that is answered: a path that only normalising turns into an API path is one.
    handler: async (request, reply) => {
      const web = webRequest(request, reply, port);
      if (web === null) return reply.send(refuse(400, 'This address is not understood.'));
      if (isApiPath(new URL(web.url).pathname) && !signedIn(request)) return reply.send(unauthorized());
      return reply.send(await handle(web));
    },
  });
  server.setNotFoundHandler((_request, reply) => reply.send(refuse(405, 'Only GET and POST are answered here.')));

  port = await listen(server, wantedPort);
  return { url: `http://127.0.0.1:${port}/#key=${key}`, port, close: () => server.close() };
}

async function listen(server: FastifyInstance, port: number): Promise<number> {
  try {
    await server.listen({ host: '127.0.0.1', port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new StartError(
      'port-taken',
      code === 'EADDRINUSE'
        ? `Port ${port} for the window is taken by another program.`
        : `Your account may not use port ${port} for the window.`,
      'Give --window-port another one, or 0 for any free one.',
      { cause: error },
    );
  }
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The window has no port');
  return address.port;
}

/** The request as the Fetch API has it, null for a target that is no address (`//[`); its signal is aborted when the client leaves before the answer is through. */
function webRequest(request: FastifyRequest, reply: FastifyReply, port: number): Request | null {
  const url = URL.parse(request.raw.url ?? '/', `http://127.0.0.1:${port}`);
  if (url === null) return null;
  const left = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) left.abort();
  });
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one);
  }
  return new Request(url, {
    method: request.method,
    headers,
    ...bodyOf(request.body),
    signal: left.signal,
  });
}

/** What was parsed here, or a file that is still coming in. */
function bodyOf(body: unknown): RequestInit & { duplex?: 'half' } {
  if (body instanceof Buffer) return { body: new Uint8Array(body) };
  // `Readable.toWeb` and the Fetch API name one and the same stream by two types.
  return body instanceof Readable ? { body: Readable.toWeb(body) as ReadableStream<Uint8Array>, duplex: 'half' } : {};
}

/** In the shape of a tRPC error, so that the window's client reads the code. */
function unauthorized(): Response {
  const message = 'Open the printed link: it holds the key of this run.';
  const data = { code: 'UNAUTHORIZED', httpStatus: 401 };
  const { headers } = refuse(401, '');
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify({ error: { message, code: -32_001, data } }), { status: 401, headers });
}

/** What a request says about where it comes from. */
function sourceOf(request: FastifyRequest) {
  const { host, origin } = request.headers;
  return { host, origin, fetchSite: headerOf(request, 'sec-fetch-site') };
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The parsed body; null when it is not JSON. */
function jsonOf(body: unknown): unknown {
  if (!(body instanceof Buffer)) return null;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
