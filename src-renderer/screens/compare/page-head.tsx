import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowLeft16Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: '12px',
    rowGap: '8px',
    padding: '12px 20px',
    flexShrink: 0,
  },
  back: { minWidth: '28px', maxWidth: '28px', height: '28px', padding: 0, marginLeft: '-6px' },
  title: {
    margin: 0,
    minWidth: 0,
    fontSize: '16px',
    lineHeight: '22px',
    fontWeight: 600,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  lead: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, minWidth: 0 },
  right: { display: 'flex', alignItems: 'center', gap: '8px', marginLeft: 'auto' },
});

interface PageHeadProps {
  title: string;
  lead?: ReactNode;
  /** What the way back leads to. */
  back: string;
  onBack(): void;
  children?: ReactNode;
}

/** The head of a page that was opened from the feed, with the way back. */
export function PageHead({ title, lead, back, onBack, children }: PageHeadProps) {
  const styles = useStyles();
  return (
    <header className={styles.head}>
      <Button
        appearance="subtle"
        size="small"
        className={styles.back}
        aria-label={back}
        icon={<ArrowLeft16Regular />}
        onClick={onBack}
      />
      <h1 className={styles.title}>
        <bdi>{title}</bdi>
      </h1>
      {lead !== undefined && <span className={styles.lead}>{lead}</span>}
      <div className={styles.right}>{children}</div>
    </header>
  );
}
