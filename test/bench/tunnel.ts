/**
 * What the tunnel costs: the same pilot read directly and through the real ngrok SDK and a stand-in of ngrok's edge, both on
 * this machine, in turns. The way to ngrok's own edge and back comes on top of that. A part of `npm run bench`; alone:
 * `node test/bench/tunnel.ts [--seconds S]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createForkWorkers } from '../../src-main/cli/fork-workers.ts';
import { createPilot } from '../../src-main/pilot.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';
import { type Edge, startEdge } from '../support/edge/edge.ts';
import { type Request, type Shot, shoot } from './load.ts';
import { printTunnel } from './report.ts';

/** One row, measured directly and through the tunnel. */
export interface TunnelRow {
  row: string;
  direct: Shot;
  tunnelled: Shot;
}

/** Of the wider loads. */
const connections = 16;
const token = 'bench-token-0123456789-0123456789';
const authtoken = '2benchBENCHbenchBENCHbench_5benchBENCHbench';
const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };

/** Measures calls one at a time (the added latency) and over many connections (the throughput). */
export async function measureTunnel(seconds: number): Promise<TunnelRow[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-bench-'));
  const edge = await startEdge();
  try {
    return await measureBehind(edge, dataDir, seconds);
  } finally {
    await edge.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureBehind(edge: Edge, dataDir: string, seconds: number): Promise<TunnelRow[]> {
  const pilot = await createPilot({
    dataDir,
    port: { number: 0, explicit: false },
    tunnel: { choice: { kind: 'ngrok' }, ngrok: { authtoken, server: edge.server, ca: edge.ca } },
    token,
    secrets: createKeyFileSecrets(dataDir),
    workers: createForkWorkers(),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log: { info() {}, warn: console.error, error: console.error },
  });
  try {
    await up(pilot.tunnel);
    const made = await fetch(`${pilot.scim.url}/Users`, { method: 'POST', headers, body: JSON.stringify(user()) });
    const { id } = (await made.json()) as { id: string };
    const read: Request = { method: 'GET', path: `/scim/v2/Users/${id}` };
    const create: Request = { method: 'POST', path: '/scim/v2/Users', body: () => JSON.stringify(user()) };
    const rows: TunnelRow[] = [];
    for (const [row, request, width] of [
      ['GET user by id, one at a time', read, 1],
      [`GET user by id, ${connections} connections`, read, connections],
      [`POST user, ${connections} connections`, create, connections],
    ] as const) {
      const lists = Array.from({ length: width }, () => [request]);
      const through = (port: number) => shoot({ port, headers }, seconds, lists);
      const direct = await through(pilot.scim.port);
      const tunnelled = await through(edge.frontPort);
      rows.push({ row, direct, tunnelled });
    }
    return rows;
  } finally {
    await pilot.close();
  }
}

function up(tunnel: Awaited<ReturnType<typeof createPilot>>['tunnel']): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = tunnel.onChange(({ state, problem }) => {
      if (state !== 'up' && state !== 'down') return;
      stop();
      if (state === 'up') resolve();
      else reject(new Error(problem?.what ?? 'The tunnel did not come up.'));
    });
  });
}

let users = 0;
function user() {
  users += 1;
  return { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `bench-${users}@example.com` };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '3' } } });
  printTunnel(await measureTunnel(Number(values.seconds)));
}
