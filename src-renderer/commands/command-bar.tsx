import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { Kbd } from '../ui/kbd.tsx';
import { isTyping } from '../ui/keys.ts';
import { KeysHelp } from './keys-help.tsx';
import { Palette } from './palette.tsx';
import { useFrameCommands } from './use-frame-commands.ts';

const useStyles = makeStyles({
  button: {
    alignSelf: 'center',
    padding: '4px 8px',
    margin: '0 8px 0 0',
    background: 'transparent',
    border: 0,
    borderRadius: '4px',
    cursor: 'pointer',
    whiteSpace: 'nowrap',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
});

/** Opens the command palette (Ctrl+K) and the list of keys (?), and holds what is offered everywhere. */
export function CommandBar() {
  const styles = useStyles();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  useFrameCommands();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const palette = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
      const keys = event.key === '?' && !event.ctrlKey && !event.metaKey && !isTyping(event);
      if (!palette && !keys) return;
      // The browser's own Ctrl+K would leave the page.
      event.preventDefault();
      if (document.querySelector('dialog[open]') === null) setOpen(palette ? 'palette' : 'keys');
      else if (palette) setOpen((now) => (now === 'palette' ? null : now));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const close = () => setOpen(null);
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-label="Commands, Ctrl K"
        aria-keyshortcuts="Control+K"
        onClick={() => setOpen('palette')}
      >
        <Kbd>Ctrl K</Kbd>
      </button>
      {open === 'palette' && <Palette onClose={close} />}
      {open === 'keys' && <KeysHelp onClose={close} />}
    </>
  );
}
