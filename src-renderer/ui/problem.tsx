import { makeStyles, tokens } from '@fluentui/react-components';
import { Mark } from './mark.tsx';

const useStyles = makeStyles({
  problem: {
    display: 'flex',
    gap: '8px',
    margin: '8px 0 0',
    fontSize: '12px',
    lineHeight: '16px',
    overflowWrap: 'anywhere',
    color: tokens.colorStatusDangerForeground1,
  },
});

/** Why something could not be done, beside the button that tried; nothing without words. `id`: for what it describes. */
export function Problem({ words, id }: { words: string | null; id?: string }) {
  const styles = useStyles();
  return (
    <div role="alert" id={id}>
      {words !== null && (
        <p className={styles.problem}>
          <Mark kind="failed" label="" />
          {words}
        </p>
      )}
    </div>
  );
}
