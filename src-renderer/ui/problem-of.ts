import { TRPCClientError } from '@trpc/client';
import { NoAnswer, RefusedFile } from '../files.ts';

/** What went wrong without words of the pilot's. */
const own = {
  noAnswer: 'The pilot did not answer. Nothing may have changed: look, then try again.',
  /** The pilot was not to blame, but it may have been asked before. */
  window: 'Something failed in this window, not in the pilot. Look at what has changed, then try again.',
  file: 'The file could not be made: that failed here in the window, not in the pilot. Nothing was changed.',
} as const;

/** What was refused, in the pilot's words; else whether the pilot gave no answer or the window failed by itself. */
export function problemOf(error: unknown): string {
  return wordsOf(error, own.window);
}

/** As `problemOf`, of a file that the window makes of what the pilot only tells it. */
export function problemOfFile(error: unknown): string {
  return wordsOf(error, own.file);
}

function wordsOf(error: unknown, ofWindow: string): string {
  if (error instanceof RefusedFile) return error.message;
  if (error instanceof TRPCClientError && error.data !== null && error.data !== undefined) return error.message;
  // What calls the pilot wraps a network that failed; any other error was made in the window.
  return error instanceof TRPCClientError || error instanceof NoAnswer ? own.noAnswer : ofWindow;
}
