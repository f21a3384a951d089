import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  key: {
    fontFamily: tokens.fontFamilyBase,
    fontSize: '11px',
    lineHeight: '14px',
    minWidth: '16px',
    padding: '0 5px',
    textAlign: 'center',
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: '3px',
  },
});

/** A key, drawn. */
export function Kbd({ children }: { children: string }) {
  return <kbd className={useStyles().key}>{children}</kbd>;
}
