import { RequestError, StartError } from '../contract/catalogue/errors.ts';
import { isDiskFull } from '../storage/index.ts';

/** Why a pilot can't be opened, and what to do, in the window's terms. */
export function troubleWords(error: unknown): string {
  if (error instanceof StartError) return `${error.message} ${error.cure}`;
  if (error instanceof RequestError) return error.message;
  if (isDiskFull(error)) return 'The disk is full: free some space.';
  return `An error it did not expect: ${error instanceof Error ? error.message : String(error)}`;
}

/** What the disk or the start of a pilot refuses, in the window's terms; anything else as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof StartError) return new RequestError('invalid', `${error.message} ${error.cure}`);
  if (isDiskFull(error)) {
    return new RequestError('invalid', 'The disk is full: nothing was changed. Free some space and try again.');
  }
  return error;
}
