import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { StartError } from '../contract/catalogue/errors.ts';
import { backupsFolder } from './backups.ts';
import { ensurePrivateFile, ensurePrivateFolder } from './files.ts';

/**
 * Brings `db` to the newest schema, one transaction per migration. A file that already holds data is copied to `backups/`
 * first. `StartError` 'data-newer' when a newer SCIM Pilot wrote it.
 */
export function migrate(db: Database.Database, dir: string, migrations: readonly string[]): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) {
    throw new StartError(
      'data-newer',
      `The data folder ${dir} was written by a newer SCIM Pilot (data version ${version}, this one knows ${migrations.length}).`,
      'Start the newer SCIM Pilot, or name another folder with --data.',
    );
  }
  if (version > 0 && version < migrations.length) backUp(db, dir, version);
  migrations.slice(version).forEach((sql, index) => {
    db.transaction(() => {
      db.exec(sql);
      db.pragma(`user_version = ${version + index + 1}`);
    })();
  });
}

/** Writes a whole, compact copy beside the database; an earlier copy of the same version is kept as well. */
function backUp(db: Database.Database, dir: string, version: number): void {
  const folder = join(dir, backupsFolder);
  ensurePrivateFolder(folder);
  let file = join(folder, `version-${version}.db`);
  for (let copy = 2; existsSync(file); copy += 1) file = join(folder, `version-${version}-${copy}.db`);
  // An empty file made first gives the copy its rights; VACUUM INTO accepts an empty target.
  ensurePrivateFile(file);
  db.prepare('VACUUM INTO ?').run(file);
}
