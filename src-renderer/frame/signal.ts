import type { PilotStatus } from '../../src-main/contract/index.ts';
import type { MarkKind } from '../ui/mark.tsx';
import { tunnelMark } from './tunnel.ts';

/** The line between two stations: `lit` proven by a call, `dark` nothing has come that way. */
export type Segment = 'lit' | 'dark';

/** The signal line, read from the status and nothing else. */
export interface SignalReading {
  azure: MarkKind;
  tunnel: MarkKind;
  endpoint: MarkKind;
  directory: MarkKind;
  /** Azure to Tunnel, Tunnel to Endpoint, Endpoint to Directory. */
  segments: [Segment, Segment, Segment];
  /** The whole line in words. */
  words: string;
}

function inWords(status: PilotStatus, refusedAt: 'Endpoint' | 'Directory' | null): string {
  const last = status.lastCall;
  if (status.tunnel.state === 'down') return 'The tunnel is down.';
  if (status.tunnel.reach?.ok === false) return 'The public address does not lead here.';
  if (last === null) return 'Listening. No call has come yet.';
  if (last.practice) return 'The last call was practice, not from Azure.';
  if (refusedAt !== null) return `The last call was refused at ${refusedAt}.`;
  return 'The last call went through to the directory.';
}

export function readSignal(status: PilotStatus): SignalReading {
  const last = status.lastCall;
  const failed = last?.outcome === 'failed';
  const refusedAt = failed ? (last.stage === 'directory' ? 'Directory' : 'Endpoint') : null;
  // A practice call proves nothing about Azure or the tunnel; neither does a call that did not come by the public address.
  const reached: Segment = last !== null && !last.practice ? 'lit' : 'dark';
  const fromOutside: Segment = last?.via === 'public' ? reached : 'dark';
  return {
    azure: last === null ? 'waiting' : last.practice ? 'practice' : fromOutside === 'lit' ? 'ok' : 'waiting',
    tunnel: tunnelMark(status.tunnel, fromOutside === 'lit'),
    endpoint: refusedAt === 'Endpoint' ? 'failed' : 'ok',
    directory: refusedAt === 'Directory' ? 'failed' : 'ok',
    segments: [fromOutside, reached, last !== null && refusedAt !== 'Endpoint' ? 'lit' : 'dark'],
    words: inWords(status, refusedAt),
  };
}
