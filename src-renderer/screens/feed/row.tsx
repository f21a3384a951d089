import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { memo, useState } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { signal } from '../../theme/index.ts';
import { formatClock, formatMs } from '../../ui/format.ts';
import { Mark, markOf } from '../../ui/mark.tsx';
import type { FeedLine } from './bands.ts';
import { useColumns } from './columns.ts';
import { Sentence } from './sentence.tsx';

const FRESH_MS = 2_000;

const useStyles = makeStyles({
  fresh: { animationName: { from: { opacity: 0 }, to: { opacity: 1 } }, animationDuration: '120ms' },
  failed: { color: tokens.colorStatusDangerForeground1 },
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
  title: { fontWeight: 600, color: tokens.colorNeutralForeground1 },
  practice: { color: signal.practiceForeground },
  span: { color: tokens.colorNeutralForeground3 },
  strong: { fontWeight: 600 },
});

/** One call of the feed as a row of cells. */
export const CallRow = memo(function CallRow({ call }: { call: CallSummary }) {
  const columns = useColumns();
  const styles = useStyles();
  // Only a call that has just come fades in, not one that is scrolled back to.
  const [fresh] = useState(() => Date.now() - call.at < FRESH_MS);
  const small = mergeClasses(columns.small, columns.number);
  return (
    // biome-ignore-start lint/a11y/useSemanticElements: cells of a virtual grid, which cannot be a table
    // biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus, the active row is its descendant
    <div role="presentation" className={mergeClasses(columns.columns, fresh && styles.fresh)}>
      <span role="gridcell" className={columns.small}>
        {formatClock(call.at)}
      </span>
      <span role="gridcell" className={columns.rail}>
        <Mark kind={markOf(call)} />
      </span>
      <span role="gridcell" style={{ minWidth: 0 }}>
        <Sentence call={call} />
      </span>
      <span role="gridcell" className={mergeClasses(small, call.outcome === 'failed' && styles.failed)}>
        {call.status}
      </span>
      <span role="gridcell" className={small}>
        {formatMs(call.durationMs)}
      </span>
    </div>
    // biome-ignore-end lint/a11y/useFocusableInteractive: as above
    // biome-ignore-end lint/a11y/useSemanticElements: as above
  );
});

/** A band over calls that came close together. */
export function Band({ line, columns }: { line: Extract<FeedLine, { kind: 'band' }>; columns: number }) {
  const styles = useStyles();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a virtual grid
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div role="gridcell" aria-colspan={columns} className={styles.band}>
      <span className={mergeClasses(styles.title, line.practice && styles.practice)}>{line.title}</span>
      <span className={styles.span}>
        {line.span}
        {line.failed > 0 && (
          <>
            , <span className={mergeClasses(styles.failed, styles.strong)}>{line.failed} failed</span>
          </>
        )}
      </span>
    </div>
  );
}
