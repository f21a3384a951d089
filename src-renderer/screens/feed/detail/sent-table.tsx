import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { signal } from '../../../theme/index.ts';
import { formatNumber } from '../../../ui/format.ts';
import { MoreButton } from '../../../ui/names.tsx';
import { Path } from '../../../ui/path.tsx';
import { inLine } from '../../../ui/values.ts';
import { isAtFault, type SentAttribute } from './sent.ts';

/** Good attributes shown before "more" is pressed. */
const FIRST = 3;

const useStyles = makeStyles({
  table: { margin: 0, fontSize: '12px', lineHeight: '18px' },
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 190px) minmax(0, 1fr)',
    columnGap: '16px',
    alignItems: 'baseline',
    margin: '0 -8px',
    padding: '3px 8px',
  },
  // Whole, however long: what is wrong with a value may stand at its end.
  value: {
    margin: 0,
    minWidth: 0,
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    color: tokens.colorNeutralForeground1,
  },
  none: { color: tokens.colorNeutralForeground3 },
  bad: { backgroundColor: signal.tintFail, borderRadius: '3px' },
  badText: { color: tokens.colorStatusDangerForeground1 },
});

interface SentTableProps {
  sent: SentAttribute[];
  /** Attributes that the refusal is about. */
  faults: readonly string[];
}

/** What a refused call would have set: the attribute at fault first, then a few that were fine. */
export function SentTable({ sent, faults }: SentTableProps) {
  const styles = useStyles();
  const [all, setAll] = useState(false);
  const bad = sent.filter(({ path }) => isAtFault(path, faults));
  const missing = bad.length > 0 ? [] : faults.map((path) => ({ path, value: null }));
  const good = sent.filter((one) => !bad.includes(one));
  const shown = all ? good : good.slice(0, FIRST);
  const hidden = good.length - shown.length;
  return (
    <>
      <dl className={styles.table}>
        {[...bad, ...missing].map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path may be sent twice
          <Row key={`${one.path} ${index}`} sent={one} bad />
        ))}
        {shown.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path may be sent twice
          <Row key={`${one.path} ${index}`} sent={one} bad={false} />
        ))}
      </dl>
      {hidden > 0 && (
        <MoreButton onClick={() => setAll(true)}>
          {formatNumber(hidden)} more{faults.length > 0 && ' that were fine'}
        </MoreButton>
      )}
    </>
  );
}

function Row({ sent: { path, value }, bad }: { sent: SentAttribute; bad: boolean }) {
  const styles = useStyles();
  const text = inLine(value);
  return (
    <div className={mergeClasses(styles.row, bad && styles.bad)}>
      <dt>
        <Path path={path} className={bad ? styles.badText : undefined} tinted={bad} />
      </dt>
      <dd className={mergeClasses(styles.value, bad && styles.badText)}>
        {text === null || text === '' ? (
          <span className={bad ? undefined : styles.none}>no value sent</span>
        ) : (
          <bdi>{text}</bdi>
        )}
      </dd>
    </div>
  );
}
