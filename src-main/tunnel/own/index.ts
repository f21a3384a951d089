import { StartError } from '../../contract/catalogue/errors.ts';
import type { TunnelRequest } from '../../contract/index.ts';
import { readOrigin } from '../origin.ts';
import type { TunnelProvider } from '../provider.ts';

const checkEveryMs = 30_000;

/** A public address that the admin runs (reverse proxy, dev tunnel, Cloudflare): nothing to open, only to check. */
export function createOwnProvider(origin: string): TunnelProvider {
  return {
    kind: 'own',
    async open() {
      return { url: origin, stable: true, lost: new Promise(() => {}), lastSign: () => null, async close() {} };
    },
    checkEvery: () => checkEveryMs,
  };
}

/** The request with its public address as a bare origin. Throws `StartError` 'flag' for one that Azure could not use. */
export function checkRequest(request: TunnelRequest): TunnelRequest {
  const { choice } = request;
  if (choice?.kind !== 'own') return request;
  const publicOrigin = readOrigin(choice.publicOrigin);
  if (publicOrigin !== null) return { ...request, choice: { kind: 'own', publicOrigin } };
  throw new StartError(
    'flag',
    `The public address ${JSON.stringify(choice.publicOrigin)} can't be used.`,
    'Give an https address without a path, for example: --tunnel https://own.example.',
  );
}
