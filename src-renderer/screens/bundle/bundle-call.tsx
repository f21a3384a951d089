import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { CallDetail, Explanation } from '../../../src-main/contract/index.ts';
import { plainWords } from '../../exports/plain-words.ts';
import { formatClock, formatMs } from '../../ui/format.ts';
import { Mark, markOf } from '../../ui/mark.tsx';
import { Truncated } from '../../ui/truncated.tsx';
import { ChangeTable } from '../feed/detail/change-table.tsx';
import { Exchange } from '../feed/detail/exchange.tsx';
import { Headers } from '../feed/detail/headers.tsx';
import { storyOf } from '../feed/detail/story.ts';

const useStyles = makeStyles({
  pane: {
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    minHeight: 0,
    overflowY: 'auto',
    overflowX: 'hidden',
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  top: { padding: '12px 20px 10px', flexShrink: 0 },
  head: { display: 'flex', alignItems: 'center', gap: '8px', height: '28px' },
  title: {
    flexGrow: 1,
    minWidth: 0,
    margin: 0,
    fontSize: '16px',
    lineHeight: '22px',
    fontWeight: 600,
    display: 'flex',
  },
  close: { minWidth: '24px', maxWidth: '24px', height: '24px', padding: 0 },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: '14px',
    marginTop: '4px',
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground3,
  },
  mono: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere' },
  failed: { color: tokens.colorStatusDangerForeground1 },
  odd: { color: tokens.colorStatusWarningForeground1 },
  section: { padding: '12px 20px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, flexShrink: 0 },
  label: {
    margin: '0 0 4px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  story: { overflowWrap: 'anywhere' },
  said: { margin: '0 0 4px', overflowWrap: 'anywhere' },
});

function readable(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}

const SIDES = { azure: 'In Azure', here: 'Here', serviceops: 'In ServiceOps' } as const;

/** What the pilot that made the bundle had to say of a call; its links are not followed, for anybody may have written them. */
function Explained({ explanation }: { explanation: Explanation }) {
  const styles = useStyles();
  const { code, title, what, why, cure } = explanation;
  return (
    <div className={styles.section}>
      <h3 className={styles.label}>
        {plainWords(title)}, {code}
      </h3>
      <p className={styles.said}>{plainWords(what)}</p>
      <p className={styles.said}>{plainWords(why)}</p>
      {cure.map(({ side, text, expression }) => (
        <p key={plainWords(text)} className={styles.said}>
          <strong>{SIDES[side]}</strong> {plainWords(text)}
          {expression !== null && <code className={styles.mono}> {expression}</code>}
        </p>
      ))}
    </div>
  );
}

/** One call of a bundle. Everything shown is the bundle's own: nothing is asked of the pilot that runs here. */
export function BundleCall({ call, onClose }: { call: CallDetail; onClose(): void }) {
  const styles = useStyles();
  const { verb, object } = call.sentence;
  const story = storyOf(call);
  return (
    <aside className={styles.pane} aria-label="Call">
      <div className={styles.top}>
        <div className={styles.head}>
          <Mark kind={markOf(call)} size={16} />
          <h2 className={styles.title}>
            <Truncated text={object === null ? verb : `${verb} ${object}`} />
          </h2>
          <Button
            appearance="subtle"
            size="small"
            aria-label="Close"
            className={styles.close}
            icon={<Dismiss16Regular />}
            onClick={onClose}
          />
        </div>
        <div className={styles.meta}>
          <span>{formatClock(call.at)}</span>
          <span className={mergeClasses(call.outcome !== 'ok' && styles[call.outcome])}>
            {call.status}
            {call.scimType !== null && ` ${call.scimType}`}
          </span>
          <span>{formatMs(call.durationMs)} ms</span>
          <span>call {call.code}</span>
        </div>
        <div className={mergeClasses(styles.meta, styles.mono)}>
          {call.method} {call.path}
          {call.query !== '' && `?${readable(call.query)}`}
        </div>
      </div>
      <div className={styles.section}>
        <h3 className={styles.label}>What happened</h3>
        <div className={styles.story}>
          <bdi>{story.what}</bdi>
          {story.also !== null && ` ${story.also}`}
        </div>
      </div>
      {call.explanations.map((one) => (
        <Explained key={one.code} explanation={one} />
      ))}
      {call.changes.length > 0 && (
        <div className={styles.section}>
          <h3 className={styles.label}>Change</h3>
          <ChangeTable changes={call.changes} />
        </div>
      )}
      <Exchange call={call} />
      <Headers call={call} />
    </aside>
  );
}
