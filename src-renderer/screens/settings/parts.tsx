import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  head: { padding: '16px 32px 16px', '@media (max-width: 1099.98px)': { padding: '16px 24px 16px' } },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  lead: { margin: '2px 0 0', maxWidth: '640px', color: tokens.colorNeutralForeground2 },
  part: {
    padding: '0 32px',
    margin: '0 0 28px',
    maxWidth: '824px',
    '@media (max-width: 1099.98px)': { padding: '0 24px' },
  },
  name: {
    margin: '0 0 4px',
    padding: '0 0 6px',
    fontSize: '13px',
    lineHeight: '20px',
    fontWeight: 600,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '168px minmax(0, 1fr)',
    columnGap: '24px',
    padding: '10px 0',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 1099.98px)': { gridTemplateColumns: '136px minmax(0, 1fr)' },
  },
  last: { borderBottom: 'none' },
  label: { paddingTop: '6px', color: tokens.colorNeutralForeground2 },
  control: { minWidth: 0, minHeight: '32px', display: 'flex', flexDirection: 'column', justifyContent: 'center' },
  note: { margin: '6px 0 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

/** A pane's title with one sentence of what it decides. */
export function PaneHead({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.lead}>{children}</p>
    </div>
  );
}

/** Things that belong together, under their name on a hairline. */
export function Part({ name, children }: { name?: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.part}>
      {name !== undefined && <h3 className={styles.name}>{name}</h3>}
      {children}
    </section>
  );
}

interface SettingRowProps {
  label: string;
  /** The id of the control that the label names; without one the label is plain words. */
  htmlFor?: string;
  note?: ReactNode;
  /** Nothing follows below. */
  last?: boolean;
  children: ReactNode;
}

/** A label at the left, its control or value at the right, and what to know about it below. */
export function SettingRow({ label, htmlFor, note, last = false, children }: SettingRowProps) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.row, last && styles.last)}>
      {htmlFor === undefined ? (
        <span className={styles.label}>{label}</span>
      ) : (
        <label htmlFor={htmlFor} className={styles.label}>
          {label}
        </label>
      )}
      <div className={styles.control}>
        <div>{children}</div>
        {note !== undefined && note !== null && <Note>{note}</Note>}
      </div>
    </div>
  );
}

/** Small words under a control. */
export function Note({ children }: { children: ReactNode }) {
  return <p className={useStyles().note}>{children}</p>;
}
