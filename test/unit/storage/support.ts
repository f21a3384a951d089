import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { StartError } from '../../../src-main/contract/catalogue/errors.ts';
import type { Log } from '../../../src-main/contract/index.ts';

const folders: string[] = [];

/** A new folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'scim-pilot-test-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The StartError that `act` ends with; fails the test when there is none. */
export function startErrorOf(act: () => unknown): StartError {
  try {
    act();
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('It started.');
}

/** A log that remembers its lines. */
export function rememberingLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const keep = (message: string) => void lines.push(message);
  return { lines, info: keep, warn: keep, error: keep };
}
