import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallDetail } from '../../../../src-main/contract/index.ts';
import { api, isNotFound } from '../../../api.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatClock, formatMs } from '../../../ui/format.ts';
import { Hint } from '../../../ui/hint.tsx';
import { Mark, markOf } from '../../../ui/mark.tsx';
import { Truncated } from '../../../ui/truncated.tsx';
import { CallActs } from './acts.tsx';
import { ChangeTable } from './change-table.tsx';
import { Exchange } from './exchange.tsx';
import { Explanations } from './explanation.tsx';
import { Headers } from './headers.tsx';
import { HopLine } from './hop-line.tsx';
import { sentAttributes } from './sent.ts';
import { SentTable } from './sent-table.tsx';

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
    alignItems: 'center',
    gap: '14px',
    height: '24px',
    marginTop: '4px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    whiteSpace: 'nowrap',
  },
  mono: { fontFamily: tokens.fontFamilyMonospace },
  request: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  failed: { color: tokens.colorStatusDangerForeground1 },
  odd: { color: tokens.colorStatusWarningForeground1 },
  code: { display: 'flex', alignItems: 'center', marginLeft: 'auto', gap: '5px' },
  codeText: { fontFamily: tokens.fontFamilyMonospace, fontWeight: 600, color: tokens.colorNeutralForeground1 },
  section: { padding: '12px 20px', borderTop: `1px solid ${tokens.colorNeutralStroke3}`, flexShrink: 0 },
  label: {
    display: 'flex',
    justifyContent: 'space-between',
    margin: '0 0 4px',
    fontSize: '12px',
    lineHeight: '16px',
    fontWeight: 400,
    color: tokens.colorNeutralForeground3,
  },
  gone: { padding: '24px 20px', color: tokens.colorNeutralForeground2 },
  query: {
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
  },
});

const SCIM_BASE = '/scim/v2';

/** A path as Azure's documents write it: without the base that every call shares. */
const shortPath = (path: string): string => (path.startsWith(`${SCIM_BASE}/`) ? path.slice(SCIM_BASE.length) : path);

function readableQuery(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}

/** One call, whole. It keeps showing the call before while the next is read, so that nothing flickers. */
export function DetailPane({ code, onClose }: { code: string; onClose(): void }) {
  const styles = useStyles();
  const query = useQuery({ ...api.feed.detail.queryOptions({ code }), placeholderData: keepPreviousData });
  return (
    <aside className={styles.pane} aria-label="Call">
      {query.data ? (
        <Whole call={query.data} onClose={onClose} />
      ) : (
        <div className={styles.top}>
          <div className={styles.head}>
            <span className={styles.title} />
            <Close onClose={onClose} />
          </div>
          {query.isError && (
            <p className={styles.gone}>
              {isNotFound(query.error)
                ? `Call ${code} is not stored here: it was cleared, or belongs to another pilot.`
                : 'The pilot did not answer. The call is still stored.'}
            </p>
          )}
        </div>
      )}
    </aside>
  );
}

function Close({ onClose }: { onClose(): void }) {
  const styles = useStyles();
  return (
    <Hint content="Close" off={false} positioning="below">
      <Button
        appearance="subtle"
        size="small"
        aria-label="Close"
        className={styles.close}
        icon={<Dismiss16Regular />}
        onClick={onClose}
      />
    </Hint>
  );
}

function Whole({ call, onClose }: { call: CallDetail; onClose(): void }) {
  const styles = useStyles();
  const { verb, object } = call.sentence;
  const title = object === null ? verb : `${verb} ${object}`;
  const failed = call.outcome === 'failed';
  const faults = useMemo(() => call.explanations.flatMap((one) => (one.severity === 'info' ? [] : one.faults)), [call]);
  const sent = useMemo(() => (failed ? (sentAttributes(call) ?? []) : []), [call, failed]);
  return (
    <>
      <div className={styles.top}>
        <div className={styles.head}>
          <Mark kind={markOf(call)} size={16} />
          <h2 className={styles.title}>
            <Truncated text={title} />
          </h2>
          <Close onClose={onClose} />
        </div>
        <div className={styles.meta}>
          <span>{formatClock(call.at)}</span>
          <span className={mergeClasses(call.outcome !== 'ok' && styles[call.outcome])}>
            {call.status}
            {call.scimType !== null && ` ${call.scimType}`}
          </span>
          <span>{formatMs(call.durationMs)} ms</span>
          <span className={styles.code}>
            call <span className={styles.codeText}>{call.code}</span>
            <CopyButton label="Copy call code" what="Call code" value={call.code} />
          </span>
        </div>
        <div className={styles.request}>
          {call.method} {shortPath(call.path)}
        </div>
        <HopLine call={call} />
      </div>
      <Explanations call={call} />
      {call.query !== '' && (
        <div className={styles.section}>
          <h3 className={styles.label}>Asked for</h3>
          <div className={styles.query}>{readableQuery(call.query)}</div>
        </div>
      )}
      {(call.changes.length > 0 || (failed && sent.length > 0)) && (
        <div className={styles.section}>
          <h3 className={styles.label}>
            <span>Change</span>
            {call.changes.length === 0 && <span>refused, so nothing changed</span>}
          </h3>
          {call.changes.length > 0 ? (
            <ChangeTable changes={call.changes} faults={faults} />
          ) : (
            <SentTable sent={sent} faults={faults} />
          )}
        </div>
      )}
      <CallActs code={call.code} />
      <Exchange call={call} faults={faults} />
      <Headers call={call} />
    </>
  );
}
