import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, statSync } from 'node:fs';
import { StartError } from '../contract/catalogue/errors.ts';
import { systemCode } from './errors.ts';

/** Makes `dir` (with its parents) readable by its owner only. `StartError` when it can't be made or written. */
export function ensurePrivateFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (!statSync(dir).isDirectory()) throw new Error(`${dir} is not a folder`);
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    restrict(dir, 0o700);
  } catch (error) {
    throw notWritable(dir, error);
  }
}

/** Makes sure that `file` exists and that only its owner may read it. Must not be called on a file SQLite has open. */
export function ensurePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    restrict(file, 0o600);
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** Takes rights away that `mode` does not grant; does nothing where they are right (or on Windows, which has none). */
function restrict(path: string, mode: number): void {
  if (process.platform === 'win32') return;
  if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode);
}

export function notWritable(path: string, cause: unknown): StartError {
  const full = systemCode(cause) === 'ENOSPC';
  return new StartError(
    'data-not-writable',
    full ? `The disk that holds the data folder is full (${path}).` : `The data folder can't be written (${path}).`,
    full
      ? 'Free some space, or name another folder with --data.'
      : 'Give your account the right to write there, or name another folder with --data.',
    { cause },
  );
}
