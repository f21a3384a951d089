import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { RequestError, StartError } from '../../../src-main/contract/catalogue/errors.ts';
import { refusalOf } from '../../../src-main/host/refusals.ts';
import { errorOf, toldError } from '../../../src-main/host/thread-errors.ts';
import { upkeep } from '../../../src-main/host/upkeep-thread.ts';

/** Upkeep goes on in a thread: what it refuses must be told in the same words. */

const across = (error: unknown) => refusalOf(errorOf(structuredClone(toldError(error))));

test('a full disk is a full disk on the other side, whoever found it', () => {
  const full = [
    new Database.SqliteError('database or disk is full', 'SQLITE_FULL'),
    Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }),
  ];
  for (const error of full) {
    expect(across(error)).toBeInstanceOf(RequestError);
    expect(across(error)).toMatchObject({ message: expect.stringContaining('The disk is full: nothing was changed.') });
  }
  expect(across(new TypeError('no such thing'))).toMatchObject({ message: 'no such thing' });
});

test('a damaged file is refused with what to do, and no thread is left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scim-pilot-upkeep-'));
  try {
    writeFileSync(join(folder, 'pilot.db'), 'this is no database at all');
    const refused = await upkeep({ task: 'upgrade', folder }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StartError);
    expect(refused).toMatchObject({ code: 'data-damaged', cure: expect.stringContaining('back-up') });
    rmSync(join(folder, 'pilot.db'));
    await upkeep({ task: 'upgrade', folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
