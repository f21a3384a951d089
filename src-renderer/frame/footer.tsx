import { makeStyles, tokens } from '@fluentui/react-components';
import { useLocation } from 'wouter';
import type { PilotStatus } from '../../src-main/contract/index.ts';
import { count, formatAgo, formatBytes } from '../ui/format.ts';
import { Kbd } from '../ui/kbd.tsx';
import { useNow } from '../ui/use-now.ts';
import { SCREEN_KEYS, screenOf } from './keys.ts';

const useStyles = makeStyles({
  footer: {
    gridArea: 'footer',
    display: 'flex',
    alignItems: 'center',
    gap: '16px',
    padding: '0 16px',
    fontSize: '12px',
    lineHeight: '16px',
    color: tokens.colorNeutralForeground3,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  keys: { display: 'flex', gap: '16px', marginLeft: 'auto' },
  key: { display: 'flex', alignItems: 'center', gap: '7px' },
});

/** Facts at the left, the keys of this screen at the right. */
export function Footer({ status }: { status: PilotStatus | null }) {
  const styles = useStyles();
  const now = useNow();
  const [location] = useLocation();
  const keys = SCREEN_KEYS[screenOf(location)]?.slice(0, 5) ?? [];
  return (
    <footer className={styles.footer}>
      {status !== null && (
        <>
          <span>{count(status.callsStored, 'call')} stored</span>
          <span>{formatBytes(status.storageBytes)}</span>
          <span>{status.lastCall === null ? 'listening' : `last call ${formatAgo(status.lastCall.at, now)}`}</span>
        </>
      )}
      <div className={styles.keys} aria-hidden>
        {keys.map(([key, does]) => (
          <span key={key} className={styles.key}>
            <Kbd>{key}</Kbd>
            {does}
          </span>
        ))}
        <span className={styles.key}>
          <Kbd>?</Kbd>
          keys
        </span>
      </div>
    </footer>
  );
}
