import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ChevronDown12Regular, ChevronRight12Regular } from '@fluentui/react-icons';
import { type MouseEvent, memo, type ReactNode, useState } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { formatClock, formatMs, formatNumber } from '../../ui/format.ts';
import { Mark, markOf } from '../../ui/mark.tsx';
import { useCompact } from '../../ui/use-compact.ts';
import { useColumns, useFeedColumns } from './columns.ts';
import type { ActionLine, BandLine } from './lines.ts';
import { OpenCalls } from './open-calls.tsx';
import { Sentence } from './sentence.tsx';
import type { Choice, FeedView } from './view.ts';

const FRESH_MS = 2_000;

const useStyles = makeStyles({
  fresh: { animationName: { from: { opacity: 0 }, to: { opacity: 1 } }, animationDuration: '120ms' },
  failed: { color: tokens.colorStatusDangerForeground1 },
  code: { fontFamily: tokens.fontFamilyMonospace },
  what: { display: 'flex', alignItems: 'center', minWidth: 0, gap: '4px' },
  chevron: {
    display: 'grid',
    placeItems: 'center',
    flexShrink: 0,
    width: '20px',
    height: '20px',
    margin: '0 0 0 -4px',
    padding: 0,
    border: 'none',
    borderRadius: '3px',
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground3,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground1 },
  },
  band: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    height: '100%',
    padding: '0 16px',
    fontSize: '12px',
    lineHeight: '16px',
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  title: { fontWeight: 600, color: tokens.colorNeutralForeground1, flexShrink: 0 },
  practice: { color: signal.practiceForeground },
  facts: { color: tokens.colorNeutralForeground3, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  strong: { fontWeight: 600 },
});

interface CellsProps {
  at: number;
  /** What the mark and the sentence say. */
  about: Pick<CallSummary, 'sentence' | 'outcome' | 'practice'>;
  lead?: ReactNode;
  height: number;
  columns: Record<Choice, ReactNode>;
  as?: FeedView['rows'] | undefined;
}

/** The cells of one row. Only what has just come fades in, not what is scrolled back to. */
function Cells({ at, about, lead, height, columns: cells, as }: CellsProps) {
  const columns = useColumns();
  const styles = useStyles();
  const { shown, template } = useFeedColumns(as);
  const [fresh] = useState(() => Date.now() - at < FRESH_MS);
  const small = mergeClasses(columns.small, columns.number);
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: cells of a virtual grid, which cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus, the active row is its descendant
    <div
      role="presentation"
      className={mergeClasses(columns.columns, fresh && styles.fresh)}
      style={{ gridTemplateColumns: template, height }}
    >
      <span role="gridcell" className={columns.small}>
        {formatClock(at)}
      </span>
      <span role="gridcell" className={columns.rail}>
        <Mark kind={markOf(about)} />
      </span>
      <span role="gridcell" className={styles.what}>
        {lead}
        <Sentence call={about} />
      </span>
      {shown.map((one) => (
        <span
          key={one}
          role="gridcell"
          className={mergeClasses(
            small,
            one === 'code' && styles.code,
            one === 'status' && about.outcome === 'failed' && styles.failed,
          )}
        >
          {cells[one]}
        </span>
      ))}
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
}

interface CallRowProps {
  call: CallSummary;
  height: number;
  /** In a list of plain calls, whatever the feed shows. */
  as?: FeedView['rows'];
}

/** One call of the feed as a row of cells. */
export const CallRow = memo(function CallRow({ call, height, as }: CallRowProps) {
  const columns = { code: call.code, status: call.status, calls: 1, ms: formatMs(call.durationMs) };
  return <Cells at={call.at} about={call} height={height} columns={columns} as={as} />;
});

interface ActionRowProps {
  line: ActionLine;
  open: boolean;
  /** The call that the reader stands on. */
  cursor: string | null;
  height: number;
  onToggle(position: number): void;
  onCall(code: string): void;
}

/** An action as a row that opens into its calls. */
export const ActionRow = memo(function ActionRow({ line, open, cursor, height, onToggle, onCall }: ActionRowProps) {
  const { action } = line;
  const styles = useStyles();
  const columns = useColumns();
  const compact = useCompact();
  const { shown } = useFeedColumns();
  const { decisive, calls } = action;
  const toggle = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle(action.position);
  };
  const chevron = (
    // Keys of the grid do the same: → and ←.
    <button
      type="button"
      tabIndex={-1}
      className={styles.chevron}
      aria-label={open ? 'Hide its calls' : 'Show its calls'}
      aria-expanded={open}
      onClick={toggle}
    >
      {open ? <ChevronDown12Regular /> : <ChevronRight12Regular />}
    </button>
  );
  return (
    <>
      <Cells
        at={action.at}
        about={action}
        height={height}
        lead={compact ? null : chevron}
        columns={{
          code: decisive.code,
          status: decisive.status,
          calls: formatNumber(calls.length),
          ms: formatMs(action.durationMs),
        }}
      />
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
        // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
        <div role="gridcell" aria-colspan={3 + shown.length} className={columns.rest}>
          <OpenCalls line={line} cursor={cursor} onCall={onCall} />
        </div>
      )}
    </>
  );
});

/** A band over calls that came close together. */
export function Band({ line, columns }: { line: BandLine; columns: number }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="gridcell" aria-colspan={columns} className={styles.band}>
      <span className={mergeClasses(styles.title, line.practice && styles.practice)}>{line.title}</span>
      <span className={styles.facts}>
        {line.facts}
        {line.failed > 0 && (
          <>
            , <span className={mergeClasses(styles.failed, styles.strong)}>{formatNumber(line.failed)} failed</span>
          </>
        )}
      </span>
    </div>
  );
}
