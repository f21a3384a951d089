import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { signal } from '../theme/index.ts';
import { Brand } from './brand.tsx';

const useStyles = makeStyles({
  page: { height: '100%', display: 'grid', gridTemplateRows: '48px 1fr' },
  bar: { backgroundColor: tokens.colorNeutralBackground2, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  main: { display: 'grid', placeContent: 'center', justifyItems: 'start', padding: '0 32px 10vh' },
  line: { display: 'block', marginBottom: '24px' },
  dashed: { stroke: signal.signalIdle, strokeWidth: 2, strokeDasharray: '4 3' },
  dot: { stroke: signal.signalIdle, strokeWidth: 1.5, fill: tokens.colorNeutralBackground1 },
  title: { fontSize: '24px', lineHeight: '32px', fontWeight: 600, margin: '0 0 8px' },
  words: { maxWidth: '520px', color: tokens.colorNeutralForeground2 },
});

/** What stands in the window's place while there is nothing to show: what happened, and what to do. */
export function BarePage({ title, children }: { title: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Brand pilotName="" />
      </header>
      <main className={styles.main}>
        <svg className={styles.line} width="240" height="14" aria-hidden>
          <path className={styles.dashed} d="M7 7H233" />
          {[7, 82, 158, 233].map((x) => (
            <circle key={x} className={styles.dot} cx={x} cy="7" r="4" />
          ))}
        </svg>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.words}>{children}</div>
      </main>
    </div>
  );
}
