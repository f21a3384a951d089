/**
 * The pilot as users run it (capture on, fsynced group commit) in a process of its own, for the benchmarks.
 * Sends `{ port, token }` to its parent when ready; ends with it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPilot } from '../../src-main/pilot.ts';
import { createKeyFileSecrets } from '../../src-main/storage/index.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'scim-pilot-bench-'));
const token = 'bench-token-0123456789-0123456789';
const pilot = await createPilot({
  dataDir,
  port: { number: 0, explicit: false },
  tunnel: { kind: 'none', publicOrigin: null },
  token,
  secrets: createKeyFileSecrets(dataDir),
  clock: { now: () => Date.now(), monotonic: () => performance.now() },
  log: { info() {}, warn: console.error, error: console.error },
});
process.send?.({ port: pilot.scim.port, token });
process.on('disconnect', () => {
  void pilot.close().then(() => {
    rmSync(dataDir, { recursive: true, force: true });
    process.exit(0);
  });
});
