import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';

/** With CodeMirror's own chunk: read when the first two texts are compared. */
const CodeMerge = lazy(() => import('./code-merge.tsx'));

const useStyles = makeStyles({
  waiting: { padding: '8px 12px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

/** Two texts side by side, what differs marked. */
export function Merge(props: { before: string; after: string; labels: [before: string, after: string] }) {
  const styles = useStyles();
  return (
    <Suspense fallback={<p className={styles.waiting}>Comparing…</p>}>
      <CodeMerge {...props} />
    </Suspense>
  );
}
