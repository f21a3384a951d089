import { makeStyles } from '@fluentui/react-components';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const useStyles = makeStyles({
  unseen: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

const Context = createContext<(words: string) => void>(() => undefined);

/** Gives a way to say something to screen readers without moving the focus. */
export const useAnnounce = (): ((words: string) => void) => useContext(Context);

/** Holds the one live region. */
export function Announcer({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const [words, setWords] = useState('');
  const announce = useCallback((next: string) => {
    setWords('');
    // An empty turn between two equal messages, else the second is not read.
    requestAnimationFrame(() => setWords(next));
  }, []);
  return (
    <Context.Provider value={announce}>
      {children}
      <div className={styles.unseen} aria-live="polite" role="status">
        {words}
      </div>
    </Context.Provider>
  );
}
