import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseFile } from './database.ts';
import { ensurePrivateFolder, notWritable } from './files.ts';
import { type FolderLock, lockFolder } from './lock.ts';

/** The pilot that a data folder serves: its folder is locked until `release`. */
export interface PilotFolder extends FolderLock {
  id: string;
  /** Absolute path of `pilots/<id>/`. */
  path: string;
}

const activeFile = 'active.json';
const idPattern = /^[a-z0-9-]{1,64}$/;

/**
 * Locks `dataDir` and finds the pilot to serve in it: the one `active.json` names, else the one used last; a first start
 * creates one. Nothing is ever removed. Throws `StartError`.
 */
export function openPilotFolder(dataDir: string): PilotFolder {
  const lock = lockFolder(dataDir);
  try {
    const pilots = join(dataDir, 'pilots');
    ensurePrivateFolder(pilots);
    const id = activeId(dataDir, pilots) ?? `pilot-${randomBytes(4).toString('hex')}`;
    const path = join(pilots, id);
    ensurePrivateFolder(path);
    remember(dataDir, id);
    return { id, path, release: lock.release };
  } catch (error) {
    lock.release();
    throw error;
  }
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

function remember(dataDir: string, id: string): void {
  const file = join(dataDir, activeFile);
  if (readActive(file) === id) return;
  try {
    writeFileSync(file, `${JSON.stringify({ pilot: id })}\n`, { mode: 0o600 });
  } catch (error) {
    throw notWritable(file, error);
  }
}

function lastUse(path: string): number {
  const file = databaseFile(path);
  return statSync(existsSync(file) ? file : path).mtimeMs;
}
