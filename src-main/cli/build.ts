import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { StartError } from '../contract/catalogue/errors.ts';
import { withoutSecrets } from './environment.ts';

/** What a build is made of, from the repository's root. */
const inputs = [
  'src-main',
  'src-renderer',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const stampName = '.stamp';

interface BuildOptions {
  /** Repository's root. */
  root: string;
  /** Told what goes on, in plain words. */
  say: (words: string) => void;
  /** Ends a running build; what it made is removed. */
  stop: AbortSignal;
}

/** SHA-256 over the names and contents of all sources. */
export function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of filesUnder(join(root, input))) {
      hash.update(`${relative(root, file).split(sep).join('/')}\0`);
      hash.update(createHash('sha256').update(readFileSync(file)).digest());
    }
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(dirname(path), { withFileTypes: true }).filter(
    (e) => join(e.parentPath, e.name) === path,
  );
  if (entries[0]?.isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Whether `out/` was built from these very sources. */
export function isFresh(root: string, wanted = fingerprint(root)): boolean {
  const stamp = join(root, 'out', stampName);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

/**
 * Makes sure that `out/` is built from the sources as they are. Builds into a folder of its own that is then renamed;
 * starts at the same time wait for one another. Throws `StartError` 'build-failed' with the build's own error. Does nothing
 * more once `stop` is aborted.
 */
export async function ensureBuilt(options: BuildOptions): Promise<void> {
  const { root, say, stop } = options;
  if (isFresh(root)) return;
  const lock = await lockBuilds(options);
  try {
    const wanted = fingerprint(root);
    if (stop.aborted || isFresh(root, wanted)) return;
    sweep(root);
    say('Building SCIM Pilot (only when its sources changed) …');
    const started = Date.now();
    const folder = join(root, `.out-${process.pid}`);
    try {
      await runBuild(root, folder, stop);
      if (stop.aborted) return;
      writeFileSync(join(folder, stampName), wanted);
      putInPlace(root, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    say(`Built in ${Math.ceil((Date.now() - started) / 1000)} s.`);
  } finally {
    lock.close();
  }
}

/** Holds other starts off while this one builds; a kill releases it (an exclusive SQLite transaction, no pid file). */
async function lockBuilds({ root, say, stop }: BuildOptions): Promise<{ close(): void }> {
  const { default: Database } = await import('better-sqlite3');
  const folder = join(root, 'node_modules', '.cache', 'scim-pilot');
  let db: InstanceType<typeof Database>;
  try {
    mkdirSync(folder, { recursive: true });
    db = new Database(join(folder, 'build-lock.db'), { timeout: 0 });
  } catch (error) {
    throw buildFailed(`The folder ${root} can't be written`, error);
  }
  for (let told = false; ; ) {
    try {
      db.exec('BEGIN EXCLUSIVE');
      return db;
    } catch (error) {
      if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) {
        db.close();
        throw buildFailed(`The folder ${root} can't be written`, error);
      }
    }
    if (stop.aborted) return db;
    if (!told) say('Another start is building; waiting for it …');
    told = true;
    await sleep(100);
  }
}

/** Removes what a killed build left behind. Only called with the lock held. */
function sweep(root: string): void {
  for (const entry of readdirSync(root)) {
    if (/^\.out-(old-)?\d+$/.test(entry)) rmSync(join(root, entry), { recursive: true, force: true });
  }
}

function putInPlace(root: string, folder: string): void {
  const out = join(root, 'out');
  const old = join(root, `.out-old-${process.pid}`);
  if (existsSync(out)) renameSync(out, old);
  renameSync(folder, out);
  rmSync(old, { recursive: true, force: true });
}

/** Runs electron-vite in a process of its own, so that the memory it takes is given back. */
function runBuild(root: string, folder: string, stop: AbortSignal): Promise<void> {
  const manifest = createRequire(join(root, 'package.json')).resolve('electron-vite/package.json');
  const args = [join(dirname(manifest), 'bin', 'electron-vite.js'), 'build', '--outDir', folder, '--logLevel', 'warn'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutSecrets(process.env), NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: '0' },
      signal: stop,
    });
    let output = '';
    const keep = (text: string) => {
      output = (output + text).slice(-20_000);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => (stop.aborted ? resolve() : reject(buildFailed('The build could not run', error))));
    child.on('close', (code) => {
      if (code === 0 || stop.aborted) resolve();
      else reject(buildFailed(`The build failed:\n${shortError(output)}\n`));
    });
  });
}

/** The lines of a build's output that say what is wrong: no stack, no colours, at most eight. */
export function shortError(output: string): string {
  const lines = stripVTControlCharacters(output)
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const first = lines.findIndex((line) => /error/i.test(line));
  return lines.slice(Math.max(first, 0), Math.max(first, 0) + 8).join('\n') || 'it gave no reason';
}

function buildFailed(message: string, cause?: unknown): StartError {
  return new StartError(
    'build-failed',
    cause instanceof Error ? `${message} (${cause.message}).` : message,
    'If you did not change the sources, run "npm ci" and start again.',
    { cause },
  );
}
