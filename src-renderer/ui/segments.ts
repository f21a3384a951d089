import { makeStyles, tokens } from '@fluentui/react-components';

/** A small TabList that looks like a switch: an inset track, the chosen part raised by a hairline. */
export const useSegments = makeStyles({
  list: {
    height: '28px',
    padding: '2px',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground3,
    width: 'max-content',
  },
  tab: {
    height: '24px',
    padding: '0 12px',
    fontSize: '12px',
    lineHeight: '16px',
    borderRadius: '3px',
    '::after': { display: 'none' },
    '::before': { display: 'none' },
    '& .fui-Tab__content': { fontSize: '12px', lineHeight: '16px', padding: 0 },
  },
  on: {
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke2}`,
  },
});
