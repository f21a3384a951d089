import { TRPCClientError } from '@trpc/client';
import { RefusedFile } from '../files.ts';

/** What was refused, in the pilot's words. */
export function problemOf(error: Error): string {
  if (error instanceof RefusedFile) return error.message;
  return error instanceof TRPCClientError && error.data !== null && error.data !== undefined
    ? error.message
    : 'The pilot did not answer. Nothing may have changed: look, then try again.';
}
