import type { TunnelStatus } from '../../src-main/contract/index.ts';
import { formatAgo, formatClock } from '../ui/format.ts';
import type { MarkKind } from '../ui/mark.tsx';
import type { Matter } from './matter.ts';

/** The Tunnel's mark. `proven`: the last call came by the public address. */
export function tunnelMark({ state, reach, stale }: TunnelStatus, proven: boolean): MarkKind {
  switch (state) {
    case 'off':
      return 'todo';
    case 'starting':
    case 'reconnecting':
      return 'waiting';
    case 'down':
      return 'failed';
    case 'up':
      if (reach?.ok === false) return 'failed';
      if (stale !== null) return 'odd';
      return proven || reach?.ok === true ? 'ok' : 'todo';
  }
}

/** One or two words beside the Tunnel's name; none where the name says it all. */
export function tunnelReading(tunnel: TunnelStatus): string | undefined {
  if (tunnel.kind === 'none') return undefined;
  if (tunnel.state !== 'up') return tunnel.state;
  if (tunnel.reach?.ok === false) return 'unreachable';
  if (tunnel.stale !== null) return 'other address in Azure';
  return tunnel.reach === null ? 'checking' : undefined;
}

/** What the Tunnel says when pressed: how it is, and what to do where something is wrong. */
export function tunnelStory(tunnel: TunnelStatus, now: number): string {
  const { kind, publicOrigin, stale } = tunnel;
  if (kind === 'none') {
    return 'The endpoint answers on this machine only, so Azure cannot reach it. Settings, Connection gives it a public address.';
  }
  const owner = kind === 'own' ? ', an address that you run' : '';
  const azure =
    stale === null
      ? ''
      : ` Azure still calls ${stale.seenOrigin}/scim/v2: replace it under Provisioning by ${stale.publicOrigin}/scim/v2 and enter the token again.`;
  return `${stateWords(tunnel, now)}${publicOrigin === null ? '' : ` Azure uses ${publicOrigin}${owner}.`}${azure}`;
}

function stateWords({ kind, state, since, reach, problem, nextTryAt }: TunnelStatus, now: number): string {
  const why = problem === null ? '' : ` ${problem.what} ${problem.cure} (${problem.code})`;
  const next =
    nextTryAt === null ? '' : ` The next try comes in ${Math.max(1, Math.ceil((nextTryAt - now) / 1_000))} s.`;
  switch (state) {
    case 'off':
      return 'The tunnel is off, so Azure cannot reach this pilot.';
    case 'starting':
      return `The tunnel is starting.${why}${next}`;
    case 'reconnecting':
      return `The tunnel has been away since ${formatClock(since)} and is coming back.${why}${next}`;
    case 'down':
      return `The tunnel is down.${why}`;
    case 'up':
      if (reach === null) return 'The tunnel is up; whether the address leads here is being checked.';
      if (reach.ok) return `The public address leads here: checked ${formatAgo(reach.at, now)}.`;
      return `${kind === 'own' ? 'The public address' : 'The tunnel is up, but the public address'} does not lead here: ${reach.problem?.what ?? ''} ${reach.problem?.cure ?? ''} (${reach.problem?.code ?? ''}, checked ${formatAgo(reach.at, now)})`;
  }
}

/** What needs attention about the tunnel, the most pressing first; null when nothing does. */
export function tunnelMatter({ kind, state, reach, problem, stale }: TunnelStatus): Matter | null {
  if (kind === 'none') return null;
  const why = (problem ?? reach?.problem ?? null)?.what ?? '';
  switch (state) {
    case 'off':
      return { bad: true, title: 'The tunnel is off', note: 'Azure cannot reach this pilot until it is started.' };
    case 'down':
      return { bad: true, title: 'The tunnel is down', note: why };
    case 'starting':
    case 'reconnecting':
      return problem === null ? null : { bad: false, title: `The tunnel is ${state}`, note: why };
    case 'up':
      if (reach?.ok === false) return { bad: true, title: 'The public address does not lead here', note: why };
      if (stale === null) return null;
      return {
        bad: false,
        title: 'Azure still calls another address',
        note: `${stale.seenOrigin} there, ${stale.publicOrigin} here: replace the Tenant URL in Azure.`,
      };
  }
}
