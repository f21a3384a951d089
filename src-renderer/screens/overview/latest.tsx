import { Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { Link } from 'wouter';
import type { CallAction } from '../../../src-main/contract/index.ts';
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

/** The newest actions worth a line. */
export function Latest({ actions, now }: { actions: CallAction[]; now: number }) {
  const styles = useStyles();
  return (
    <section>
      <SectionHead
        title="Latest"
        right={
          <FluentLink as="a" href="#/feed" className={styles.more}>
            Live feed
          </FluentLink>
        }
      />
      <ul className={styles.list}>
        {actions.map((action) => (
          <li key={action.position}>
            <Link to={`/feed/${action.decisive.code}`} className={styles.row}>
              <span className={styles.when}>{formatWhen(action.at, now)}</span>
              <Mark kind={markOf(action)} />
              <Sentence call={action} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
