import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupFile } from '../contract/index.ts';
import { systemCode } from './errors.ts';

/** Where copies of a pilot's database lie, below its folder. */
export const backupsFolder = 'backups';

/** Names that this program gives: others are not ours to touch. */
const ourNames = /^(backup|version)-[\w-]+\.db$/;

/** The copies in a pilot's folder, newest first; `at` in milliseconds since 1970. */
export async function listBackups(dir: string): Promise<BackupFile[]> {
  const folder = join(dir, backupsFolder);
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = await Promise.all(
    names
      .filter((name) => ourNames.test(name))
      .map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name));
        return { name, bytes: size, at: Math.round(mtimeMs), own: name.startsWith('backup-') };
      }),
  );
  return files.toSorted((a, b) => b.at - a.at);
}

/** Path of one of them; null when there is no such copy. */
export async function findBackup(dir: string, name: string): Promise<string | null> {
  return (await listBackups(dir)).some((file) => file.name === name) ? join(dir, backupsFolder, name) : null;
}

export async function removeBackup(dir: string, name: string): Promise<void> {
  const file = await findBackup(dir, name);
  if (file !== null) await rm(file, { force: true });
}

/** A name for a copy made at `at`, e.g. `backup-20261127-130405-123.db`. */
export function backupName(at: number): string {
  const digits = new Date(at).toISOString().replaceAll(/\D/g, '');
  return `backup-${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14)}.db`;
}
