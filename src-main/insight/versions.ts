import type Database from 'better-sqlite3';
import manifest from '../../package.json' with { type: 'json' };
import type { Versions } from '../contract/index.ts';

/** What this pilot runs on. */
export function readVersions(db: Database.Database): Versions {
  return {
    app: manifest.version,
    node: process.versions.node,
    electron: process.versions.electron ?? null,
    sqlite: String(db.prepare('SELECT sqlite_version()').pluck().get()),
    platform: `${process.platform} ${process.arch}`,
  };
}
