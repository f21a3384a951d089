import type { SecretStore } from './ports.ts';

/** Why a token that was once this pilot's is refused now. */
export type TokenEnd = 'replaced' | 'revoked' | 'expired';

/** What a refused token was: one that ended, a JWT that Entra issued itself (Secret Token left blank), or none of ours. */
export type RefusedKind = TokenEnd | 'entra' | 'other';

/** Calls of the last hour that were refused for the same token. */
export interface RefusedToken {
  kind: RefusedKind;
  /** Its last characters; null when none are shown. */
  ending: string | null;
  calls: number;
  /** The newest of them, milliseconds since 1970. */
  lastAt: number;
  /** Whether they came by the public address, as Azure's do. */
  via: 'public' | 'local';
}

/** How it stands with the Secret Token; never the token itself. */
export interface TokenStatus {
  /** Last four characters. */
  ending: string;
  /** True when SCIM_PILOT_TOKEN fixed it for this run: it can't be rotated, revoked or given an expiry here. */
  fixedForRun: boolean;
  /** What seals the token of this host's making, for showing it: a key file in the data folder, or the system's keyring. */
  sealedBy: SecretStore['kind'];
  /** False when another host (desktop, headless) sealed it: it is still accepted, but can't be shown here. */
  shows: boolean;
  /** Days a token is valid from when that was set, and each later one from when it is made; null: for ever. */
  validDays: number | null;
  /** Refused from then on, milliseconds since 1970; null: never. */
  expiresAt: number | null;
  /** Older tokens that are still accepted, newest first, and until when at the latest. */
  overlap: { ending: string; until: number }[];
  /** Azure has tested the connection with the newest token, and does not work with it yet: it may not be saved there. */
  azureTested: boolean;
  /** The token of Azure's newest call that worked on users or groups; null before the first. */
  azureUses: { ending: string; newest: boolean } | null;
  /** What was refused in the last hour, newest first; at most 20. */
  refused: RefusedToken[];
}
