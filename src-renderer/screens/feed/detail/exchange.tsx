import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { CallDetail, CapturedBody } from '../../../../src-main/contract/index.ts';
import { signal } from '../../../theme/index.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatBytes } from '../../../ui/format.ts';
import { JsonView, pretty } from '../../../ui/json-view.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { faultyLines } from './sent.ts';
import { noBodyOf } from './story.ts';

const SIDES = [
  { value: 'both', name: 'Both' },
  { value: 'request', name: 'Request' },
  { value: 'answer', name: 'Answer' },
] as const;
type Side = (typeof SIDES)[number]['value'];

const useStyles = makeStyles({
  exchange: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: '320px', minWidth: 0 },
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '8px',
    padding: '6px 20px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  sides: {
    display: 'grid',
    gridAutoFlow: 'column',
    gridAutoColumns: 'minmax(0, 1fr)',
    flexGrow: 1,
    minHeight: 0,
    backgroundColor: signal.scopeBackground,
  },
  requestOnly: { gridAutoFlow: 'row', gridTemplateRows: 'minmax(0, 1fr) auto' },
  answerOnly: { gridAutoFlow: 'row', gridTemplateRows: 'auto minmax(0, 1fr)' },
  oneLine: { paddingTop: 0 },
  side: { display: 'flex', flexDirection: 'column', minWidth: 0, minHeight: 0, padding: '6px 0 0 8px' },
  second: { borderLeft: `1px solid ${tokens.colorNeutralStroke3}` },
  head: {
    display: 'flex',
    alignItems: 'center',
    height: '24px',
    paddingRight: '8px',
    paddingLeft: '12px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  headSecond: { paddingLeft: '6px' },
  size: { marginLeft: 'auto', marginRight: '4px' },
  body: { flexGrow: 1, flexBasis: 0, minHeight: 0, position: 'relative' },
  none: {
    paddingLeft: '12px',
    paddingRight: '8px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  noneSecond: { paddingLeft: '6px' },
  cut: { padding: '4px 12px', fontSize: '12px', lineHeight: '16px', color: tokens.colorStatusWarningForeground1 },
});

/** In an answer that refuses, the line that says why. */
const ANSWERED = ['detail'];
const NONE: readonly string[] = [];

/** Request and answer as they went over the wire, made readable; the lines at fault are marked. */
export function Exchange({ call, faults = NONE }: { call: CallDetail; faults?: readonly string[] }) {
  const styles = useStyles();
  const [side, setSide] = useState<Side>('both');
  const failed = call.outcome === 'failed';
  // An answer that is gone is not nothing: its place says so.
  const empty = { request: isEmpty(call.requestBody), answer: isEmpty(call.responseBody) && !call.answerGone };
  // Beside nothing, the other side takes the whole width.
  const stacked = side === 'both' && (empty.request || empty.answer);
  return (
    <div className={styles.exchange}>
      <div className={styles.bar}>
        <Tabs look="switch" label="Request and answer" value={side} onChange={setSide} items={SIDES} />
      </div>
      <div className={mergeClasses(styles.sides, stacked && (empty.request ? styles.answerOnly : styles.requestOnly))}>
        {side !== 'answer' && (
          <Body
            title="Request"
            body={call.requestBody}
            none={noBodyOf(call)}
            second={false}
            line={stacked && empty.request}
            faults={faults}
            failed={failed}
          />
        )}
        {side !== 'request' && (
          <Body
            title={`Answer, ${call.status}`}
            body={call.responseBody}
            none={
              call.answerGone
                ? 'This answer is no longer kept: a record that it showed was purged.'
                : 'Answered without a body.'
            }
            second={side === 'both' && !stacked}
            line={stacked && empty.answer}
            faults={failed ? ANSWERED : NONE}
            failed={failed}
          />
        )}
      </div>
    </div>
  );
}

const isEmpty = (body: CapturedBody | null): body is null | (CapturedBody & { text: '' }) =>
  body === null || body.text === '';

function Body({
  title,
  body,
  none,
  second,
  line,
  faults,
  failed,
}: {
  title: string;
  body: CapturedBody | null;
  none: string;
  second: boolean;
  /** Without a body, no more than one line. */
  line: boolean;
  /** Attributes whose lines are marked. */
  faults: readonly string[];
  failed: boolean;
}) {
  const styles = useStyles();
  const text = useMemo(() => (body === null ? '' : pretty(body.text)), [body]);
  const marked = useMemo(() => faultyLines(text, faults), [text, faults]);
  if (isEmpty(body)) {
    return (
      <section
        className={mergeClasses(styles.side, second && styles.second, line && styles.oneLine)}
        aria-label={title}
      >
        <div className={mergeClasses(styles.head, second && styles.headSecond)}>{line ? none : title}</div>
        {!line && <div className={mergeClasses(styles.none, second && styles.noneSecond)}>{none}</div>}
      </section>
    );
  }
  return (
    <section className={mergeClasses(styles.side, second && styles.second)} aria-label={title}>
      <div className={mergeClasses(styles.head, second && styles.headSecond)}>
        {title}
        <span className={styles.size}>{formatBytes(body.bytes)}</span>
        <CopyButton
          label={`Copy ${second || title.startsWith('Answer') ? 'answer' : 'request'}`}
          what={title}
          value={text}
        />
      </div>
      {body.cut && <div className={styles.cut}>Only the beginning was kept of {formatBytes(body.bytes)}.</div>}
      <div className={styles.body}>
        <JsonView text={text} label={`${title}, JSON`} marked={marked} failed={failed} />
      </div>
    </section>
  );
}
