import { Button, Link as FluentLink, makeStyles, tokens } from '@fluentui/react-components';
import { useLocation } from 'wouter';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { type mattersOf, paneNames } from '../../frame/matters.ts';
import { count, formatNumber, formatWhen } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { feedWhere } from '../feed/feed-where.ts';
import { SectionHead } from './section.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: '14px minmax(0, 1fr) auto 112px',
    alignItems: 'center',
    columnGap: '12px',
    height: '46px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  words: { minWidth: 0, display: 'grid' },
  title: { fontSize: '13px', lineHeight: '18px', fontWeight: 600 },
  note: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  when: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0 },
  all: { fontSize: '12px', lineHeight: '16px' },
  fine: { padding: '12px 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, margin: 0 },
});

/** Failures that get a row; the feed holds the rest. */
const ROWS = 3;

interface AttentionProps {
  failures: CallSummary[];
  /** Failed calls of the last 24 hours. */
  inAll: number;
  /** Records purged here whose ids Azure still knows. */
  purgedKnown: number;
  matters: ReturnType<typeof mattersOf>;
  now: number;
}

/** The newest failures, each one press from its call. No one of them comes before the others. */
export function Attention({ failures, inAll, purgedKnown, matters, now }: AttentionProps) {
  const styles = useStyles();
  const [, go] = useLocation();
  const first = matters.slice(0, ROWS);
  const all = (
    <FluentLink href={`#${feedWhere('failed')}`} className={styles.all}>
      All failed calls
    </FluentLink>
  );
  return (
    <section>
      <SectionHead
        title="Needs attention"
        {...(failures.length > 0 ? { note: formatNumber(inAll) } : {})}
        {...(failures.length > ROWS ? { right: all } : {})}
      />
      {failures.length + purgedKnown + first.length === 0 && (
        <p className={styles.fine}>Nothing: no call failed in the last 24 hours.</p>
      )}
      <ul className={styles.list}>
        {first.map(({ bad, title, note, pane }) => (
          <li key={title} className={styles.row}>
            <Mark kind={bad ? 'failed' : 'odd'} />
            <span className={styles.words}>
              <Truncated text={title} className={styles.title} />
              <Truncated text={note} className={styles.note} />
            </span>
            <span />
            <Button
              size="small"
              appearance="secondary"
              className={styles.button}
              aria-label={`Open ${paneNames[pane]} in Settings: ${title}`}
              onClick={() => go(`/settings/${pane}`)}
            >
              {paneNames[pane]}
            </Button>
          </li>
        ))}
        {purgedKnown > 0 && (
          <li className={styles.row}>
            <Mark kind="odd" />
            <span className={styles.words}>
              <span className={styles.title}>
                Azure still knows {count(purgedKnown, 'purged record', 'purged records')} by id
              </span>
              <Truncated
                text="Calls for such ids get 404 until a full reset or a new enterprise application."
                className={styles.note}
              />
            </span>
          </li>
        )}
        {failures.slice(0, ROWS).map((call) => {
          const { verb, object, note } = call.sentence;
          const title = object === null ? verb : `${verb} ${object}`;
          return (
            <li key={call.position} className={styles.row}>
              <Mark kind="failed" />
              <span className={styles.words}>
                <Truncated text={title} className={styles.title} />
                <Truncated text={note ?? `Answered ${call.status}`} className={styles.note} />
              </span>
              <span className={styles.when}>{formatWhen(call.at, now)}</span>
              <Button
                size="small"
                appearance="secondary"
                className={styles.button}
                aria-label={`Open the call ${call.code}: ${title}`}
                onClick={() => go(`/feed/${call.code}`)}
              >
                Open the call
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
