import { rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { savedFiltersKey, searchIndexFile } from '../calls/index.ts';
import { forgetReplacedTexts, rememberReplaced } from '../directory/index.ts';
import { tokenKey } from '../endpoint/index.ts';
import { guideAfterErasure, guideKey, presenceKey } from '../insight/index.ts';
import { beginNext, copyClosed, databaseFile, openDatabase, putNextInPlace } from '../storage/index.ts';
import { tunnelKeys } from '../tunnel/index.ts';

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
export async function prepareRestore(dir: string, file: string): Promise<{ finish(at: number): void }> {
  const next = beginNext(dir);
  await copyFile(file, databaseFile(next));
  // Brings it to the present version.
  openDatabase(next).close();
  return {
    finish: (at) =>
      replaceDatabase(dir, next, (db) => {
        const keys = [...staysHere, 'pilot.name'];
        const list = keys.map(() => '?').join(', ');
        const ours = db.prepare('SELECT value FROM main.settings WHERE key = ?').pluck().get(numberKey);
        const theirs = db.prepare('SELECT value FROM live.settings WHERE key = ?').pluck().get(numberKey);
        db.prepare(`DELETE FROM main.settings WHERE key IN (${list})`).run(...keys);
        db.prepare(`INSERT INTO main.settings SELECT * FROM live.settings WHERE key IN (${list})`).run(...keys);
        const number = Math.max(Number(ours ?? 1), Number(theirs ?? 1));
        db.prepare('INSERT OR REPLACE INTO main.settings (key, value) VALUES (?, ?)').run(numberKey, String(number));
        rememberReplaced(db, at);
      }),
  };
}

/** Users, groups, their history and all calls go; what the admin set up stays, and what the guide's last step has ticked. */
export function eraseEverything(dir: string, at: number): void {
  startAfresh(dir, at, (db) => {
    const list = goesWithData.map(() => '?').join(', ');
    db.prepare(`INSERT INTO main.settings SELECT * FROM live.settings WHERE key NOT IN (${list})`).run(...goesWithData);
    const guide = db.prepare('SELECT value FROM live.settings WHERE key = ?').pluck().get(guideKey);
    if (typeof guide === 'string') {
      db.prepare('INSERT INTO main.settings (key, value) VALUES (?, ?)').run(guideKey, guideAfterErasure(guide, at));
    }
    db.exec('INSERT INTO main.custom_fields SELECT * FROM live.custom_fields');
  });
}

/** Everything goes but the name, the Secret Token, the connection, and what Azure remembers. */
export function resetPilot(dir: string, at: number): void {
  startAfresh(dir, at, (db) => {
    const list = outlivesReset.map(() => '?').join(', ');
    db.prepare(`INSERT INTO main.settings SELECT * FROM live.settings WHERE key IN (${list})`).run(...outlivesReset);
  });
}

/** The calls go; users and groups with their history stay. */
export function eraseCalls(dir: string): void {
  const next = beginNext(dir);
  copyClosed(databaseFile(dir), databaseFile(next));
  const db = openDatabase(next);
  try {
    db.transaction(() => {
      db.exec(`DELETE FROM calls; DELETE FROM call_kinds; DELETE FROM texts;
        DELETE FROM settings WHERE key = 'calls.textsForgotten';`);
      forgetReplacedTexts(db, 0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    })();
    // What was erased must not be left in free pages.
    db.exec('VACUUM');
  } finally {
    db.close();
  }
  takeItsPlace(dir);
}

function startAfresh(dir: string, at: number, fill: (db: Database.Database) => void): void {
  const next = beginNext(dir);
  openDatabase(next).close();
  replaceDatabase(dir, next, (db) => {
    fill(db);
    rememberReplaced(db, at);
  });
}

/** Fills the next database from the one it replaces, which is attached as `live`, and puts it in place. */
function replaceDatabase(dir: string, next: string, fill: (db: Database.Database) => void): void {
  // An old one is brought to the present version first: both have the same tables then.
  openDatabase(dir).close();
  const db = openDatabase(next);
  try {
    db.prepare('ATTACH ? AS live').run(databaseFile(dir));
    db.transaction(() => fill(db))();
    db.exec('DETACH live');
  } finally {
    db.close();
  }
  takeItsPlace(dir);
}

/** The index of the calls goes first: it tells of calls that are gone, and is made anew from those that are there. */
function takeItsPlace(dir: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(searchIndexFile(dir) + part, { force: true });
  putNextInPlace(dir);
}
