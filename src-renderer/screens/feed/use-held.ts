import { useState } from 'react';

/**
 * Holds a growing list still: what is newer than `limit` waits until the reader lets go or asks for it.
 * `newest`: position of the newest call of all. A filter may hide it, and taking the filter away makes no old call new.
 */
export function useHeld(held: boolean, loaded: boolean, newest: number) {
  const [upTo, setUpTo] = useState<number | null>(null);
  if (loaded && held && upTo === null) setUpTo(newest);
  if (!held && upTo !== null) setUpTo(null);
  return {
    /** Position of the newest call on screen. */
    limit: upTo ?? Number.POSITIVE_INFINITY,
    /** Lets those that wait in, and goes on holding from there. */
    admit: () => setUpTo(held ? newest : null),
  };
}
