import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Link } from 'wouter';
import { formatClock, formatNumber } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import { useWindowState } from './window-state.tsx';

const useStyles = makeStyles({
  box: {
    display: 'block',
    // As wide as the longer of the two, so that nothing moves when one takes the other's place.
    width: '124px',
    padding: '5px 0 0 0',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    textDecorationLine: 'none',
    whiteSpace: 'nowrap',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  top: { display: 'flex', alignItems: 'center', gap: '6px', height: '18px' },
  number: { fontSize: '14px', lineHeight: '18px', fontWeight: 600 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  since: { color: tokens.colorNeutralForeground1, fontWeight: 600 },
});

/** Failed calls of the last hour; leads to them. */
export function Failures({ failed }: { failed: number }) {
  const styles = useStyles();
  const { setQuery } = useWindowState();
  return (
    <Link to="/feed" className={styles.box} onClick={() => failed > 0 && setQuery('failed since:1h')}>
      <span className={styles.top}>
        {failed > 0 && <Mark kind="failed" size={12} label="" />}
        <span className={mergeClasses(styles.number, failed > 0 && styles.bad)}>{formatNumber(failed)}</span>
      </span>{' '}
      failed, 1 h
    </Link>
  );
}

/** The pilot does not answer: what is shown is from before. */
export function Offline({ since }: { since: number }) {
  const styles = useStyles();
  return (
    <div className={styles.box} role="status">
      <span className={styles.top}>
        <Mark kind="odd" size={12} label="" />
        <span className={styles.since}>Connection lost</span>
      </span>
      since {formatClock(since)}
    </div>
  );
}
