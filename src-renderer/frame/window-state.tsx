import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

/** What outlives a change of screen, in this tab only. */
interface WindowState {
  /** The feed (and the signal line's ticks) stand still. */
  paused: boolean;
  setPaused(paused: boolean): void;
  /** What the feed is narrowed to, in the query language; it can always be read. Empty: every call. */
  query: string;
  setQuery(query: string): void;
  /** Position of the newest call the reader has had on screen in the feed; null before the first look. */
  seen: number | null;
  setSeen(position: number): void;
}

const Context = createContext<WindowState | null>(null);

export function WindowStateProvider({ children }: { children: ReactNode }) {
  const [paused, setPaused] = useState(false);
  const [query, setQuery] = useState('');
  const [seen, setSeen] = useState<number | null>(null);
  const state = useMemo(() => ({ paused, setPaused, query, setQuery, seen, setSeen }), [paused, query, seen]);
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

export function useWindowState(): WindowState {
  const state = useContext(Context);
  if (state === null) throw new Error('useWindowState needs WindowStateProvider above it');
  return state;
}
