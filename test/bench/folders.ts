/**
 * Folders of the benchmark below the system's temporary folder: filled databases, kept by what made them, and the scrap of
 * one run.
 */
import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { finish } from './child.ts';

const root = join(tmpdir(), `scim-pilot-bench-${userInfo().username}`);
/** Filled databases that no run used for so long are removed. */
const keepMs = 7 * 24 * 3_600_000;

/** The scrap of one run: removed at its end, and by the next run where one was killed. */
export interface RunFolder {
  /** A new folder of that name in it. */
  make(name: string): string;
  remove(): void;
}

export function openRunFolder(): RunFolder {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  tidy();
  const path = join(root, `run-${process.pid}`);
  return {
    make(name) {
      const folder = join(path, name);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return folder;
    },
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

function tidy(): void {
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    const run = /^run-(\d+)$/.exec(name);
    const stale = run === null ? Date.now() - statSync(path).mtimeMs > keepMs : !isRunning(Number(run[1]));
    if (stale) rmSync(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The folder with `pilot.db` and `floor.db` of a company of `users` users: made once, then found again. Not to be written. */
export function filledFolder(users: number, run: RunFolder): Promise<string> {
  return keptFolder(String(users), ['fill.ts', 'company.ts'], run, (made) => finish('fill.ts', String(users), made));
}

/** A folder that `fill` makes once; found again until one of these files of the benchmark, or the schema, changes. */
export async function keptFolder(
  name: string,
  sources: readonly string[],
  run: RunFolder,
  fill: (folder: string) => Promise<unknown>,
): Promise<string> {
  const kept = join(root, `${fingerprint(sources)}-${name}`);
  if (!existsSync(kept)) {
    const made = run.make(`fill-${name}`);
    await fill(made);
    // Another run may have been faster.
    if (!existsSync(kept)) renameSync(made, kept);
  }
  const now = new Date();
  utimesSync(kept, now, now);
  return kept;
}

/** Changes when the schema or what is filled changes. */
function fingerprint(sources: readonly string[]): string {
  const migrations = join(import.meta.dirname, '../../src-main/storage/migrations');
  const files = [
    ...sources.map((name) => join(import.meta.dirname, name)),
    ...readdirSync(migrations)
      .sort()
      .map((name) => join(migrations, name)),
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/** A data folder whose one pilot holds a copy of a filled database. */
export function copyPilot(filled: string, run: RunFolder, name: string): string {
  const dataDir = run.make(name);
  const file = pilotFile(dataDir);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  copyFileSync(join(filled, 'pilot.db'), file, constants.COPYFILE_FICLONE);
  return dataDir;
}

/** The database of a data folder that `copyPilot` made. */
export function pilotFile(dataDir: string): string {
  return join(dataDir, 'pilots', 'bench', 'pilot.db');
}

/**
 * Reads files through, so that they lie in the system's file cache: a machine that gives its memory back would else have its disk
 * measured, and not what we do.
 */
export async function warm(files: readonly string[]): Promise<void> {
  for (const file of files) {
    for await (const _ of createReadStream(file, { highWaterMark: 1 << 20 }));
  }
}
