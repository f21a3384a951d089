/**
 * A program of its own, run by `desktop.ts` so that it can be ended when it hangs: downloads Electron's binary into its
 * cache, says how far it is on stdout (a line each: bytes so far, bytes in all or 0), and has Electron's own installer
 * check and unpack it.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const manifest = require.resolve('electron/package.json');
const fromElectron = createRequire(manifest);

/** The part of @electron/get used here; it is Electron's dependency, found from Electron's folder. */
interface ElectronGet {
  downloadArtifact(request: {
    version: string;
    artifactName: string;
    platform: string;
    arch: string;
    checksums: Record<string, string>;
    downloadOptions: {
      quiet: boolean;
      getProgressCallback(progress: { transferred: number; total: number | null }): void;
    };
  }): Promise<string>;
}

const { version } = z.object({ version: z.string() }).parse(require('electron/package.json'));
const checksums = z.record(z.string(), z.string()).parse(require('electron/checksums.json'));
const get: ElectronGet = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href);

let told = 0;
try {
  await get.downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    checksums,
    downloadOptions: {
      quiet: true,
      getProgressCallback({ transferred, total }) {
        const now = Date.now();
        if (now - told < 1_000) return;
        told = now;
        process.stdout.write(`${transferred} ${total ?? 0}\n`);
      },
    },
  });
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${cause}\n`);
  process.exit(1);
}
// Ends this process with exit code 1 by itself when it fails.
require(join(dirname(manifest), 'install.js'));
