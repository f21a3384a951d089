import { RequestError, StartError } from '../contract/catalogue/errors.ts';
import { isDiskFull } from '../storage/index.ts';

/** What the disk or the start of a pilot refuses, in the window's terms; anything else as it is. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof StartError) return new RequestError('invalid', `${error.message} ${error.cure}`);
  if (isDiskFull(error)) {
    return new RequestError('invalid', 'The disk is full: nothing was changed. Free some space and try again.');
  }
  return error;
}
