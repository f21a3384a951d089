import { StartError } from '../contract/catalogue/errors.ts';
import type { TunnelStatus } from '../contract/index.ts';

/**
 * Checks how the pilot is to be reached: not at all from outside, or by a public address the admin runs. That one must be
 * a bare origin, https (Azure calls nothing else), or http on this machine for trying things out. Throws `StartError` 'flag'.
 */
export function checkTunnel(tunnel: TunnelStatus): TunnelStatus {
  if (tunnel.kind === 'none') return { kind: 'none', publicOrigin: null };
  const given = tunnel.publicOrigin ?? '';
  const url = URL.parse(given);
  const usable = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  const bare = url !== null && url.href === `${url.origin}/`;
  if (usable && bare) return { kind: 'own', publicOrigin: url.origin };
  throw new StartError(
    'flag',
    `The public address ${JSON.stringify(given)} can't be used.`,
    'Give an https address without a path, for example: --tunnel https://own.example.',
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}
