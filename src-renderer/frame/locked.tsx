import { makeStyles, tokens } from '@fluentui/react-components';
import { signal } from '../theme/index.ts';
import { BarePage } from './bare-page.tsx';

const useStyles = makeStyles({
  text: { margin: '0 0 12px' },
  code: {
    display: 'inline-block',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: '12px',
    lineHeight: '18px',
    padding: '8px 12px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: signal.scopeBackground,
    borderRadius: '4px',
    color: tokens.colorNeutralForeground1,
  },
});

/** What stands here when the host refuses this page, or does not answer yet. */
export function Locked({ reason }: { reason: 'refused' | 'unreachable' }) {
  const styles = useStyles();
  return reason === 'refused' ? (
    <BarePage title="Open the printed link">
      <p className={styles.text}>
        This window opens only with the key of the pilot that is running. The terminal where you started SCIM Pilot
        printed a link that carries it. Open that link in this browser; a new start prints a new one.
      </p>
      <div className={styles.code}>{`${window.location.origin}/#key=…`}</div>
    </BarePage>
  ) : (
    <BarePage title="The pilot does not answer">
      <p className={styles.text}>
        Nothing answers at this address. If you stopped SCIM Pilot, start it again with <code>npm start</code>. This
        page tries again every second.
      </p>
    </BarePage>
  );
}
