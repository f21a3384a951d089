import { useCallback, useEffect, useRef, useState } from 'react';
import { useAnnounce } from './announcer.tsx';

const CONFIRM_MS = 2_000;

/**
 * Copies exactly a value and says so. `value` may be fetched at the press (a secret is); null or a rejection copies nothing.
 * `copied` holds for two seconds.
 */
export function useCopy(what: string, value: string | (() => Promise<string | null>)) {
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = useCallback(async () => {
    try {
      const text = typeof value === 'string' ? value : await value();
      if (text === null) throw new Error(`${what} is not at hand`);
      await navigator.clipboard.writeText(text);
    } catch {
      announce(`${what} could not be copied`);
      return false;
    }
    announce(`${what} copied`);
    setCopied(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), CONFIRM_MS);
    return true;
  }, [announce, value, what]);
  return { copied, copy };
}
