import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { Truncated } from '../../ui/truncated.tsx';

const useStyles = makeStyles({
  sentence: {
    display: 'flex',
    alignItems: 'baseline',
    gap: '10px',
    minWidth: 0,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  main: {
    display: 'flex',
    gap: '4px',
    minWidth: 0,
    flexShrink: 0,
    maxWidth: '100%',
    color: tokens.colorNeutralForeground1,
  },
  verb: { flexShrink: 0 },
  object: { fontWeight: 600 },
  // A note gives way before a name does.
  note: {
    flexShrink: 1,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  odd: { color: tokens.colorStatusWarningForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  practice: { color: signal.practiceForeground },
});

/** A call or an action in one sentence: verb, object in bold, one small note in the state's colour where there is one. */
export function Sentence({ call }: { call: Pick<CallSummary, 'sentence' | 'outcome' | 'practice'> }) {
  const styles = useStyles();
  const { verb, object, note } = call.sentence;
  const practised = call.practice && call.outcome === 'ok';
  return (
    <span className={styles.sentence}>
      <span className={styles.main}>
        <span className={styles.verb}>{verb}</span>
        {object !== null && <Truncated text={object} className={styles.object} />}
      </span>
      {note !== null && (
        <Truncated
          text={note}
          className={mergeClasses(
            styles.note,
            call.outcome !== 'ok' && styles[call.outcome],
            practised && styles.practice,
          )}
        />
      )}
    </span>
  );
}
