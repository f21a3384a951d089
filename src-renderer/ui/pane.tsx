import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { CloseButton } from './close-button.tsx';
import { Truncated } from './truncated.tsx';

const useStyles = makeStyles({
  pane: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    minHeight: 0,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  scrolling: { overflowY: 'auto', overflowX: 'hidden' },
  top: { padding: '12px 20px 10px', flexShrink: 0 },
  head: { display: 'flex', alignItems: 'center', gap: '8px', height: '28px' },
  title: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    fontSize: '16px',
    lineHeight: '22px',
    fontWeight: 600,
    display: 'flex',
  },
  gone: { padding: '24px 20px', color: tokens.colorNeutralForeground2 },
  section: { padding: '12px 20px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, flexShrink: 0 },
  label: {
    display: 'flex',
    justifyContent: 'space-between',
    margin: '0 0 4px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
});

/**
 * What is chosen in a list, whole, at its right. It scrolls: `byKeys` where little inside can be reached by them; `inside`: what is
 * in it does, not the pane.
 */
export function Pane({
  label,
  scrolls,
  children,
}: {
  label: string;
  scrolls?: 'byKeys' | 'inside';
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <aside
      className={mergeClasses(styles.pane, scrolls !== 'inside' && styles.scrolling)}
      aria-label={label}
      // Never by Tab where little is to be scrolled, but it takes the focus of what goes.
      tabIndex={scrolls === 'byKeys' ? 0 : -1}
    >
      {children}
    </aside>
  );
}

/** The pane's title with its mark, and what stands below it before the first section. */
export function PaneHead({
  mark,
  title,
  onClose,
  children,
}: {
  mark: ReactNode;
  title: string;
  onClose(): void;
  children: ReactNode;
}) {
  const styles = useStyles();
  return (
    <div className={styles.top}>
      <div className={styles.head}>
        {mark}
        <h2 className={styles.title}>
          <Truncated text={title} />
        </h2>
        <CloseButton onClose={onClose} />
      </div>
      {children}
    </div>
  );
}

/** In place of all else, while it is read or where it can't be. */
export function PaneWaiting({ words, onClose }: { words: string | null; onClose(): void }) {
  const styles = useStyles();
  return (
    <div className={styles.top}>
      <div className={styles.head}>
        <span className={styles.title} />
        <CloseButton onClose={onClose} />
      </div>
      {words !== null && <p className={styles.gone}>{words}</p>}
    </div>
  );
}

export function PaneSection({ name, beside, children }: { name: string; beside?: string | null; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.section}>
      <h3 className={styles.label}>
        <span>{name}</span>
        {beside != null && <span>{beside}</span>}
      </h3>
      {children}
    </section>
  );
}
