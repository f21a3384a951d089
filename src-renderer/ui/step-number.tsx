import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  disc: {
    width: '16px',
    height: '16px',
    marginTop: '2px',
    borderRadius: '50%',
    display: 'grid',
    placeItems: 'center',
    fontSize: '11px',
    lineHeight: '16px',
    fontWeight: 600,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
});

/** The number before one of several things to do; the list itself tells it to a screen reader. */
export function StepNumber({ number }: { number: number }) {
  const styles = useStyles();
  return (
    <span className={styles.disc} aria-hidden>
      {number}
    </span>
  );
}
