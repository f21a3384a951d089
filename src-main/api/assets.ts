import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { StartError } from '../contract/catalogue/errors.ts';

/** One file of the built window. */
export interface Asset {
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

/**
 * The built window by URL path (`/index.html`, `/assets/index-1a2b.js`), read once: a request is looked up here and never
 * joined to a folder, and a rebuild does not change a window that is running.
 */
export type Assets = ReadonlyMap<string, Asset>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json; charset=utf-8',
};

/** Reads the window built into `dir`; source maps stay out. `StartError` 'build-failed' when it is not there. */
export function readAssets(dir: string): Assets {
  const assets = new Map<string, Asset>();
  try {
    for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
      const file = join(entry.parentPath, entry.name);
      const type = types[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      assets.set(`/${relative(dir, file).split(sep).join('/')}`, { type, body: new Uint8Array(readFileSync(file)) });
    }
  } catch (error) {
    throw windowMissing(dir, error);
  }
  if (!assets.has('/index.html')) throw windowMissing(dir);
  return assets;
}

function windowMissing(dir: string, cause?: unknown): StartError {
  return new StartError('build-failed', `The window is not built (${dir}).`, 'Run "npm start", which builds it.', {
    cause,
  });
}
