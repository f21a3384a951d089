import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createForkWorkers } from '../../src-main/cli/fork-workers.ts';
import type { Clock, JsonObject, TunnelRequest } from '../../src-main/contract/index.ts';
import { type Host, openHost } from '../../src-main/host/index.ts';
import { createPilot, type Pilot, type PilotOptions } from '../../src-main/pilot.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';

export interface TestPilotOptions {
  /** An existing folder to open again; a fresh one (removed by `close`) without it. */
  dataDir?: string;
  /** Null: the stored token, made at the first start. Without it a token of this run. */
  token?: string | null;
  /** A public address of the admin's own. It is not called unless it is on this machine. */
  publicOrigin?: string;
  /** Instead of `publicOrigin`: what the command line says. */
  tunnel?: TunnelRequest;
  port?: PilotOptions['port'];
  clock?: Clock;
}

/** An answer, its body read. */
export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as a JSON object; throws when it is none. */
  json: JsonObject;
}

export interface TestPilot {
  /** The SCIM root, ending in `/scim/v2`. */
  url: string;
  port: number;
  token: string;
  readonly api: Pilot['api'];
  /** The one that is open. */
  readonly pilot: Pilot;
  host: Host;
  dataDir: string;
  /** Messages the pilot logged as warnings or errors. */
  logged: string[];
  /**
   * Calls `path` (below the SCIM root, or a whole URL) with the token. A body that is no string is sent as JSON. Headers
   * given as null are left out.
   */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string | null>): Promise<TestAnswer>;
  /** Stops the pilot and keeps its folder. */
  stop(): Promise<void>;
  /** Stops the pilot and removes its folder when it made it. */
  close(): Promise<void>;
}

/** A request for a tunnel as the command line makes it, with nothing of ngrok's unless given. */
export function tunnelRequest(
  choice: TunnelRequest['choice'],
  ngrok: Partial<TunnelRequest['ngrok']> = {},
): TunnelRequest {
  return { choice, ngrok: { authtoken: null, server: null, ca: null, ...ngrok } };
}

/** `fetch` that never leaves this machine. */
const fetchHere: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (['127.0.0.1', 'localhost'].includes(url.hostname)) return fetch(input, init);
  return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) }));
};

export const testToken = 'scimpilot_test-token-0123456789abcdefghij-7Qxd';

/** Starts a real pilot on a free port in a folder of its own. */
export async function startTestPilot(options: TestPilotOptions = {}): Promise<TestPilot> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'scim-pilot-test-'));
  const logged: string[] = [];
  const log = (message: string, fields?: Record<string, unknown>) => {
    logged.push(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  };
  const { publicOrigin } = options;
  const tunnel =
    options.tunnel ?? tunnelRequest(publicOrigin === undefined ? { kind: 'none' } : { kind: 'own', publicOrigin });
  const host = await openHost({
    createPilot,
    windowPort: { number: 0, explicit: false },
    dataDir,
    port: options.port ?? { number: 0, explicit: false },
    tunnel,
    token: options.token === undefined ? testToken : options.token,
    secrets: createKeyFileSecrets(dataDir),
    workers: createForkWorkers(),
    fetch: fetchHere,
    clock: options.clock ?? { now: () => Date.now(), monotonic: () => performance.now() },
    log: { info() {}, warn: log, error: log },
  });
  const pilotNow = () => {
    if (host.openPilot === null) throw new Error('No pilot is open at this moment');
    return host.openPilot;
  };
  const pilot = pilotNow();
  const token = (await pilot.api.token.reveal()) ?? '';
  const { url } = pilot.scim;

  return {
    url,
    port: pilot.scim.port,
    token,
    get api() {
      return pilotNow().api;
    },
    get pilot() {
      return pilotNow();
    },
    host,
    dataDir,
    logged,
    async request(method, path, body, headers = {}) {
      const sent = new Headers({ authorization: `Bearer ${token}` });
      if (body !== undefined) sent.set('content-type', 'application/scim+json');
      for (const [name, value] of Object.entries(headers)) {
        if (value === null) sent.delete(name);
        else sent.set(name, value);
      }
      const answer = await fetch(path.startsWith('http') ? path : url + path, {
        method,
        headers: sent,
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        get json() {
          const parsed: unknown = JSON.parse(text);
          if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
            throw new Error(`No object: ${text}`);
          return parsed as JsonObject;
        },
      };
    },
    stop: () => host.close(),
    async close() {
      await host.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
