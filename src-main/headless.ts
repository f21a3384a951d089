import { createLoopback, readAssets } from './api/index.ts';
import type { HeadlessOptions } from './cli/hosts.ts';
import { plainLog } from './cli/log.ts';
import { aborted } from './cli/signals.ts';
import { createPilot } from './pilot.ts';
import { createKeyFileSecrets } from './storage/index.ts';

/**
 * Serves a pilot and its browser window until `stop` is aborted; resolves when running requests are finished and the
 * database is closed. Throws `StartError` when it can't begin.
 */
export async function serveHeadless({ settings, rendererDir, stop, ready }: HeadlessOptions): Promise<void> {
  const log = plainLog(process.stderr);
  const assets = readAssets(rendererDir);
  const pilot = await createPilot({
    dataDir: settings.dataDir,
    port: settings.port,
    tunnel: settings.tunnel,
    token: settings.token,
    secrets: createKeyFileSecrets(settings.dataDir),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log,
  });
  try {
    const window = await createLoopback({ api: pilot.api, assets, log, port: settings.windowPort.number });
    try {
      ready({
        pid: process.pid,
        scim: pilot.scim.url,
        tenantUrl: pilot.tenantUrl,
        token: await pilot.api.token.reveal(),
        window: window.url,
        public: settings.tunnel.publicOrigin,
        dataDir: settings.dataDir,
        movedFrom: pilot.scim.movedFrom,
      });
      await aborted(stop);
    } finally {
      await window.close();
    }
  } finally {
    await pilot.close();
  }
}
