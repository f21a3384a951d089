import type { CallStage, CallSummary, PilotStatus } from '../../src-main/contract/index.ts';
import type { MarkKind } from '../ui/mark.tsx';

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

/** How far the last call got, as far as the status tells: exact while its tick is there (60 s), else null. */
export function stageFromTicks(status: PilotStatus): CallStage | null {
  const last = status.lastCall;
  return status.ticks.findLast((tick) => tick.at === last?.at)?.stage ?? null;
}

function inWords(last: CallSummary | null, refusedAt: 'Endpoint' | 'Directory' | null): string {
  if (last === null) return 'Listening. No call has come yet.';
  if (last.practice) return 'The last call was practice, not from Azure.';
  if (refusedAt !== null) return `The last call was refused at ${refusedAt}.`;
  return 'The last call went through to the directory.';
}

/**
 * @param stage how far the last call got; only asked for when it failed.
 */
export function readSignal(status: PilotStatus, stage: CallStage | null): SignalReading {
  const last = status.lastCall;
  const failed = last?.outcome === 'failed';
  const refusedAt = failed ? (stage === 'directory' ? 'Directory' : 'Endpoint') : null;
  // A practice call proves nothing about Azure or the tunnel; a call on this machine nothing about Azure.
  const local = status.tunnel.kind === 'none';
  const reached: Segment = last !== null && !last.practice ? 'lit' : 'dark';
  return {
    azure: last === null ? 'waiting' : last.practice ? 'practice' : local ? 'waiting' : 'ok',
    tunnel: local || reached === 'dark' ? 'todo' : 'ok',
    endpoint: refusedAt === 'Endpoint' ? 'failed' : 'ok',
    directory: refusedAt === 'Directory' ? 'failed' : 'ok',
    segments: [local ? 'dark' : reached, reached, last !== null && refusedAt !== 'Endpoint' ? 'lit' : 'dark'],
    words: inWords(last, refusedAt),
  };
}
