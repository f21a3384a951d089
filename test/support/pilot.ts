import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, JsonObject, TunnelStatus } from '../../src-main/contract/index.ts';
import { createPilot, type Pilot, type PilotOptions } from '../../src-main/pilot.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';

export interface TestPilotOptions {
  /** An existing folder to open again; a fresh one (removed by `close`) without it. */
  dataDir?: string;
  /** Null: the stored token, made at the first start. Without it a token of this run. */
  token?: string | null;
  publicOrigin?: string;
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
  api: Pilot['api'];
  pilot: Pilot;
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

export const testToken = 'scimpilot_test-token-0123456789abcdefghij-7Qxd';

/** Starts a real pilot on a free port in a folder of its own. */
export async function startTestPilot(options: TestPilotOptions = {}): Promise<TestPilot> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'scim-pilot-test-'));
  const logged: string[] = [];
  const log = (message: string, fields?: Record<string, unknown>) => {
    logged.push(fields === undefined ? message : `${message} ${JSON.stringify(fields)}`);
  };
  const tunnel: TunnelStatus =
    options.publicOrigin === undefined
      ? { kind: 'none', publicOrigin: null }
      : { kind: 'own', publicOrigin: options.publicOrigin };
  const pilot = await createPilot({
    dataDir,
    port: options.port ?? { number: 0, explicit: false },
    tunnel,
    token: options.token === undefined ? testToken : options.token,
    secrets: createKeyFileSecrets(dataDir),
    clock: options.clock ?? { now: () => Date.now(), monotonic: () => performance.now() },
    log: { info() {}, warn: log, error: log },
  });
  const token = (await pilot.api.token.reveal()) ?? '';
  const { url } = pilot.scim;

  return {
    url,
    port: pilot.scim.port,
    token,
    api: pilot.api,
    pilot,
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
    stop: () => pilot.close(),
    async close() {
      await pilot.close();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
