import { createLoopback, readAssets } from './api/index.ts';
import { createForkWorkers } from './cli/fork-workers.ts';
import type { HeadlessOptions, Stopped } from './cli/hosts.ts';
import { plainLog } from './cli/log.ts';
import { aborted } from './cli/signals.ts';
import { readyAway, readyTunnel } from './cli/words.ts';
import { openHost } from './host/index.ts';
import { createPilot } from './pilot.ts';
import { createKeyFileSecrets } from './storage/index.ts';

/**
 * Serves a pilot and its browser window until `stop` is aborted; resolves when running requests are finished and the
 * database is closed. Throws `StartError` when it can't begin.
 */
export async function serveHeadless({ settings, rendererDir, stop, ready, tunnel }: HeadlessOptions): Promise<Stopped> {
  const log = plainLog(process.stderr);
  const assets = readAssets(rendererDir);
  const host = await openHost({
    createPilot,
    windowPort: settings.windowPort,
    dataDir: settings.dataDir,
    port: settings.port,
    tunnel: settings.tunnel,
    token: settings.token,
    secrets: createKeyFileSecrets(settings.dataDir),
    workers: createForkWorkers(),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log,
  });
  try {
    const window = await createLoopback({ host, assets, log, port: host.windowPortWanted().number });
    host.windowListensOn(window.port);
    try {
      const pilot = await host.pilotNow();
      ready({
        pid: process.pid,
        scim: pilot.scim.url,
        tenantUrl: pilot.tenantUrl,
        token: await pilot.api.token.reveal(),
        window: window.url,
        ...readyTunnel(pilot.tunnel.status()),
        ...readyAway(pilot.api.status()),
        dataDir: settings.dataDir,
        movedFrom: pilot.scim.movedFrom,
      });
      tunnel(pilot.tunnel.status());
      host.onTunnel(tunnel);
      await aborted(stop);
      return { azureAt: host.openPilot?.api.status().azureAt ?? null };
    } finally {
      await window.close();
    }
  } finally {
    await host.close();
  }
}
