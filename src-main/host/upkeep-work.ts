import type Database from 'better-sqlite3';
import { forgetReplacedTexts, rememberReplaced } from '../directory/index.ts';
import { copyClosed, databaseFile, openDatabase, putNextInPlace, writePilotName } from '../storage/index.ts';

/** Work on a pilot's database as a whole, which takes its time: it is done in a thread of its own. */
export type UpkeepTask =
  /** Brings a database to the present version. */
  | { task: 'upgrade'; folder: string }
  /** Gives a pilot that is closed its name; brings its database to the present version. */
  | { task: 'name'; folder: string; name: string }
  /** The database in `next`, with what stays of the one in `dir`, takes its place. */
  | { task: 'restore'; dir: string; next: string; at: number; stays: readonly string[]; numberKey: string }
  /** An empty one takes the place of the one in `dir`. */
  | { task: 'afresh'; dir: string; next: string; at: number; kept: Kept }
  /** One without its calls takes the place of the one in `dir`. */
  | { task: 'eraseCalls'; dir: string; next: string };

/** What goes on in a database that begins anew. */
export interface Kept {
  /** Settings that are kept; `all`: all but these. */
  settings: { all: boolean; keys: readonly string[] };
  /** Settings that have another value from then on. */
  changed: readonly (readonly [key: string, value: string])[];
  customFields: boolean;
}

export function doUpkeep(task: UpkeepTask): void {
  switch (task.task) {
    case 'upgrade':
      openDatabase(task.folder).close();
      break;
    case 'name':
      giveName(task.folder, task.name);
      break;
    case 'restore':
      replaceDatabase(task, (db) => takeOver(db, task.stays, task.numberKey));
      break;
    case 'afresh':
      openDatabase(task.next).close();
      replaceDatabase(task, (db) => keep(db, task.kept));
      break;
    case 'eraseCalls':
      eraseCalls(task.dir, task.next);
  }
}

function giveName(folder: string, name: string): void {
  const db = openDatabase(folder);
  try {
    writePilotName(db, name);
    intoItsFile(db);
  } finally {
    db.close();
  }
}

function takeOver(db: Database.Database, stays: readonly string[], numberKey: string): void {
  const list = stays.map(() => '?').join(', ');
  const ours = db.prepare('SELECT value FROM main.settings WHERE key = ?').pluck().get(numberKey);
  const theirs = db.prepare('SELECT value FROM live.settings WHERE key = ?').pluck().get(numberKey);
  db.prepare(`DELETE FROM main.settings WHERE key IN (${list})`).run(...stays);
  db.prepare(`INSERT INTO main.settings SELECT * FROM live.settings WHERE key IN (${list})`).run(...stays);
  // Never lower than it was, for no two calls may have one code.
  const number = Math.max(Number(ours ?? 1), Number(theirs ?? 1));
  db.prepare('INSERT OR REPLACE INTO main.settings (key, value) VALUES (?, ?)').run(numberKey, String(number));
}

function keep(db: Database.Database, { settings: { all, keys }, changed, customFields }: Kept): void {
  const list = keys.map(() => '?').join(', ');
  const kept = `key ${all ? 'NOT IN' : 'IN'} (${list})`;
  db.prepare(`INSERT INTO main.settings SELECT * FROM live.settings WHERE ${kept}`).run(...keys);
  const set = db.prepare('INSERT OR REPLACE INTO main.settings (key, value) VALUES (?, ?)');
  for (const [key, value] of changed) set.run(key, value);
  if (customFields) db.exec('INSERT INTO main.custom_fields SELECT * FROM live.custom_fields');
}

function eraseCalls(dir: string, next: string): void {
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
    intoItsFile(db);
  } finally {
    db.close();
  }
  putNextInPlace(dir);
}

/** Closing would do it as well, but says nothing of a disk that is full. */
function intoItsFile(db: Database.Database): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Fills the next database from the one it replaces, which is attached as `live`, and puts it in place. */
function replaceDatabase(
  { dir, next, at }: { dir: string; next: string; at: number },
  fill: (db: Database.Database) => void,
): void {
  // An old one is brought to the present version first: both have the same tables then.
  openDatabase(dir).close();
  const db = openDatabase(next);
  try {
    db.prepare('ATTACH ? AS live').run(databaseFile(dir));
    db.transaction(() => {
      fill(db);
      rememberReplaced(db, at);
    })();
    db.exec('DETACH live');
    intoItsFile(db);
  } finally {
    db.close();
  }
  putNextInPlace(dir);
}
