import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useRef } from 'react';
import { Link } from 'wouter';
import type { PilotStatus } from '../../src-main/contract/index.ts';
import { signal } from '../theme/index.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { count, formatAgo, formatMs } from '../ui/format.ts';
import { Truncated } from '../ui/truncated.tsx';
import { useCompact } from '../ui/use-compact.ts';
import { useNow } from '../ui/use-now.ts';
import { readSignal } from './signal.ts';
import { Station } from './station.tsx';
import { azureStory, directoryStory, endpointStory } from './stories.ts';
import { TokenFact } from './token.tsx';
import { tunnelReading, tunnelStory } from './tunnel.ts';
import { useWindowState } from './window-state.tsx';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    gridTemplateColumns: '146px minmax(0, 1fr) 236px 164px',
    paddingLeft: '20px',
    minWidth: 0,
  },
  compact: { gridTemplateColumns: '120px minmax(0, 1fr) 150px 156px', paddingLeft: '16px' },
  offline: { opacity: 0.6 },
  url: {
    fontFamily: tokens.fontFamilyMonospace,
    color: tokens.colorNeutralForeground1,
    marginRight: '4px',
  },
  faults: {
    color: signal.practiceForeground,
    fontWeight: 600,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  quiet: { fontWeight: 400, color: tokens.colorNeutralForeground3 },
});

/** When Azure last called. A call from this machine is none of Azure's: it is told only behind the words. */
function AzureFact({ status, clock }: { status: PilotStatus; clock: number }) {
  const last = status.lastCall;
  if (last === null) return 'no call yet';
  if (last.practice) return `practice, ${formatAgo(last.at, clock)}`;
  if (last.via === 'public') return formatAgo(last.at, clock);
  const own = status.ticks.findLast((tick) => tick.via === 'public' && !tick.practice);
  if (own !== undefined) return formatAgo(own.at, clock);
  const words = status.tunnel.kind === 'none' ? 'no call yet' : 'no call lately';
  return <Truncated text={`${words}; a local one ${formatAgo(last.at, clock)}`}>{words}</Truncated>;
}

/** How far Azure's calls get, from real readings: four stations and the calls of the last minute between them. */
export function SignalLine({ status, offline }: { status: PilotStatus; offline: boolean }) {
  const styles = useStyles();
  const compact = useCompact();
  const { paused } = useWindowState();
  const clock = useNow();
  const frozen = useRef(clock);
  if (!paused && !offline) frozen.current = clock;
  const now = frozen.current;

  const last = status.lastCall;
  const reading = readSignal(status);
  const { directory: counts, tunnel } = status;
  const local = tunnel.kind === 'none';
  const pulse = last?.position ?? null;
  const fromOutside = status.ticks.filter((tick) => tick.via === 'public');
  const atDirectory = status.ticks.filter((tick) => tick.stage === 'directory');
  const part = (order: 0 | 1 | 2) => ({
    state: reading.segments[order],
    ticks: [fromOutside, status.ticks, atDirectory][order] ?? [],
    now,
    order,
    pulse,
    // Local calls do not come along Azure's way.
    showTicks: order === 1 || (!compact && !(order === 0 && local)),
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls; this groups readings
    <div
      role="group"
      aria-label={`Signal line. ${reading.words}`}
      className={mergeClasses(styles.line, compact && styles.compact, offline && styles.offline)}
    >
      <Station
        name="Azure"
        reading={paused ? 'Paused' : undefined}
        mark={reading.azure}
        story={azureStory(status)}
        segment={part(0)}
      >
        <AzureFact status={status} clock={clock} />
      </Station>
      <Station
        name={
          local ? (
            <>
              Local only<span className={styles.quiet}>, no tunnel</span>
            </>
          ) : tunnel.kind === 'own' ? (
            'Own public address'
          ) : (
            'ngrok tunnel'
          )
        }
        reading={tunnelReading(tunnel)}
        mark={reading.tunnel}
        story={tunnelStory(tunnel, clock)}
        settings="connection"
        segment={part(1)}
      >
        <Truncated text={status.tenantUrl} className={styles.url}>
          {status.tenantUrl.replace(/^https:\/\//, '')}
        </Truncated>
        <CopyButton label="Copy Tenant URL" what="Tenant URL" value={status.tenantUrl} />
      </Station>
      <Station
        name="Endpoint"
        reading={
          status.faultLab !== null ? (
            <Link to="/practice" className={styles.faults}>
              Fault lab on
            </Link>
          ) : status.endpointMedianMs === null ? undefined : (
            `${formatMs(status.endpointMedianMs)} ms`
          )
        }
        mark={reading.endpoint}
        story={endpointStory(status, reading.endpoint === 'failed')}
        settings="token"
        segment={part(2)}
      >
        <TokenFact token={status.token} compact={compact} />
      </Station>
      <Station name="Directory" mark={reading.directory} story={directoryStory(status, reading.directory === 'failed')}>
        {counts.users + counts.groups === 0
          ? 'empty, ready'
          : `${count(counts.users, 'user')}, ${count(counts.groups, 'group')}`}
      </Station>
    </div>
  );
}
