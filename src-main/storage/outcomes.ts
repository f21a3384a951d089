import type { Outcome } from '../contract/index.ts';

/** A `settle` of the writer that gives what the work gave, or throws what it threw. */
export function unwrapped<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}
