import type Database from 'better-sqlite3';
import type { Json } from '../contract/index.ts';

/** What checks a stored value: any zod schema does. */
interface Schema<T> {
  parse(value: unknown): T;
}

/** The setting under `key`, checked by `schema`; null when it was never written. Throws when what is stored doesn't fit. */
export function readSetting<T>(db: Database.Database, key: string, schema: Schema<T>): T | null {
  const text = db.prepare('SELECT value FROM settings WHERE key = ?').pluck().get(key);
  return typeof text === 'string' ? schema.parse(JSON.parse(text)) : null;
}

/** Stores a setting. On disk once the surrounding transaction (or, without one, this statement) has committed. */
export function writeSetting(db: Database.Database, key: string, value: Json): void {
  db.prepare(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
