import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import type { PilotStatus, TunnelStatus } from '../../../../src-main/contract/index.ts';
import { client } from '../../../api.ts';
import { tunnelMark } from '../../../frame/tunnel.ts';
import { signal } from '../../../theme/index.ts';
import { useAnnounce } from '../../../ui/announcer.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { Problem } from '../../../ui/problem.tsx';
import { problemOf } from '../../../ui/problem-of.ts';
import { Truncated } from '../../../ui/truncated.tsx';
import { TunnelProblem } from '../../../ui/tunnel-problem.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { Stale } from './stale.tsx';
import { detailOf, headlineOf } from './words.ts';

const useStyles = makeStyles({
  panel: {
    margin: '0 0 24px',
    padding: '16px 32px',
    backgroundColor: signal.scopeBackground,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 1099.98px)': { padding: '16px 24px' },
  },
  inside: { maxWidth: '760px' },
  top: { display: 'flex', alignItems: 'flex-start', gap: '10px', minHeight: '44px' },
  mark: { marginTop: '6px' },
  words: { flexGrow: 1, minWidth: 0 },
  headline: { fontSize: '20px', lineHeight: '28px', fontWeight: 600 },
  detail: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3 },
  acts: { display: 'flex', gap: '8px', flexShrink: 0 },
  address: { display: 'flex', alignItems: 'center', gap: '4px', minWidth: 0, margin: '10px 0 0 26px' },
  label: { fontSize: '12px', lineHeight: '16px', color: tokens.colorNeutralForeground3, marginRight: '8px' },
  url: { fontFamily: tokens.fontFamilyMonospace, fontSize: '12px', lineHeight: '18px' },
  below: { marginLeft: '26px' },
});

/** How the tunnel is just now, what is wrong with it, and the buttons that start, stop and try it. */
export function StatePanel({ status }: { status: PilotStatus }) {
  const styles = useStyles();
  const now = useNow();
  const { tunnel } = status;
  const problem = tunnel.state === 'up' ? (tunnel.reach?.problem ?? null) : tunnel.problem;
  return (
    <section className={styles.panel} aria-label="State of the connection">
      <div className={styles.inside}>
        <div className={styles.top}>
          <Mark kind={tunnelMark(tunnel, false)} size={16} label="" className={styles.mark} />
          <div className={styles.words}>
            <div className={styles.headline} role="status">
              {headlineOf(tunnel)}
            </div>
            <div className={styles.detail}>{detailOf(tunnel, now)}</div>
          </div>
          {tunnel.kind !== 'none' && <Acts tunnel={tunnel} />}
        </div>
        {tunnel.kind !== 'none' && tunnel.publicOrigin !== null && (
          <div className={styles.address}>
            <span className={styles.label}>Tenant URL</span>
            <Truncated text={status.tenantUrl} className={styles.url} />
            <CopyButton label="Copy the Tenant URL of the tunnel" what="Tenant URL" value={status.tenantUrl} />
          </div>
        )}
        <div className={styles.below}>
          {problem !== null && <TunnelProblem problem={problem} />}
          {tunnel.stale !== null && <Stale stale={tunnel.stale} />}
        </div>
      </div>
    </section>
  );
}

/** Start, cancel or stop (one button, which keeps the focus), and *Test now* while it is up. */
function Acts({ tunnel }: { tunnel: TunnelStatus }) {
  const styles = useStyles();
  const announce = useAnnounce();
  const stands = tunnel.state === 'off' || tunnel.state === 'down';
  const run = useMutation({
    mutationFn: () => (stands ? client.tunnel.start.mutate() : client.tunnel.stop.mutate()),
    onSuccess: () => announce(stands ? 'The tunnel is starting' : 'The tunnel is stopped'),
  });
  const test = useMutation({
    mutationFn: () => client.tunnel.check.mutate(),
    onSuccess: ({ reach }) =>
      announce(reach?.ok === true ? 'The public address leads here' : 'The public address does not lead here'),
  });
  const error = run.error ?? test.error;
  return (
    <div>
      <div className={styles.acts}>
        {tunnel.state === 'up' && (
          <Button disabledFocusable={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? 'Testing…' : 'Test now'}
          </Button>
        )}
        <Button
          key="run"
          appearance={stands ? 'primary' : 'secondary'}
          disabledFocusable={run.isPending && stands}
          onClick={() => run.mutate()}
        >
          {tunnel.state === 'down' ? 'Start again' : stands ? 'Start' : tunnel.state === 'starting' ? 'Cancel' : 'Stop'}
        </Button>
      </div>
      {error !== null && <Problem words={problemOf(error)} />}
    </div>
  );
}
