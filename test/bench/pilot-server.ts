/**
 * The pilot as users run it (capture on, fsynced group commit) in a process of its own, for the benchmarks.
 * Usage: pilot-server.ts DATA_DIR
 */
import { createForkWorkers } from '../../src-main/cli/fork-workers.ts';
import { createPilot } from '../../src-main/pilot.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';
import { announce } from './usage.ts';

const [, , dataDir = ''] = process.argv;
const token = 'bench-token-0123456789-0123456789';
const pilot = await createPilot({
  dataDir,
  port: { number: 0, explicit: false },
  tunnel: { choice: { kind: 'none' }, ngrok: { authtoken: null, server: null, ca: null } },
  token,
  secrets: createKeyFileSecrets(dataDir),
  workers: createForkWorkers(),
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  log: { info() {}, warn: console.error, error: console.error },
});
announce(pilot.scim.port, token, () => pilot.close());
