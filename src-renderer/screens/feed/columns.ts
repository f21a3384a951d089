import { makeStyles, tokens } from '@fluentui/react-components';

/** The columns that header, bands, rows and ghosts share: time, mark, sentence, status, milliseconds. */
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
});
