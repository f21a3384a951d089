import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** Nothing but what a container without display, sandbox and update servers needs; web security stays on. */
const args = [
  '--no-sandbox',
  '--headless=shell',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A real Chromium, the one that npm brought. It is unpacked once into a folder named after its version: into one of its own
 * first and then renamed, so that test files that start together never run half a browser. `more` are arguments of its own.
 */
export async function launchChromium(more: string[] = []): Promise<Browser> {
  const folder = await unpack();
  const launch = { executablePath: join(folder, 'chromium'), args: [...args, ...more] };
  try {
    return await playwright.launch({ ...launch, env: environment(folder) });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('shared libraries')) throw error;
    // A machine without a desktop may lack the few libraries that the package brings as well.
    const libraries = join(folder, 'al2023', 'lib');
    return playwright.launch({ ...launch, env: { ...environment(folder), LD_LIBRARY_PATH: libraries } });
  }
}

function environment(folder: string): Record<string, string> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return existsSync('/etc/fonts/fonts.conf') ? inherited : { ...inherited, FONTCONFIG_PATH: join(folder, 'fonts') };
}

async function unpack(): Promise<string> {
  const manifest = packageFolder();
  const { version } = JSON.parse(readFileSync(join(manifest, 'package.json'), 'utf8')) as { version: string };
  const folder = join(tmpdir(), `scim-pilot-chromium-${version}`);
  if (existsSync(folder)) return folder;
  const making = mkdtempSync(join(tmpdir(), 'scim-pilot-chromium-making-'));
  // The package unpacks into the temporary folder of the moment.
  const before = process.env.TMPDIR;
  process.env.TMPDIR = making;
  try {
    await chromium.executablePath();
    await inflate(join(manifest, 'bin', 'al2023.tar.br'));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(making, folder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another file of the run was quicker.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function packageFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  return dirname(dirname(entry.startsWith('file:') ? fileURLToPath(entry) : entry));
}
