import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { useUnseen } from './unseen.tsx';

const Context = createContext<(words: string) => void>(() => undefined);

const useStyles = makeStyles({
  // Where it would stand otherwise, below the window's last line, its height could be scrolled to.
  silent: { top: 0, left: 0 },
  // In the footer's place, over its facts.
  said: {
    position: 'fixed',
    left: 0,
    bottom: 0,
    zIndex: 1,
    boxSizing: 'border-box',
    height: '24px',
    // Wider than the facts, of which a rest would else stand beside it.
    minWidth: 'min(420px, 100vw)',
    maxWidth: '100vw',
    padding: '3px 16px',
    fontFamily: tokens.fontFamilyBase,
    fontSize: '12px',
    lineHeight: '16px',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    pointerEvents: 'none',
    '@media print': { display: 'none' },
  },
});

/** Long enough to read a sentence. */
const SAID_MS = 8_000;

/** Gives a way to say something, for a while at the window's foot and to screen readers, without moving the focus. */
export const useAnnounce = (): ((words: string) => void) => useContext(Context);

/** Holds the one live region. */
export function Announcer({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const { unseen } = useUnseen();
  const [words, setWords] = useState('');
  const ending = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback((next: string) => {
    setWords('');
    // An empty turn between two equal messages, else the second is not read.
    requestAnimationFrame(() => setWords(next));
    clearTimeout(ending.current);
    ending.current = setTimeout(() => setWords(''), SAID_MS);
  }, []);
  return (
    <Context.Provider value={announce}>
      {children}
      <div
        className={words === '' ? mergeClasses(unseen, styles.silent) : styles.said}
        aria-live="polite"
        role="status"
      >
        {words}
      </div>
    </Context.Provider>
  );
}
