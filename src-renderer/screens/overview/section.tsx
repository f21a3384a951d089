import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'baseline',
    gap: '10px',
    margin: 0,
    padding: '0 0 6px',
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 400,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { fontSize: '13px', fontWeight: 600, margin: 0, lineHeight: '20px' },
  note: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  right: { marginLeft: 'auto', fontSize: '12px', lineHeight: '16px' },
});

/** A heading on a hairline, with a small note and something at the right. */
export function SectionHead({ title, note, right }: { title: string; note?: string; right?: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{title}</h2>
      {note !== undefined && <span className={styles.note}>{note}</span>}
      {right !== undefined && <span className={styles.right}>{right}</span>}
    </div>
  );
}
