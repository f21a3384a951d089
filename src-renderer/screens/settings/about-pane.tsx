import { makeStyles, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { PilotStatus } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { PaneHead, Part, SettingRow } from './parts.tsx';

const useStyles = makeStyles({
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px', overflowWrap: 'anywhere' },
  list: { margin: 0, paddingLeft: '18px', display: 'flex', flexDirection: 'column', gap: '4px' },
  links: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', gap: '6px', padding: '6px 0' },
  inside: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
});

/** Versions, licence, and what leaves this computer. */
export function AboutPane({ status }: { status: PilotStatus }) {
  const styles = useStyles();
  const { data: versions } = useQuery(api.export.versions.queryOptions());
  const { data } = useQuery(api.data.read.queryOptions());
  return (
    <>
      <PaneHead title="About">
        SCIM Pilot stands in for ServiceOps, to try Microsoft Entra provisioning before it is rolled out.
      </PaneHead>
      <Part name="Versions">
        <SettingRow label="SCIM Pilot">{versions?.app ?? '…'}</SettingRow>
        <SettingRow label="Runs on">
          {versions === undefined
            ? '…'
            : [
                versions.electron === null ? null : `Electron ${versions.electron}`,
                `Node ${versions.node}`,
                `SQLite ${versions.sqlite}`,
                versions.platform,
              ]
                .filter((part) => part !== null)
                .join(' · ')}
        </SettingRow>
        <SettingRow label="Licence">MIT</SettingRow>
        <SettingRow last label="Data folder" note="All pilots, the window’s looks, and the key that seals secrets.">
          <span className={styles.mono}>{data?.dataDir ?? '…'}</span>
        </SettingRow>
      </Part>
      <Part name="What leaves this computer">
        <ul className={styles.list}>
          <li>Answers to whoever calls the endpoint with the Secret Token. Nothing is sent to Microsoft unasked.</li>
          <li>
            {status.tunnel.kind === 'ngrok'
              ? 'Those calls and answers pass ngrok, which ends TLS at its edge, and ngrok is told your authtoken.'
              : 'With an ngrok tunnel, those calls and answers would pass ngrok; now no such tunnel is set up.'}
          </li>
          <li>
            A request to the pilot’s own public address, to see whether it leads here. No telemetry, no crash reports,
            no search for updates.
          </li>
        </ul>
      </Part>
      <Part name="More">
        <div className={styles.links}>
          <Link to="/data-and-access" className={styles.inside}>
            Data and access: the page for your security review
          </Link>
          <OutsideLink href="https://learn.microsoft.com/entra/identity/app-provisioning/how-provisioning-works">
            How Entra provisioning works
          </OutsideLink>
          <OutsideLink href="https://entra.microsoft.com/">Microsoft Entra admin center</OutsideLink>
          <OutsideLink href="https://dashboard.ngrok.com/">ngrok dashboard</OutsideLink>
        </div>
      </Part>
    </>
  );
}
