import { useState } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';

/**
 * Holds a growing list still: newer calls wait, counted, until the reader lets go or asks for them.
 * `known`: position of the newest call of all. A filter may hide it, and taking the filter away makes no old call new.
 */
export function useHeld(calls: CallSummary[], held: boolean, loaded: boolean, known: number) {
  const newest = Math.max(known, calls[0]?.position ?? 0);
  const [upTo, setUpTo] = useState<number | null>(null);
  if (loaded && held && upTo === null) setUpTo(newest);
  if (!held && upTo !== null) setUpTo(null);
  const limit = upTo ?? Number.POSITIVE_INFINITY;
  // Newest first, so those that wait stand in front.
  const first = calls.findIndex((call) => call.position <= limit);
  const waiting = first === -1 ? calls.length : first;
  return {
    shown: waiting === 0 ? calls : calls.slice(waiting),
    waiting,
    /** Lets those that wait in, and goes on holding from there. */
    admit: () => setUpTo(held ? newest : null),
  };
}
