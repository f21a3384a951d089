import { Button, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { useOpenBundle } from '../bundle/use-open-bundle.tsx';
import { ExportDialog } from './export-dialog.tsx';

const useStyles = makeStyles({ row: { display: 'flex', flexWrap: 'wrap', gap: '8px' } });

/** Makes a support bundle of everything that is kept, or opens one: for Settings. */
export function SupportBundleButtons() {
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  const bundle = useOpenBundle();
  return (
    <div className={styles.row}>
      <Button onClick={() => setAsking(true)}>Make a support bundle…</Button>
      <Button onClick={bundle.choose}>Open a support bundle…</Button>
      {bundle.parts}
      {asking && (
        <ExportDialog kind="bundle" question={null} narrowed={false} selected={null} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}
