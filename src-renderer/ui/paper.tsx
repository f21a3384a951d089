import './print.css';
import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  scroll: { height: '100%', overflowY: 'auto' },
  page: {
    maxWidth: '824px',
    padding: '20px 32px 40px',
    '@media (max-width: 1099.98px)': { padding: '20px 24px 32px' },
  },
  head: { display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: '16px' },
  title: { margin: 0, fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  lead: { margin: '2px 0 0', maxWidth: '640px', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  name: {
    margin: '24px 0 8px',
    padding: '0 0 6px',
    fontSize: '14px',
    lineHeight: '20px',
    fontWeight: 600,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { margin: '0 0 6px', overflowWrap: 'anywhere' },
  failed: { padding: '40px 24px' },
});

interface PaperProps {
  /** The accessible name of the page. */
  label: string;
  title: string;
  lead: ReactNode;
  /** Over the title, and not on paper. */
  above?: ReactNode;
  children: ReactNode;
}

/** A page made to be printed. */
export function Paper({ label, title, lead, above, children }: PaperProps) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keys, with little inside to reach
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <article className={styles.page} data-printable>
        {above !== undefined && (
          <p data-not-printed className={styles.words}>
            {above}
          </p>
        )}
        <div className={styles.head}>
          <div>
            <h1 className={styles.title}>{title}</h1>
            <p className={styles.lead}>{lead}</p>
          </div>
          <Button data-not-printed appearance="primary" icon={<Print20Regular />} onClick={() => window.print()}>
            Print
          </Button>
        </div>
        {children}
      </article>
    </section>
  );
}

export function PaperPart({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={useStyles().name}>{name}</h2>
      {children}
    </section>
  );
}

export function PaperWords({ children }: { children: ReactNode }) {
  return <p className={useStyles().words}>{children}</p>;
}

/** In its place, where what it is made of could not be read. */
export function PaperFailed({ words }: { words: string }) {
  return (
    <p role="alert" className={useStyles().failed}>
      {words}
    </p>
  );
}
