import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { sideNames } from '../../../src-main/contract/catalogue/explanations/types.ts';
import type { CallDetail, Explanation } from '../../../src-main/contract/index.ts';
import { plainWords } from '../../exports/plain-words.ts';
import { formatClock, formatMs } from '../../ui/format.ts';
import { Mark, markOf } from '../../ui/mark.tsx';
import { Pane, PaneHead, PaneSection } from '../../ui/pane.tsx';
import { ChangeTable } from '../feed/detail/change-table.tsx';
import { Exchange } from '../feed/detail/exchange.tsx';
import { Headers } from '../feed/detail/headers.tsx';
import { readableQuery } from '../feed/detail/readable-query.ts';
import { CHANGES_GONE, storyOf } from '../feed/detail/story.ts';

const useStyles = makeStyles({
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
  story: { overflowWrap: 'anywhere' },
  said: { margin: '0 0 4px', overflowWrap: 'anywhere' },
});

/** What the pilot that made the bundle had to say of a call; its links are not followed, for anybody may have written them. */
function Explained({ explanation }: { explanation: Explanation }) {
  const styles = useStyles();
  const { code, title, what, why, cure } = explanation;
  return (
    <PaneSection name={`${plainWords(title)}, ${code}`}>
      <p className={styles.said}>{plainWords(what)}</p>
      <p className={styles.said}>{plainWords(why)}</p>
      {cure.map(({ side, text, expression }) => (
        <p key={plainWords(text)} className={styles.said}>
          <strong>{sideNames[side]}</strong> {plainWords(text)}
          {expression !== null && <code className={styles.mono}> {expression}</code>}
        </p>
      ))}
    </PaneSection>
  );
}

/** One call of a bundle. Everything shown is the bundle's own: nothing is asked of the pilot that runs here. */
export function BundleCall({ call, onClose }: { call: CallDetail; onClose(): void }) {
  const styles = useStyles();
  const { verb, object } = call.sentence;
  const story = storyOf(call);
  return (
    <Pane label="Call">
      <PaneHead
        mark={<Mark kind={markOf(call)} size={16} />}
        title={object === null ? verb : `${verb} ${object}`}
        onClose={onClose}
      >
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
          {call.query !== '' && `?${readableQuery(call.query)}`}
        </div>
      </PaneHead>
      <PaneSection name="What happened">
        <div className={styles.story}>
          <bdi>{story.what}</bdi>
          {story.also !== null && ` ${story.also}`}
        </div>
      </PaneSection>
      {call.explanations.map((one) => (
        <Explained key={one.code} explanation={one} />
      ))}
      {call.changes.length > 0 && (
        <PaneSection name="Change">
          <ChangeTable changes={call.changes} />
        </PaneSection>
      )}
      {call.changesGone && <PaneSection name="Change">{CHANGES_GONE}</PaneSection>}
      <Exchange call={call} />
      <Headers call={call} />
    </Pane>
  );
}
