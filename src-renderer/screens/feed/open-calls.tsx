import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { MouseEvent } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { formatMs, formatNumber } from '../../ui/format.ts';
import { Truncated } from '../../ui/truncated.tsx';
import { Unseen } from '../../ui/unseen.tsx';
import { useCompact } from '../../ui/use-compact.ts';
import { readableQuery } from './detail/readable-query.ts';
import { type ActionLine, shownCalls } from './lines.ts';

/** Pixels of one call, and of the room under the last. */
const CALL_HEIGHT = 24;
const FOOT = 6;

/** What an open action adds to its row, pixels. */
export function openHeight(line: ActionLine): number {
  const shown = shownCalls(line).length;
  const words = (shown < line.action.calls.length ? 1 : 0) + (line.listed === undefined ? 0 : 1);
  return (shown + words) * CALL_HEIGHT + FOOT;
}

const WATERFALL = 56;

const useStyles = makeStyles({
  list: { margin: 0, padding: `0 10px ${FOOT}px 98px`, listStyleType: 'none' },
  call: {
    display: 'grid',
    gridTemplateColumns: `48px minmax(0, 1fr) auto ${WATERFALL}px 32px`,
    alignItems: 'center',
    columnGap: '10px',
    width: '100%',
    height: `${CALL_HEIGHT}px`,
    margin: 0,
    padding: '0 6px',
    border: 'none',
    borderRadius: '3px',
    backgroundColor: 'transparent',
    fontFamily: 'inherit',
    fontSize: '12px',
    lineHeight: '16px',
    textAlign: 'left',
    color: tokens.colorNeutralForeground3,
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  compact: { gridTemplateColumns: '48px minmax(0, 1fr) auto 32px' },
  current: { boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke1}` },
  mono: { fontFamily: tokens.fontFamilyMonospace, lineHeight: '18px' },
  path: { color: tokens.colorNeutralForeground1 },
  listed: {
    boxShadow: `inset 2px 0 0 ${tokens.colorBrandStroke1}`,
    // Shadows are not drawn there.
    '@media (forced-colors: active)': { borderLeft: '2px solid Highlight' },
  },
  listedCurrent: {
    boxShadow: `inset 2px 0 0 ${tokens.colorBrandStroke1}, inset 0 0 0 1px ${tokens.colorNeutralStroke1}`,
    '@media (forced-colors: active)': { borderLeft: '2px solid Highlight' },
  },
  other: { color: tokens.colorNeutralForeground3 },
  result: { whiteSpace: 'nowrap' },
  failed: { color: tokens.colorStatusDangerForeground1 },
  odd: { color: tokens.colorStatusWarningForeground1 },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
  waterfall: { display: 'block', overflow: 'visible' },
  track: { stroke: tokens.colorNeutralStroke2 },
  bar: { fill: signal.barInk },
  failedBar: { fill: signal.signalFail },
  more: { padding: '4px 6px', fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
});

interface OpenCallsProps {
  line: ActionLine;
  cursor: string | null;
  onCall(code: string): void;
}

/** The calls of an open action. */
export function OpenCalls({ line, cursor, onCall }: OpenCallsProps) {
  const styles = useStyles();
  const { action, listed } = line;
  const shown = shownCalls(line);
  const hidden = action.calls.length - shown.length;
  const ends = action.calls.map((call) => call.at + call.durationMs);
  const from = Math.min(...action.calls.map((call) => call.at));
  const span = { from, to: Math.max(...ends, from + 1) };
  return (
    <ul className={styles.list}>
      {listed !== undefined && <li className={styles.more}>{listedWords(action.calls.length, listed)}</li>}
      {hidden > 0 && <li className={styles.more}>{formatNumber(hidden)} more are listed under Calls</li>}
      {shown.map((call) => (
        <li key={call.position}>
          <OpenCall
            call={call}
            span={span}
            current={call.code === cursor}
            fits={listed === undefined || listed === 'unread' ? null : listed.has(call.position)}
            onCall={onCall}
          />
        </li>
      ))}
    </ul>
  );
}

/** How many of the calls the list shows by itself. */
function listedWords(all: number, listed: NonNullable<ActionLine['listed']>): string {
  if (listed === 'unread') return 'Its other calls could not be read';
  return `${formatNumber(listed.size)} of its ${formatNumber(all)} calls fit the filter`;
}

interface OpenCallProps {
  call: CallSummary;
  span: { from: number; to: number };
  current: boolean;
  /** Whether it fits the filter that the others do not; null where nothing is hidden. */
  fits: boolean | null;
  onCall(code: string): void;
}

function OpenCall({ call, span, current, fits, onCall }: OpenCallProps) {
  const styles = useStyles();
  const compact = useCompact();
  const press = (event: MouseEvent) => {
    event.stopPropagation();
    onCall(call.code);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-current={current ? 'true' : undefined}
      className={mergeClasses(
        styles.call,
        compact && styles.compact,
        current && styles.current,
        fits === true && (current ? styles.listedCurrent : styles.listed),
      )}
      onClick={press}
    >
      <span className={styles.mono}>{call.method}</span>
      <Truncated
        text={shortTarget(call)}
        className={mergeClasses(styles.mono, styles.path, fits === false && styles.other)}
      />
      {fits === true && <Unseen>, fits the filter</Unseen>}
      <span className={mergeClasses(styles.result, call.outcome !== 'ok' && styles[call.outcome])}>
        {resultOf(call)}
      </span>
      {!compact && <Waterfall call={call} span={span} />}
      <span className={styles.number}>{formatMs(call.durationMs)}</span>
    </button>
  );
}

/** What was asked, below the Tenant URL, decoded for reading. */
function shortTarget({ path, query }: CallSummary): string {
  const below = path.replace(/^\/scim\/v2(?=\/)/, '');
  return query === '' ? below : `${below}?${readableQuery(query)}`;
}

function resultOf({ status, scimType, totalResults }: CallSummary): string {
  if (scimType !== null) return `${status} ${scimType}`;
  if (totalResults === null) return String(status);
  return `${status}, ${totalResults === 0 ? 'none' : totalResults === 1 ? 'found' : `${formatNumber(totalResults)} found`}`;
}

/** When the call ran within its action. */
function Waterfall({ call, span }: { call: CallSummary; span: OpenCallProps['span'] }) {
  const styles = useStyles();
  const scale = WATERFALL / (span.to - span.from);
  const width = Math.max(2, call.durationMs * scale);
  const x = Math.min((call.at - span.from) * scale, WATERFALL - width);
  return (
    <svg className={styles.waterfall} width={WATERFALL} height="8" aria-hidden>
      <line className={styles.track} x1="0" x2={WATERFALL} y1="4" y2="4" />
      <rect
        className={call.outcome === 'failed' ? styles.failedBar : styles.bar}
        x={x}
        width={width}
        y="1"
        height="6"
        rx="1"
      />
    </svg>
  );
}
