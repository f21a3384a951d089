import { makeStyles, tokens } from '@fluentui/react-components';
import type { CallDetail } from '../../../../src-main/contract/index.ts';
import { signal } from '../../../theme/index.ts';

const useStyles = makeStyles({
  details: {
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
  },
  summary: {
    padding: '8px 20px',
    cursor: 'default',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  body: { padding: '0 20px 12px', backgroundColor: signal.scopeBackground },
  title: { padding: '8px 0 4px', color: tokens.colorNeutralForeground3 },
  list: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: '12px', margin: 0 },
  name: { fontFamily: tokens.fontFamilyMonospace, fontSize: '11px', color: tokens.colorNeutralForeground3 },
  value: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '11px',
    margin: 0,
    color: tokens.colorNeutralForeground1,
    overflowWrap: 'anywhere',
  },
});

/** The headers of both ways, folded away; secrets were struck out before they were stored. */
export function Headers({ call }: { call: CallDetail }) {
  const styles = useStyles();
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>
        Headers, {call.requestHeaders.length} sent,{' '}
        {call.answerGone ? 'those of the answer are no longer kept' : `${call.responseHeaders.length} answered`}
      </summary>
      <div className={styles.body}>
        <Block title="Request" headers={call.requestHeaders} />
        {call.answerGone ? (
          <div className={styles.title}>Those of the answer are no longer kept.</div>
        ) : (
          <Block title="Answer" headers={call.responseHeaders} />
        )}
      </div>
    </details>
  );
}

function Block({ title, headers }: { title: string; headers: [string, string][] }) {
  const styles = useStyles();
  return (
    <>
      <div className={styles.title}>{title}</div>
      <dl className={styles.list}>
        {headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may repeat, and the list never changes
          <div key={`${name}-${index}`} style={{ display: 'contents' }}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
