import { makeStyles, tokens } from '@fluentui/react-components';
import { useCompact } from '../../ui/use-compact.ts';
import { type Choice, useFeedView } from './view.ts';

const WIDTHS: Record<Choice, number> = { code: 56, status: 32, calls: 32, ms: 32 };
export const NAMES: Record<Choice, string> = { code: 'Call', status: 'Status', calls: 'Calls', ms: 'ms' };

/** The columns at the right that are on screen, and the grid template of header, rows and ghosts. */
export function useFeedColumns(): { shown: readonly Choice[]; template: string } {
  const { rows, columns } = useFeedView();
  const compact = useCompact();
  const fits = (one: Choice) => {
    if (rows === 'calls') return one === 'status' || (one !== 'calls' && columns.includes(one));
    return columns.includes(one) && (one === 'ms' || !compact);
  };
  const shown = (Object.keys(WIDTHS) as Choice[]).filter(fits);
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
