import { rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { savedFiltersKey, searchIndexFile } from '../calls/index.ts';
import { tokenKey } from '../endpoint/index.ts';
import { guideAfterErasure, guideKey, presenceKey } from '../insight/index.ts';
import { beginNext, databaseFile, readClosed } from '../storage/index.ts';
import { tunnelKeys } from '../tunnel/index.ts';
import { upkeep } from './upkeep-thread.ts';
import type { Kept } from './upkeep-work.ts';

/** What becomes of a pilot's database as a whole. Those that replace it work on the folder of a pilot that is closed. */

/** Settings that stay with a pilot on this machine: its secrets, how Azure gets here, and when it last came. */
export const staysHere: readonly string[] = [tokenKey, ...tunnelKeys, presenceKey];

/** The next call's number: never lower than it was, for no two calls may have one code. */
const numberKey = 'calls.nextNumber';
/** What a reset leaves as it is. */
const outlivesReset: readonly string[] = [...staysHere, 'pilot.name', numberKey];
/** Settings that tell of users and calls. */
const goesWithData: readonly string[] = [guideKey, 'calls.textsForgotten', savedFiltersKey];

/**
 * Makes the database of the pilot in `dir` from a file, while that pilot is still served; `finish`, once it is closed, gives it
 * what stays and puts it in place.
 */
export async function prepareRestore(dir: string, file: string): Promise<{ finish(at: number): Promise<void> }> {
  const next = beginNext(dir);
  await copyFile(file, databaseFile(next));
  await upkeep({ task: 'upgrade', folder: next });
  return {
    async finish(at) {
      forgetIndex(dir);
      await upkeep({ task: 'restore', dir, next, at, stays: [...staysHere, 'pilot.name'], numberKey });
    },
  };
}

/** Users, groups, their history and all calls go; what the admin set up stays, and what the guide's last step has ticked. */
export async function eraseEverything(dir: string, at: number): Promise<void> {
  const guide = readClosed(dir, (db) => db.prepare('SELECT value FROM settings WHERE key = ?').pluck().get(guideKey));
  await startAfresh(dir, at, {
    settings: { all: true, keys: goesWithData },
    changed: typeof guide === 'string' ? [[guideKey, guideAfterErasure(guide, at)]] : [],
    customFields: true,
  });
}

/** Everything goes but the name, the Secret Token, the connection, and what Azure remembers. */
export async function resetPilot(dir: string, at: number): Promise<void> {
  await startAfresh(dir, at, { settings: { all: false, keys: outlivesReset }, changed: [], customFields: false });
}

/** The calls go; users and groups with their history stay. */
export async function eraseCalls(dir: string): Promise<void> {
  const next = beginNext(dir);
  forgetIndex(dir);
  await upkeep({ task: 'eraseCalls', dir, next });
}

async function startAfresh(dir: string, at: number, kept: Kept): Promise<void> {
  const next = beginNext(dir);
  forgetIndex(dir);
  await upkeep({ task: 'afresh', dir, next, at, kept });
}

/** The index of the calls goes first: it tells of calls that are gone, and is made anew from those that are there. */
function forgetIndex(dir: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(searchIndexFile(dir) + part, { force: true });
}
