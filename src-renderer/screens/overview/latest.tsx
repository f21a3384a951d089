import { Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { Link } from 'wouter';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { formatWhen } from '../../ui/format.ts';
import { Mark, markOf } from '../../ui/mark.tsx';
import { Sentence } from '../feed/sentence.tsx';
import { SectionHead } from './section.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: '62px 14px minmax(0, 1fr)',
    alignItems: 'center',
    columnGap: '10px',
    height: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    color: 'inherit',
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  when: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  more: { fontSize: '12px', lineHeight: '16px' },
});

/** The newest calls worth a line. */
export function Latest({ calls, now }: { calls: CallSummary[]; now: number }) {
  const styles = useStyles();
  return (
    <section>
      <SectionHead
        title="Latest"
        right={
          <FluentLink as="a" href="#/feed" className={styles.more}>
            All calls
          </FluentLink>
        }
      />
      <ul className={styles.list}>
        {calls.map((call) => (
          <li key={call.position}>
            <Link to={`/feed/${call.code}`} className={styles.row}>
              <span className={styles.when}>{formatWhen(call.at, now)}</span>
              <Mark kind={markOf(call)} />
              <Sentence call={call} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
