import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

/** The detail waits this long after the last key, so that a run through the list loads only where it ends. */
const REST_MS = 80;

/**
 * The row the reader stands on. It moves at once; an open detail (whose call is in the address) follows when the keys rest.
 */
export function useCursor(code: string | null) {
  const [, go] = useLocation();
  const [cursor, setPlace] = useState(code);
  const [from, setFrom] = useState(code);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by itself: a link, or the browser's own back.
  if (from !== code) {
    setFrom(code);
    if (code !== null) setPlace(code);
  }
  const setCursor = useCallback(
    (next: string | null, follow: boolean) => {
      setPlace(next);
      clearTimeout(timer.current);
      if (follow && next !== null) timer.current = setTimeout(() => go(`/feed/${next}`, { replace: true }), REST_MS);
    },
    [go],
  );
  const open = useCallback(
    (next: string) => {
      clearTimeout(timer.current);
      setPlace(next);
      go(`/feed/${next}`);
    },
    [go],
  );
  return { cursor, setCursor, open };
}
