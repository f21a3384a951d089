import { createForkWorkers } from '../../src-main/cli/fork-workers.ts';
import type { Clock, TunnelRequest, TunnelStatus, WorkerHost } from '../../src-main/contract/index.ts';
import { type Edge, startEdge } from '../support/edge/edge.ts';
import { startTestPilot, type TestPilot, type TestPilotOptions, tunnelRequest } from '../support/pilot.ts';

export const authtoken = '2abcDEFghijKLMnopqrsTUV_5wxyz1234567890ABCdEf';

export const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Worker processes that a test can count, and kill as a crash would. */
export function countedWorkers(): WorkerHost & { alive(): number; started(): number; crash(): void } {
  const inner = createForkWorkers();
  const alive = new Set<{ kill(): void }>();
  let started = 0;
  return {
    start(entry, name) {
      const child = inner.start(entry, name);
      started += 1;
      alive.add(child);
      child.onExit(() => alive.delete(child));
      return child;
    },
    alive: () => alive.size,
    started: () => started,
    crash() {
      for (const child of alive) child.kill();
    },
  };
}

/** A request for ngrok at a stand-in edge. */
export function atEdge(edge: Edge, ngrok: Partial<TunnelRequest['ngrok']> = {}): TunnelRequest {
  return tunnelRequest({ kind: 'ngrok' }, { authtoken, server: edge.server, ca: edge.ca, ...ngrok });
}

/** Resolves with the first status that fits, the present one included; rejects with the newest one after `limitMs`. */
export function when(
  pilot: TestPilot,
  fits: (status: TunnelStatus) => boolean,
  limitMs = 30_000,
): Promise<TunnelStatus> {
  return new Promise((resolve, reject) => {
    const { tunnel } = pilot.pilot;
    const now = tunnel.status();
    if (fits(now)) {
      resolve(now);
      return;
    }
    const overdue = setTimeout(() => {
      stop();
      reject(new Error(`Still ${JSON.stringify(tunnel.status())}`));
    }, limitMs);
    const stop = tunnel.onChange((status) => {
      if (!fits(status)) return;
      stop();
      clearTimeout(overdue);
      resolve(status);
    });
  });
}

export const reachable = (status: TunnelStatus) => status.state === 'up' && status.reach?.ok === true;

/** Until `holds`, looking every 10 ms; rejects after `limitMs`. */
export async function until(holds: () => boolean, limitMs = 5_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Not within ${limitMs} ms: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** An edge and a pilot that is reached through it. */
export async function startTunnelled(options: TestPilotOptions = {}): Promise<{ edge: Edge; pilot: TestPilot }> {
  const edge = await startEdge();
  const pilot = await startTestPilot({ tunnel: atEdge(edge), ...options });
  await when(pilot, reachable);
  return { edge, pilot };
}
