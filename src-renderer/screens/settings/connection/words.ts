import type { TunnelKind, TunnelStatus } from '../../../../src-main/contract/index.ts';
import { formatAgo, formatClock } from '../../../ui/format.ts';

/** What the panel says first. */
export function headlineOf({ kind, state, reach }: TunnelStatus): string {
  if (kind === 'none') return 'Local only';
  switch (state) {
    case 'off':
      return 'Off';
    case 'starting':
      return 'Starting';
    case 'reconnecting':
      return 'Reconnecting';
    case 'down':
      return 'Down';
    case 'up':
      if (reach === null) return 'Up, trying the address';
      return reach.ok ? 'Up and reachable' : 'Up, but unreachable';
  }
}

/** The line below it: since when, checked when, and what comes next. */
export function detailOf({ kind, state, since, reach, nextTryAt }: TunnelStatus, now: number): string {
  if (kind === 'none') return 'Calls from this machine are answered; Azure cannot reach it.';
  const next = nextTryAt === null ? 'Trying now.' : `Next try in ${secondsTo(nextTryAt, now)} s.`;
  switch (state) {
    case 'off':
      return 'Azure cannot reach this pilot until the tunnel is started.';
    case 'starting':
      return nextTryAt === null ? 'A moment: an attempt takes at most half a minute.' : `Not up yet. ${next}`;
    case 'reconnecting':
      return `Away since ${formatClock(since)}. ${next}`;
    case 'down':
      return `Down since ${formatClock(since)}. SCIM Pilot does not try again by itself: this has to be put right first.`;
    case 'up':
      if (reach === null) return 'A call to our own public address is under way.';
      return `${reach.ok ? 'The public address leads here' : 'The public address does not lead here'}, checked ${formatAgo(reach.at, now)}.`;
  }
}

function secondsTo(at: number, now: number): number {
  return Math.max(1, Math.ceil((at - now) / 1_000));
}

export const KIND_NAMES: Record<TunnelKind, string> = {
  ngrok: 'ngrok tunnel',
  own: 'A public address of your own',
  none: 'This machine only',
};
