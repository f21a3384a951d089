import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { TunnelStatus } from '../../../../src-main/contract/index.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { Truncated } from '../../../ui/truncated.tsx';

const useStyles = makeStyles({
  stale: { display: 'grid', gridTemplateColumns: '14px minmax(0, 1fr)', columnGap: '8px', marginTop: '14px' },
  mark: { marginTop: '3px' },
  title: { margin: 0, fontWeight: 600 },
  what: { margin: '2px 0 8px', color: tokens.colorNeutralForeground2 },
  pair: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: '12px', margin: 0 },
  name: { fontSize: '12px', lineHeight: '24px', color: tokens.colorNeutralForeground3 },
  value: { display: 'flex', alignItems: 'center', gap: '4px', margin: 0, minWidth: 0 },
  url: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '24px' },
  old: { color: tokens.colorNeutralForeground3, textDecorationLine: 'line-through' },
});

/** Azure last called by another address: the old and the new Tenant URL, and what to do there. */
export function Stale({ stale }: { stale: NonNullable<TunnelStatus['stale']> }) {
  const styles = useStyles();
  const now = `${stale.publicOrigin}/scim/v2`;
  return (
    <div className={styles.stale}>
      <Mark kind="odd" label="" className={styles.mark} />
      <div>
        <p className={styles.title}>Azure still calls another address</p>
        <p className={styles.what}>
          In Azure: Provisioning, Connectivity (older: Admin Credentials). Replace the Tenant URL, enter the Secret
          Token again, press Test Connection, then Save.
        </p>
        <dl className={styles.pair}>
          <dt className={styles.name}>Azure has</dt>
          <dd className={styles.value}>
            <Truncated text={`${stale.seenOrigin}/scim/v2`} className={mergeClasses(styles.url, styles.old)} />
          </dd>
          <dt className={styles.name}>Replace it by</dt>
          <dd className={styles.value}>
            <Truncated text={now} className={styles.url} />
            <CopyButton label="Copy the new Tenant URL" what="Tenant URL" value={now} />
          </dd>
        </dl>
      </div>
    </div>
  );
}
