import type { PilotStatus } from '../../../src-main/contract/index.ts';

/** Which way calls take, and who can read them on it. */
export function wayWords({ tunnel }: PilotStatus): string[] {
  switch (tunnel.kind) {
    case 'ngrok':
      return [
        `Azure calls ${tunnel.publicOrigin ?? 'a public address of ngrok'}. TLS ends at ngrok’s edge: ngrok could read the calls there. From there to this computer they travel through a TLS connection that SCIM Pilot opened.`,
        'Leave ngrok’s “Full capture” in its Traffic Inspector off: it keeps calls with their content at ngrok.',
      ];
    case 'own':
      return [
        `Azure calls ${tunnel.publicOrigin ?? 'an address of your own'}, which you run. TLS ends where your proxy ends it, and whoever runs that can read the calls; between it and this computer they are as safe as you made that way.`,
      ];
    case 'none':
      return [
        'Nobody from outside: there is no tunnel and no public address. Only programs on this computer reach it.',
      ];
  }
}

/** What of the Secret Token rests on this computer. */
export function keptToken({ token: { fixedForRun, sealedBy } }: PilotStatus): string {
  if (fixedForRun) return 'The Secret Token is not stored: SCIM_PILOT_TOKEN brings it at each start.';
  const by = sealedBy === 'safe-storage' ? 'by this account’s keyring' : 'with a key file in the same folder';
  return `The Secret Token is kept as a hash for checking, and sealed for showing, ${by}.`;
}

/** How long the Secret Token works. */
export function tokenWords({ token }: PilotStatus, moment: (at: number) => string): string {
  const until =
    token.expiresAt === null ? 'It works until it is rotated or revoked' : `It works until ${moment(token.expiresAt)}`;
  const older =
    token.overlap.length === 0
      ? 'no older one is accepted'
      : `${token.overlap.length === 1 ? 'an older one is' : `${token.overlap.length} older ones are`} still accepted for a short while`;
  return `${until}; ${older}. It ends in ${token.ending}.`;
}

/** What nobody can do without the Secret Token, path by path as the endpoint answers. */
export const WITHOUT_TOKEN: readonly { what: string; answer: string }[] = [
  { what: 'Users and groups: read, search, create, change, delete, bulk', answer: '401, nothing told' },
  {
    what: 'Schemas, resource types, the service’s configuration',
    answer: '401 as well: discovery needs the token too',
  },
  { what: 'Any other path, this window among them', answer: '404: only SCIM is served there' },
  { what: 'By another host name, or from a web page', answer: '421, or 403' },
  {
    what: 'SCIM Pilot’s own check of its public address',
    answer: 'a random code, once, to a random question of its own; it tells nothing of the data',
  },
];
