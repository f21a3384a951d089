import { z } from 'zod';
import type { TunnelStatus } from '../contract/index.ts';

/** A change of the tunnel as one line of `--json`. */
export type TunnelLine = z.infer<typeof tunnelLineSchema>;

export const tunnelLineSchema = z.object({
  tunnel: z.enum(['off', 'starting', 'up', 'reconnecting', 'down']),
  public: z.string().nullable(),
  /** Whether the public address leads here; absent until it was tried. */
  reachable: z.boolean().optional(),
  /** What went wrong. */
  code: z.string().optional(),
  reason: z.string().optional(),
  cure: z.string().optional(),
  /** Azure called last by this address, which is no longer ours. */
  staleInAzure: z.string().optional(),
});

/** The line for how the tunnel is. */
export function tunnelLine({ state, publicOrigin, reach, problem: failure, stale }: TunnelStatus): TunnelLine {
  const problem = failure ?? reach?.problem ?? null;
  return {
    tunnel: state,
    public: publicOrigin,
    ...(reach === null ? {} : { reachable: reach.ok }),
    ...(problem === null ? {} : { code: problem.code, reason: problem.what, cure: problem.cure }),
    ...(stale === null ? {} : { staleInAzure: stale.seenOrigin }),
  };
}

/** Hands on each status as a line, when it differs from the one before; a tunnel that was never wanted says nothing. */
export function createTunnelTeller(tell: (line: TunnelLine) => void): (status: TunnelStatus) => void {
  let told = JSON.stringify({ tunnel: 'off', public: null });
  return (status) => {
    const line = tunnelLine(status);
    const text = JSON.stringify(line);
    if (text === told) return;
    told = text;
    tell(line);
  };
}

/** The same for people. */
export function tunnelWords(line: TunnelLine): string {
  const why = line.reason === undefined ? '' : ` ${line.reason} ${line.cure ?? ''}`.trimEnd();
  const stale =
    line.staleInAzure === undefined
      ? ''
      : ` Azure still calls ${line.staleInAzure}: replace the Tenant URL there by ${line.public}/scim/v2.`;
  switch (line.tunnel) {
    case 'off':
      return 'Tunnel: off.';
    case 'starting':
      return `Tunnel: starting.${why}`;
    case 'up':
      if (line.reachable === undefined) return `Tunnel: up at ${line.public}, checking that it leads here.${stale}`;
      return line.reachable
        ? `Tunnel: up, and ${line.public} leads here.${stale}`
        : `Tunnel: up, but ${line.public} does not lead here.${why}${stale}`;
    case 'reconnecting':
      return `Tunnel: reconnecting.${why}`;
    case 'down':
      return `Tunnel: down.${why}`;
  }
}
