import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { signal } from '../../theme/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { type AttributeLine, tallyOf } from './lines.ts';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'center',
    gap: '32px',
    minHeight: '60px',
    padding: '10px 24px 14px',
    flexShrink: 0,
  },
  numbers: { display: 'flex', alignItems: 'baseline', gap: '32px', margin: 0, whiteSpace: 'nowrap' },
  item: { display: 'flex', flexDirection: 'row-reverse', alignItems: 'baseline', gap: '8px' },
  value: { margin: 0, fontSize: '28px', lineHeight: '36px', fontWeight: 600, letterSpacing: '-0.02em' },
  word: {
    display: 'flex',
    alignItems: 'center',
    gap: '6px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  strip: {
    display: 'flex',
    gap: '2px',
    marginLeft: 'auto',
    minWidth: 0,
    '@media (max-width: 1099.98px)': { display: 'none' },
  },
  square: { width: '8px', height: '8px', borderRadius: '2px', flexShrink: 0 },
  ok: { backgroundColor: signal.signalOk },
  odd: { backgroundColor: signal.signalWarn },
  todo: { backgroundColor: signal.signalIdle },
});

/** How much of what is expected came: numbers, and a square for each attribute. Its room alone until they are known. */
export function TallyLine({ lines }: { lines: readonly AttributeLine[] | null }) {
  const styles = useStyles();
  if (lines === null) return <div className={styles.line} />;
  const { expected, seen, notSeen, odd, unmapped } = tallyOf(lines);
  const order = { ok: 0, odd: 1, todo: 2 };
  const squares = lines
    .map(({ path, status }) => ({ path, mark: status.mark }))
    .sort((a, b) => order[a.mark] - order[b.mark]);
  return (
    <div className={styles.line}>
      <dl className={styles.numbers}>
        <Numeral value={seen} word={`of ${formatNumber(expected)} expected, seen`} />
        <Numeral value={notSeen} word="not seen yet" mark="todo" />
        {odd > 0 && <Numeral value={odd} word="odd" mark="odd" />}
        {unmapped > 0 && <Numeral value={unmapped} word="unmapped" mark="odd" />}
      </dl>
      <div className={styles.strip} aria-hidden>
        {squares.map(({ path, mark }) => (
          <span key={path} className={mergeClasses(styles.square, styles[mark])} />
        ))}
      </div>
    </div>
  );
}

function Numeral({ value, word, mark }: { value: number; word: string; mark?: MarkKind }) {
  const styles = useStyles();
  return (
    <div className={styles.item}>
      <dt className={styles.word}>
        {mark !== undefined && <Mark kind={mark} size={12} label="" />}
        {word}
      </dt>
      <dd className={styles.value}>{formatNumber(value)}</dd>
    </div>
  );
}
