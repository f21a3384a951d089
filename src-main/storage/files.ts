import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../contract/catalogue/errors.ts';
import { isDiskFull, systemCode } from './errors.ts';

/**
 * Makes sure that `dir` exists and can be written. Folders made here are their owner's alone (0700); one that was there
 * keeps its rights: it may be the admin's home or `/tmp`. `StartError` when it can't be made or written.
 */
export function ensurePrivateFolder(dir: string): void {
  try {
    makeFolder(dir);
    if (!statSync(dir).isDirectory()) throw noFolder(dir);
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw systemCode(error) === 'ENOTDIR' ? noFolder(dir) : notWritable(dir, error);
  }
}

/** It, or something above it, is a file. */
function noFolder(dir: string): StartError {
  return new StartError(
    'data-not-writable',
    `The data folder can't be at ${dir}: there is a file.`,
    'Name a folder with --data.',
  );
}

/** mkdir -p. Node's own `recursive` never ends where a parent exists but takes no folders, as below `/proc`. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  const parent = dirname(dir);
  if (parent !== dir) makeFolder(parent);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** Makes sure that `file` exists and that only its owner may read it. Must not be called on a file SQLite has open. */
export function ensurePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
    // Rights mean nothing on Windows, where the user's own folders are closed already.
    if (process.platform !== 'win32' && (statSync(file).mode & 0o777) !== 0o600) chmodSync(file, 0o600);
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** Writes `text` to `file`, which a kill or a full disk leaves as it was before or as it is now. For the owner alone. */
export function replaceFile(file: string, text: string): void {
  const next = `${file}.next`;
  try {
    writeFileSync(next, text, { mode: 0o600, flush: true });
    putInPlace(next, file);
  } catch (error) {
    throw notWritable(file, error);
  }
}

/** `next` takes the place of `file` at once; on disk when it returns. */
export function putInPlace(next: string, file: string): void {
  renameSync(next, file);
  // Windows opens no folders; its file system keeps the order by itself.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export function notWritable(path: string, cause: unknown): StartError {
  const full = isDiskFull(cause);
  return new StartError(
    'data-not-writable',
    full ? `The disk that holds the data folder is full (${path}).` : `The data folder can't be written (${path}).`,
    full
      ? 'Free some space, or name another folder with --data.'
      : 'Give your account the right to write there, or name another folder with --data.',
    { cause },
  );
}
