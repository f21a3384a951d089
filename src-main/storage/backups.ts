import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './errors.ts';

/** Where copies of a pilot's database lie, below its folder. */
export const backupsFolder = 'backups';

/** The copies in a pilot's folder, newest first; `at` in milliseconds since 1970. */
export async function listBackups(dir: string): Promise<{ name: string; bytes: number; at: number }[]> {
  const folder = join(dir, backupsFolder);
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { name, bytes: size, at: Math.round(mtimeMs) };
    }),
  );
  return files.toSorted((a, b) => b.at - a.at);
}
