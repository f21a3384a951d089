import { makeStyles, tokens } from '@fluentui/react-components';
import { useCompact } from '../../ui/use-compact.ts';
import { CHOICES, type Choice, type FeedView, useFeedView } from './view.ts';

const WIDTHS: Record<Choice, number> = { code: 56, status: 32, calls: 32, ms: 32 };
export const NAMES: Record<Choice, string> = { code: 'Call', status: 'Status', calls: 'Calls', ms: 'ms' };

/** The columns that a choice shows or hides: plain calls always have a status and never a number, and a narrow window holds few. */
export function useChoosable(as?: FeedView['rows']): readonly Choice[] {
  const view = useFeedView();
  const rows = as ?? view.rows;
  const compact = useCompact();
  if (rows === 'calls') return ['code', 'ms'];
  return compact ? ['ms'] : CHOICES;
}

/**
 * The columns at the right that are on screen, and the grid template of header, rows and ghosts. A list that is of one kind
 * whatever the feed shows gives it as `as`.
 */
export function useFeedColumns(as?: FeedView['rows']): { shown: readonly Choice[]; template: string } {
  const { columns, ...view } = useFeedView();
  const rows = as ?? view.rows;
  const choosable = useChoosable(rows);
  const shown = CHOICES.filter((one) =>
    choosable.includes(one) ? columns.includes(one) : rows === 'calls' && one === 'status',
  );
  return { shown, template: ['54px 14px minmax(0, 1fr)', ...shown.map((one) => `${WIDTHS[one]}px`)].join(' ') };
}

/** What header, rows and ghosts share: time, mark, sentence, and the columns of the reader's choice. */
export const useColumns = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: '54px 14px minmax(0, 1fr) 32px 32px',
    columnGap: '10px',
    alignItems: 'center',
    padding: '0 16px',
    height: '100%',
  },
  number: { textAlign: 'right', whiteSpace: 'nowrap' },
  small: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  rail: {
    position: 'relative',
    display: 'grid',
    placeItems: 'center',
    height: '100%',
    '::before': {
      content: '""',
      position: 'absolute',
      left: '6px',
      top: 0,
      bottom: 0,
      width: '2px',
      backgroundColor: tokens.colorNeutralStroke2,
    },
    '& > svg': { position: 'relative' },
  },
  /** Under a row: the timeline goes on at its left. */
  rest: {
    position: 'relative',
    '::before': {
      content: '""',
      position: 'absolute',
      left: '86px',
      top: 0,
      bottom: 0,
      width: '2px',
      backgroundColor: tokens.colorNeutralStroke2,
    },
  },
});
