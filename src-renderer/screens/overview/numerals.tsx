import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Cycle, Overview, PilotStatus } from '../../../src-main/contract/index.ts';
import { count, formatNumber } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { isRunning } from './cycle-story.ts';

const useStyles = makeStyles({
  numerals: {
    display: 'grid',
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr)) 1px repeat(2, minmax(0, 1fr))',
    columnGap: '32px',
    margin: '16px 0 0',
    padding: 0,
  },
  item: { minWidth: 0, display: 'flex', flexDirection: 'column-reverse', justifyContent: 'flex-end' },
  value: {
    margin: 0,
    fontSize: '44px',
    lineHeight: '48px',
    fontWeight: 600,
    letterSpacing: '-0.035em',
    '@media (max-width: 1099.98px)': { fontSize: '36px', lineHeight: '44px' },
  },
  word: { display: 'flex', alignItems: 'center', gap: '6px', fontSize: '13px', lineHeight: '18px', fontWeight: 600 },
  note: { fontSize: '12px', lineHeight: '18px', color: tokens.colorNeutralForeground3, fontWeight: 400 },
  line: { backgroundColor: tokens.colorNeutralStroke2, marginBottom: '4px' },
  bad: { color: tokens.colorStatusDangerForeground1 },
});

interface NumeralProps {
  value: number;
  word: string;
  note: string;
  /** Those of the kind that are deleted: kept, but not of the number. */
  deleted?: number;
  bad?: boolean;
}

function Numeral({ value, word, note, deleted = 0, bad = false }: NumeralProps) {
  const styles = useStyles();
  return (
    <div className={styles.item}>
      <dt>
        <div className={mergeClasses(styles.word, bad && styles.bad)}>
          {bad && <Mark kind="failed" size={12} label="" />}
          {word}
        </div>
        <div className={styles.note}>{note}</div>
        {deleted > 0 && <div className={styles.note}>{formatNumber(deleted)} more deleted</div>}
      </dt>
      <dd className={mergeClasses(styles.value, bad && styles.bad)}>{formatNumber(value)}</dd>
    </div>
  );
}

/** When the counts are from. */
function wordsOf(cycle: Cycle | null, status: PilotStatus, now: number): string {
  if (cycle === null) return 'last 24 hours';
  if (cycle.kind === 'onDemand') return cycle.practice ? 'last practice run' : 'on demand';
  return `${isRunning(cycle, status, now) ? 'this' : 'last'} ${cycle.practice ? 'practice cycle' : 'cycle'}`;
}

interface NumeralsProps extends Pick<Overview, 'cycle' | 'today' | 'directory' | 'deletedGroups'> {
  status: PilotStatus;
  now: number;
}

/** What the newest cycle did (before the first: the last day), and what stands in the directory. */
export function Numerals({ cycle, today, directory, deletedGroups, status, now }: NumeralsProps) {
  const styles = useStyles();
  const done = cycle ?? today;
  const words = wordsOf(cycle, status, now);
  return (
    <dl className={styles.numerals}>
      <Numeral value={done.created} word="created" note={words} />
      <Numeral value={done.updated} word="updated" note={words} />
      <Numeral value={done.archived} word="archived" note={words} />
      <Numeral value={done.failed} word="failed" note={words} bad={done.failed > 0} />
      <div className={styles.line} aria-hidden />
      <Numeral
        value={directory.users}
        word={directory.users === 1 ? 'user' : 'users'}
        note={`${formatNumber(directory.archived)} archived`}
        deleted={directory.deleted - deletedGroups}
      />
      <Numeral
        value={directory.groups}
        word={directory.groups === 1 ? 'group' : 'groups'}
        note={count(directory.memberships, 'membership')}
        deleted={deletedGroups}
      />
    </dl>
  );
}
