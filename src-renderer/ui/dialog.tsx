import { makeStyles, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Problem } from './problem.tsx';

const useStyles = makeStyles({
  dialog: {
    width: 'min(560px, calc(100vw - 48px))',
    maxHeight: 'min(640px, calc(100vh - 48px))',
    padding: 0,
    fontFamily: tokens.fontFamilyBase,
    fontSize: '14px',
    lineHeight: '20px',
    // Whatever the bar that it was opened from does with its own words.
    whiteSpace: 'normal',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: '4px',
    boxShadow: tokens.shadow16,
    outlineStyle: 'none',
    '::backdrop': { backgroundColor: tokens.colorBackgroundOverlay },
  },
  inside: { display: 'flex', flexDirection: 'column', maxHeight: 'inherit' },
  title: { margin: 0, padding: '20px 24px 8px', fontSize: '16px', lineHeight: '22px', fontWeight: 600 },
  body: { padding: '0 24px', overflowY: 'auto', minHeight: 0 },
  problem: { padding: '0 24px', flexShrink: 0 },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    gap: '8px',
    padding: '16px 24px 20px',
  },
});

interface DialogProps {
  title: string;
  children: ReactNode;
  /** Buttons, the one that acts last. */
  foot: ReactNode;
  /** Why it could not be done: beside the buttons, where it is seen however far the body is scrolled. */
  problem?: string | null;
  onClose(): void;
  /** Enter in a field of one line does it, as the last button would. */
  onEnter?(): void;
}

/** A question over the window: nothing behind it can be pressed, Escape leaves it, and the focus goes back where it was. */
export function Dialog({ title, children, foot, problem = null, onClose, onEnter }: DialogProps) {
  const styles = useStyles();
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titled = useId();
  useEffect(() => {
    const node = dialog.current;
    const before = document.activeElement;
    node?.showModal();
    // A body that scrolls takes the focus before what is in it.
    if (document.activeElement === body.current) body.current?.querySelector('input')?.focus();
    return () => {
      node?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titled}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onKeyDown={(event) => {
        const field = event.target instanceof HTMLInputElement && event.target.type === 'text';
        if (event.key !== 'Enter' || !field || event.nativeEvent.isComposing || onEnter === undefined) return;
        event.preventDefault();
        onEnter();
      }}
    >
      <div className={styles.inside}>
        <h2 id={titled} className={styles.title}>
          <bdi>{title}</bdi>
        </h2>
        <div ref={body} className={styles.body}>
          {children}
        </div>
        <div className={styles.problem}>
          <Problem words={problem} />
        </div>
        <div className={styles.foot}>{foot}</div>
      </div>
    </dialog>
  );
}
