import { makeStyles, tokens } from '@fluentui/react-components';
import { Mark } from '../../../ui/mark.tsx';

const useStyles = makeStyles({
  warning: {
    display: 'grid',
    gridTemplateColumns: '14px minmax(0, 1fr)',
    columnGap: '10px',
    padding: '10px 12px',
    marginBottom: '12px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderLeft: `2px solid ${tokens.colorStatusWarningForeground1}`,
  },
  mark: { paddingTop: '3px' },
  title: { margin: 0, fontWeight: 600 },
  words: { margin: '2px 0 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground2 },
});

/** What stands before every edit by hand. */
export function HandWarning({ noun }: { noun: string }) {
  const styles = useStyles();
  return (
    <div className={styles.warning}>
      <span className={styles.mark}>
        <Mark kind="odd" label="" />
      </span>
      <div>
        <p className={styles.title}>Hand edits make this {noun} differ from Azure</p>
        <p className={styles.words}>
          Entra never notices a change made here and does not undo it: both sides differ until it next sends the same
          attribute. Change it in Azure where you can. What you change is kept as drift, with what Azure last sent
          beside it.
        </p>
      </div>
    </div>
  );
}
