/**
 * The pilot as users run it where there is no display: built, capture on, every write fsynced, in a process of its own, for the
 * benchmarks. `out/` must be built (`ensureBuilt`).
 * Usage: pilot-server.ts DATA_DIR
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings } from '../../src-main/cli/flags.ts';
import type { HeadlessHost } from '../../src-main/cli/hosts.ts';
import { announce } from './usage.ts';

const [, , dataDir = ''] = process.argv;
const out = join(import.meta.dirname, '../../out');
const token = 'bench-token-0123456789-0123456789';
const { serveHeadless }: HeadlessHost = await import(pathToFileURL(join(out, 'main', 'headless.js')).href);
const stop = new AbortController();
const served = serveHeadless({
  settings: readSettings(['--headless', '--data', dataDir, '--port', '0', '--tunnel', 'none'], {
    SCIM_PILOT_TOKEN: token,
  }),
  rendererDir: join(out, 'renderer'),
  stop: stop.signal,
  ready: ({ scim }) =>
    announce(Number(new URL(scim).port), token, () => {
      stop.abort();
      return served;
    }),
  tunnel: () => {},
});
await served;
