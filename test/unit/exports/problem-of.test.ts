import { TRPCClientError } from '@trpc/client';
import { afterEach, expect, test, vi } from 'vitest';
import { handIn, RefusedFile } from '../../../src-renderer/files.ts';
import { problemOf, problemOfFile } from '../../../src-renderer/ui/problem-of.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([problemOf, problemOfFile])(
  'a pilot that refuses is quoted, one that is away is told as away: %o',
  async (words) => {
    const refused = TRPCClientError.from({
      error: { message: 'No such call.', code: -32_004, data: { code: 'NOT_FOUND' } },
    });
    expect(words(refused)).toBe('No such call.');
    expect(words(new RefusedFile('No back-up.'))).toBe('No back-up.');
    expect(words(TRPCClientError.from(new TypeError('Failed to fetch')))).toMatch(/^The pilot did not answer\./);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const away = await handIn(new File([], 'x.db')).catch((error: unknown) => error);
    expect(words(away)).toMatch(/^The pilot did not answer\./);
  },
);

test('an error of the window is not laid at the pilot’s door', () => {
  for (const error of [new RangeError('Maximum call stack size exceeded'), new TypeError('x is undefined'), 'odd']) {
    expect(problemOf(error)).toMatch(/failed in this window, not in the pilot/);
    expect(problemOfFile(error)).toMatch(/could not be made: .* Nothing was changed\.$/);
  }
});
