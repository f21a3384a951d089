import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { useUnseen } from './unseen.tsx';

const Context = createContext<(words: string) => void>(() => undefined);

const useStyles = makeStyles({
  // Where it would stand otherwise, below the window's last line, its height could be scrolled to.
  region: { top: 0, left: 0 },
});

/** Gives a way to say something to screen readers without moving the focus. */
export const useAnnounce = (): ((words: string) => void) => useContext(Context);

/** Holds the one live region. */
export function Announcer({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const { unseen } = useUnseen();
  const [words, setWords] = useState('');
  const announce = useCallback((next: string) => {
    setWords('');
    // An empty turn between two equal messages, else the second is not read.
    requestAnimationFrame(() => setWords(next));
  }, []);
  return (
    <Context.Provider value={announce}>
      {children}
      <div className={mergeClasses(unseen, styles.region)} aria-live="polite" role="status">
        {words}
      </div>
    </Context.Provider>
  );
}
