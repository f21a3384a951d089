import type Database from 'better-sqlite3';
import { z } from 'zod';
import { readSetting, writeSetting } from './settings.ts';

const key = 'pilot.name';

/** The name the admin gave a pilot. */
export function readPilotName(db: Database.Database): string {
  return readSetting(db, key, z.string()) ?? 'Pilot';
}

/** As `writeSetting`. */
export function writePilotName(db: Database.Database, name: string): void {
  writeSetting(db, key, name);
}
