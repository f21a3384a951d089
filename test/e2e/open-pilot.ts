import { createPilot, type Pilot } from '../../src-main/pilot.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';

/** A pilot in this process on any free port, as the hosts make it; errors it logs fail the test that reads them. */
export function openPilot(dataDir: string, token: string): Promise<Pilot> {
  return createPilot({
    dataDir,
    port: { number: 0, explicit: false },
    tunnel: { kind: 'none', publicOrigin: null },
    token,
    secrets: createKeyFileSecrets(dataDir),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    log: {
      info() {},
      warn: (message, fields) => console.warn(message, fields),
      error: (message, fields) => console.error(message, fields),
    },
  });
}
