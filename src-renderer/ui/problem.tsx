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

/** Why something could not be done, beside the button that tried; nothing without words. */
export function Problem({ words }: { words: string | null }) {
  const styles = useStyles();
  return (
    <div role="alert">
      {words !== null && (
        <p className={styles.problem}>
          <Mark kind="failed" label="" />
          {words}
        </p>
      )}
    </div>
  );
}
