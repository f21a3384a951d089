import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

export const basePath = '/scim/v2';

/** How a call reached us, judged by its Host header alone: tunnelled traffic arrives from loopback, so an address proves nothing. */
export interface Route {
  /** False: the Host is none of ours (DNS rebinding, a stray tunnel), and the call is refused. */
  known: boolean;
  via: 'public' | 'local';
  /** For `meta.location` and `Location`: the way the caller came, without a trailing slash. */
  baseUrl: string;
}

/** The hosts this endpoint answers to. */
export interface Addresses {
  /** `http://127.0.0.1:<port>/scim/v2`. */
  localUrl: string;
  /** The way of a call that goes by none of our hosts. */
  stranger: Route;
  routeOf(host: string | undefined): Route;
}

/** The host a request is for: its Host header, or the one a target that is a whole URL names (RFC 9112 §3.2.2). */
export function hostOf(request: IncomingMessage): string | undefined {
  const target = request.url ?? '/';
  return target.charCodeAt(0) === 47 ? request.headers.host : /^https?:\/\/([^/?]*)/i.exec(target)?.[1];
}

/** `publicOrigin`: e.g. `https://pilot.example`, or null without a tunnel. */
export function createAddresses(port: number, publicOrigin: string | null): Addresses {
  const localUrl = `http://127.0.0.1:${port}${basePath}`;
  const local: Route = { known: true, via: 'local', baseUrl: localUrl };
  const stranger: Route = { known: false, via: 'local', baseUrl: localUrl };
  const routes = new Map<string, Route>();
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) routes.set(`${host}:${port}`, local);
  if (publicOrigin !== null) {
    const url = new URL(publicOrigin);
    const open: Route = { known: true, via: 'public', baseUrl: url.origin + basePath };
    routes.set(url.host, open);
    if (url.port === '') routes.set(`${url.host}:${url.protocol === 'https:' ? 443 : 80}`, open);
  }
  return {
    localUrl,
    stranger,
    routeOf: (host) =>
      host === undefined ? stranger : (routes.get(host) ?? routes.get(host.toLowerCase()) ?? stranger),
  };
}

/** The address of whoever holds a connection; a tunnel's own connections have none. */
export function addressOf(socket: Socket): string {
  return socket.remoteAddress ?? 'tunnel';
}

/** Where a call came from, for display: the last X-Forwarded-For entry (the tunnel's own) of a public call, else the socket. */
export function sourceOf(request: IncomingMessage, via: Route['via']): string {
  const forwarded = request.headers['x-forwarded-for'];
  if (via === 'public' && typeof forwarded === 'string') {
    const last = forwarded.slice(forwarded.lastIndexOf(',') + 1).trim();
    if (last !== '') return last.slice(0, 64);
  }
  return addressOf(request.socket);
}
