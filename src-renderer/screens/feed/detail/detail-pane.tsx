import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallDetail } from '../../../../src-main/contract/index.ts';
import { api, isNotFound } from '../../../api.ts';
import { callGone } from '../../../ui/call-gone.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { formatClock, formatMs } from '../../../ui/format.ts';
import { Mark, markOf } from '../../../ui/mark.tsx';
import { Pane, PaneHead, PaneSection, PaneWaiting } from '../../../ui/pane.tsx';
import { CallActs } from './acts.tsx';
import { ChangeTable } from './change-table.tsx';
import { Exchange } from './exchange.tsx';
import { Explanations } from './explanation.tsx';
import { Headers } from './headers.tsx';
import { HopLine } from './hop-line.tsx';
import { readableQuery } from './readable-query.ts';
import { sentAttributes } from './sent.ts';
import { SentTable } from './sent-table.tsx';
import { CHANGES_GONE } from './story.ts';

const useStyles = makeStyles({
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
  request: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
  unlisted: { marginTop: '4px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  clear: { fontSize: '12px', lineHeight: '16px' },
  failed: { color: tokens.colorStatusDangerForeground1 },
  odd: { color: tokens.colorStatusWarningForeground1 },
  code: { display: 'flex', alignItems: 'center', marginLeft: 'auto', gap: '5px' },
  codeText: { fontFamily: tokens.fontFamilyMonospace, fontWeight: 600, color: tokens.colorNeutralForeground1 },
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

interface DetailPaneProps {
  code: string;
  onClose(): void;
  /** Ends the filter under which the call is not in the list; null where it needs no end. */
  onList: (() => void) | null;
}

/** One call, whole. It keeps showing the call before while the next is read, so that nothing flickers. */
export function DetailPane({ code, onClose, onList }: DetailPaneProps) {
  const query = useQuery({ ...api.feed.detail.queryOptions({ code }), placeholderData: keepPreviousData });
  const gone = isNotFound(query.error) ? callGone(code) : 'The pilot did not answer. The call is still stored.';
  return (
    <Pane label="Call">
      {query.data ? (
        <Whole call={query.data} onClose={onClose} onList={onList} />
      ) : (
        <PaneWaiting words={query.isError ? gone : null} onClose={onClose} />
      )}
    </Pane>
  );
}

function Whole({ call, onClose, onList }: Omit<DetailPaneProps, 'code'> & { call: CallDetail }) {
  const styles = useStyles();
  const { verb, object } = call.sentence;
  const title = object === null ? verb : `${verb} ${object}`;
  const failed = call.outcome === 'failed';
  const faults = useMemo(() => call.explanations.flatMap((one) => (one.severity === 'info' ? [] : one.faults)), [call]);
  const sent = useMemo(() => (failed ? (sentAttributes(call) ?? []) : []), [call, failed]);
  return (
    <>
      <PaneHead mark={<Mark kind={markOf(call)} size={16} />} title={title} onClose={onClose}>
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
        {onList !== null && (
          <div className={styles.unlisted}>
            Not in the filtered list.{' '}
            <Link as="button" inline className={styles.clear} onClick={onList}>
              Clear the filter
            </Link>
          </div>
        )}
        <HopLine call={call} />
      </PaneHead>
      <Explanations call={call} />
      {call.query !== '' && (
        <PaneSection name="Asked for">
          <div className={styles.query}>{readableQuery(call.query)}</div>
        </PaneSection>
      )}
      {(call.changes.length > 0 || (failed && sent.length > 0)) && (
        <PaneSection name="Change" beside={call.changes.length === 0 ? 'refused, so nothing changed' : null}>
          {call.changes.length > 0 ? (
            <ChangeTable changes={call.changes} faults={faults} />
          ) : (
            <SentTable sent={sent} faults={faults} />
          )}
        </PaneSection>
      )}
      {call.changesGone && <PaneSection name="Change">{CHANGES_GONE}</PaneSection>}
      <CallActs code={call.code} />
      <Exchange call={call} faults={faults} />
      <Headers call={call} />
    </>
  );
}
