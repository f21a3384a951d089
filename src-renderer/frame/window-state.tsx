import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';

/** What outlives a change of screen, in this tab only. */
interface WindowState {
  /** The feed (and the signal line's ticks) stand still. */
  paused: boolean;
  setPaused(paused: boolean): void;
  onlyFailed: boolean;
  setOnlyFailed(on: boolean): void;
  hideProbes: boolean;
  setHideProbes(on: boolean): void;
  /** Position of the newest call the reader has had on screen in the feed; null before the first look. */
  seen: number | null;
  setSeen(position: number): void;
}

const Context = createContext<WindowState | null>(null);

export function WindowStateProvider({ children }: { children: ReactNode }) {
  const [paused, setPaused] = useState(false);
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [hideProbes, setHideProbes] = useState(false);
  const [seen, setSeen] = useState<number | null>(null);
  const state = useMemo(
    () => ({ paused, setPaused, onlyFailed, setOnlyFailed, hideProbes, setHideProbes, seen, setSeen }),
    [paused, onlyFailed, hideProbes, seen],
  );
  return <Context.Provider value={state}>{children}</Context.Provider>;
}

export function useWindowState(): WindowState {
  const state = useContext(Context);
  if (state === null) throw new Error('useWindowState needs WindowStateProvider above it');
  return state;
}
