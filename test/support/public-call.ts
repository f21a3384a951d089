import { request } from 'node:http';
import type { JsonObject } from '../../src-main/contract/index.ts';

export interface PublicCall {
  port: number;
  /** The public host, which `fetch` would not let a test name. */
  host: string;
  token: string;
  method: string;
  /** Below the SCIM root, or from the server's root when it begins with `//`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Calls a pilot as Azure does: by its public host. */
export function callPublicly({ port, host, token, method, path, body, headers = {} }: PublicCall) {
  return new Promise<{ status: number; json: JsonObject }>((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const outgoing = request(
      {
        port,
        method,
        path: path.startsWith('//') ? path.slice(1) : `/scim/v2${path}`,
        headers: {
          host,
          authorization: `Bearer ${token}`,
          ...(text === ''
            ? {}
            : { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(text) }),
          ...headers,
        },
      },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          answer += chunk;
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, json: answer === '' ? {} : (JSON.parse(answer) as JsonObject) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(text);
  });
}
