import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile } from './database.ts';
import { ensurePrivateFolder, notWritable, putInPlace, replaceFile } from './files.ts';
import { type FolderLock, lockFolder } from './lock.ts';

/** The pilot that a data folder serves: its folder is locked until `release`. */
export interface PilotFolder extends FolderLock {
  id: string;
  /** Absolute path of `pilots/<id>/`. */
  path: string;
}

/** The pilots of a data folder, a folder each; locked until `release`. */
export interface PilotFolders extends FolderLock {
  /** In no order. */
  ids(): string[];
  /** Absolute path of `pilots/<id>/`; null when there is no such pilot. */
  pathOf(id: string): string | null;
  /** The one to open: that `active.json` names, else the one used last, else a new one. */
  current(): string;
  /** A new one that `build` fills; there whole, or not at all. */
  make(build: (path: string) => Promise<void>): Promise<string>;
  /** It is opened at the next start. */
  remember(id: string): void;
  /** Does away with it, whole or (when the disk refuses) not at all. */
  remove(id: string): void;
}

const activeFile = 'active.json';
const idPattern = /^[a-z0-9-]{1,64}$/;
/** Begin the names of folders that are being removed or are not finished; no pilot's id does. */
const goneMark = '.gone-';
const newMark = '.new-';

/**
 * Locks `dataDir` and finds the pilot to serve in it: the one `active.json` names, else the one used last; a first start
 * creates one. Nothing is ever removed. Throws `StartError`.
 */
export function openPilotFolder(dataDir: string): PilotFolder {
  const folders = openPilotFolders(dataDir);
  try {
    const id = folders.current();
    folders.remember(id);
    return { id, path: join(dataDir, 'pilots', id), release: folders.release };
  } catch (error) {
    folders.release();
    throw error;
  }
}

/** Locks `dataDir` and looks after the pilots in it. Throws `StartError`, as do its functions. */
export function openPilotFolders(dataDir: string): PilotFolders {
  const lock = lockFolder(dataDir);
  const pilots = join(dataDir, 'pilots');
  try {
    ensurePrivateFolder(pilots);
    for (const name of readdirSync(pilots)) {
      if (name.startsWith(goneMark) || name.startsWith(newMark))
        rmSync(join(pilots, name), { recursive: true, force: true });
    }
  } catch (error) {
    lock.release();
    throw error;
  }
  const ids = () =>
    readdirSync(pilots, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && idPattern.test(entry.name))
      .map(({ name }) => name);
  return {
    ids,
    pathOf: (id) => (ids().includes(id) ? join(pilots, id) : null),
    current() {
      const id = activeId(dataDir, pilots) ?? newId();
      ensurePrivateFolder(join(pilots, id));
      return id;
    },
    async make(build) {
      const id = newId();
      const path = join(pilots, newMark + id);
      ensurePrivateFolder(path);
      try {
        await build(path);
        putInPlace(path, join(pilots, id));
        return id;
      } catch (error) {
        rmSync(path, { recursive: true, force: true });
        throw error;
      }
    },
    remember(id) {
      const file = join(dataDir, activeFile);
      if (readActive(file) !== id) replaceFile(file, `${JSON.stringify({ pilot: id })}\n`);
    },
    remove(id) {
      const gone = join(pilots, goneMark + id);
      try {
        renameSync(join(pilots, id), gone);
      } catch (error) {
        throw notWritable(pilots, error);
      }
      rmSync(gone, { recursive: true, force: true });
    },
    release: lock.release,
  };
}

function newId(): string {
  return `pilot-${randomBytes(4).toString('hex')}`;
}

function activeId(dataDir: string, pilots: string): string | null {
  const named = readActive(join(dataDir, activeFile));
  if (named !== null && existsSync(join(pilots, named))) return named;
  const byLastUse = readdirSync(pilots, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && idPattern.test(entry.name))
    .map((entry) => ({ id: entry.name, usedAt: lastUse(join(pilots, entry.name)) }))
    .sort((a, b) => b.usedAt - a.usedAt);
  return byLastUse[0]?.id ?? null;
}

/** The id in `active.json`; null when the file is missing or holds something else (then the folders decide). */
function readActive(file: string): string | null {
  if (!existsSync(file)) return null;
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const id = typeof content === 'object' && content !== null && 'pilot' in content ? content.pilot : null;
    return typeof id === 'string' && idPattern.test(id) ? id : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw notWritable(file, error);
  }
}

function lastUse(path: string): number {
  const file = databaseFile(path);
  return statSync(existsSync(file) ? file : path).mtimeMs;
}
