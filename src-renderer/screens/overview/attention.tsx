import { Button, Link as FluentLink, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useLocation } from 'wouter';
import { plain } from '../../../src-main/contract/catalogue/explanations/fill.ts';
import type { CallSummary, Need, RefusedToken } from '../../../src-main/contract/index.ts';
import { type mattersOf, paneNames } from '../../frame/matters.ts';
import { useWindowState } from '../../frame/window-state.tsx';
import { signal } from '../../theme/index.ts';
import { count, formatNumber, formatWhen } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { feedWhere } from '../feed/feed-where.ts';
import { SectionHead } from './section.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: '14px minmax(0, 1fr) auto 128px',
    alignItems: 'center',
    columnGap: '12px',
    height: '46px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  words: { minWidth: 0, display: 'grid' },
  title: { fontSize: '13px', lineHeight: '18px', fontWeight: 600 },
  note: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  practised: { color: signal.practiceForeground },
  when: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, whiteSpace: 'nowrap' },
  button: { height: '24px', fontSize: '12px', fontWeight: 400, minWidth: 0 },
  all: { fontSize: '12px', lineHeight: '16px' },
  fine: { padding: '12px 0', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, margin: 0 },
});

/** Causes that get a row; the feed holds the rest. */
const ROWS = 6;

interface AttentionProps {
  /** What failed or was odd, by cause, the newest first. */
  needs: Need[];
  /** Failed calls of the last 24 hours. */
  failed: number;
  /** Records purged here whose ids Azure still knows. */
  purgedKnown: number;
  matters: ReturnType<typeof mattersOf>;
  /** The refused tokens that the matters tell of. */
  refused: RefusedToken[];
  now: number;
}

/** What a call with such a token is explained by. */
const CAUSES: Record<RefusedToken['kind'], string> = {
  entra: 'SP-TOKEN-BLANK',
  other: 'SP-TOKEN-OTHER',
  replaced: 'SP-TOKEN-REPLACED',
  revoked: 'SP-TOKEN-REVOKED',
  expired: 'SP-TOKEN-EXPIRED',
};

/** What needs a hand, by cause, each one press from its cure; what was only practised comes last, and is marked as that. */
export function Attention({ needs, failed, purgedKnown, matters, refused, now }: AttentionProps) {
  const styles = useStyles();
  const { setQuery } = useWindowState();
  const [, go] = useLocation();
  // What the token matters tell already, with the cure, is not told twice.
  const told = refused.map(({ kind }) => CAUSES[kind]);
  const real = needs.filter(({ practice, code }) => !practice && !told.includes(code));
  const shown = [...real, ...needs.filter(({ practice }) => practice)].slice(0, ROWS);
  const inAll = matters.length + real.length + (purgedKnown > 0 ? 1 : 0);
  const all = (
    <FluentLink href={`#${feedWhere('failed')}`} className={styles.all}>
      All failed calls
    </FluentLink>
  );
  return (
    <section>
      <SectionHead
        title="Needs attention"
        {...(inAll > 0 ? { note: formatNumber(inAll) } : {})}
        {...(failed > 0 ? { right: all } : {})}
      />
      {inAll === 0 && <p className={styles.fine}>Nothing: no call failed or was odd in the last 24 hours.</p>}
      <ul className={styles.list}>
        {matters.map(({ bad, title, note, pane }) => (
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
        {shown.map((need) => {
          const title = plain(need.title);
          return (
            <li key={need.code} className={styles.row}>
              <Mark kind={need.practice ? 'practice' : need.severity === 'failed' ? 'failed' : 'odd'} />
              <span className={styles.words}>
                <Truncated text={title} className={styles.title} />
                <Truncated
                  text={noteOf(need)}
                  className={mergeClasses(styles.note, need.practice && styles.practised)}
                />
              </span>
              <span className={styles.when}>{formatWhen(need.at, now)}</span>
              <Button
                size="small"
                appearance="secondary"
                className={styles.button}
                aria-label={`See cause and cure: ${title}`}
                onClick={() => {
                  setQuery(need.calls > 1 ? `why:${need.code}` : '');
                  go(`/feed/${need.newest.code}`);
                }}
              >
                See cause and cure
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** How often, and what it was about the last time. */
function noteOf({ calls, practice, newest }: Need): string {
  const what = sentenceOf(newest);
  const often = calls === 1 ? what : `${count(calls, 'call')}, the newest: ${what}`;
  return practice ? `Practised only. ${often}` : often;
}

function sentenceOf({ sentence: { verb, object, note } }: CallSummary): string {
  const said = object === null ? verb : `${verb} ${object}`;
  return note === null ? said : `${said}, ${note}`;
}
