import type { TunnelProvider, TunnelSession } from '../provider.ts';
import { openDoor } from './door.ts';
import { type NgrokOptions, openSession } from './session.ts';

export type { NgrokOptions } from './session.ts';

/** A tunnel by ngrok's SDK, in a process of its own for each session. */
export function createNgrokProvider(options: NgrokOptions): TunnelProvider {
  return {
    kind: 'ngrok',
    open: (localPort, signal) => openWithDoor(options, localPort, signal),
    checkEvery,
  };
}

async function openWithDoor(options: NgrokOptions, localPort: number, signal: AbortSignal): Promise<TunnelSession> {
  const door = await openDoor(localPort, options.accept);
  try {
    const session = await openSession(options, door.address, signal);
    const close = () => session.close().finally(door.close);
    return { ...session, close };
  } catch (error) {
    door.close();
    throw error;
  }
}

/**
 * Whether ngrok takes the authtoken: a session without an endpoint is opened and ended. Rejects with `TunnelFailure`, or the
 * signal's reason.
 */
export async function checkNgrokAuthtoken(options: NgrokOptions, signal: AbortSignal): Promise<void> {
  const session = await openSession(options, null, signal);
  await session.close();
}

const minute = 60_000;

/**
 * Each check is one of the 20,000 requests that the free plan has in a month; every 30 s, around the clock, would be 86,400.
 * So often only at first; later heartbeats and Azure's own calls tell as much.
 */
function checkEvery(upForMs: number): number {
  return upForMs < 5 * minute ? 30_000 : 10 * minute;
}
