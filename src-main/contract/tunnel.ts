import type { TunnelProblem } from './catalogue/tunnel.ts';

/** How Azure reaches us. `none`: local only. `own`: a public address the admin runs. `ngrok`: a tunnel that we run. */
export type TunnelKind = 'none' | 'own' | 'ngrok';

/** Which tunnel to use. `publicOrigin`: e.g. `https://pilot.example`. */
export type TunnelChoice = { kind: 'none' } | { kind: 'own'; publicOrigin: string } | { kind: 'ngrok' };

/** What the command line and the environment say about the tunnel; it holds for this run and wins over Settings. */
export interface TunnelRequest {
  /** Null: as Settings say. */
  choice: TunnelChoice | null;
  ngrok: {
    /** From NGROK_AUTHTOKEN; never stored. */
    authtoken: string | null;
    /** HOST:PORT of an agent ingress of the admin's own. */
    server: string | null;
    /** The authority that signed that ingress' certificate, PEM text. */
    ca: string | null;
  };
}

/**
 * `off`: none wanted. `starting`: not up since it was started. `up`: the session stands (whether the address leads here is
 * `reach`). `reconnecting`: it was up and is being brought up again. `down`: given up, `problem` says why and what to do.
 */
export type TunnelState = 'off' | 'starting' | 'up' | 'reconnecting' | 'down';

/** Whether our own public address led to us when it was last tried. */
export interface TunnelReach {
  ok: boolean;
  /** Milliseconds since 1970. */
  at: number;
  /** Why not; null when it did. */
  problem: TunnelProblem | null;
}

/** How the tunnel is, for the window and the `--json` lines. */
export interface TunnelStatus {
  kind: TunnelKind;
  state: TunnelState;
  /** Since when it is in this state, milliseconds since 1970. */
  since: number;
  /** Public origin, e.g. `https://pilot.example`; the one it had last while it is being brought up. Null when there is none. */
  publicOrigin: string | null;
  /** The newest proof or failed check of the session that is up; null before the first. */
  reach: TunnelReach | null;
  /** What went wrong last, while it is not up. */
  problem: TunnelProblem | null;
  /** When the next try is due, milliseconds since 1970; null while none is waiting. */
  nextTryAt: number | null;
  /** Azure last called by another address than the one we have now: the Tenant URL there must be replaced. */
  stale: { seenOrigin: string; publicOrigin: string } | null;
}

/** The tunnel's settings as the window shows them; no secret in it. */
export interface TunnelSettings {
  /** What is stored. */
  kind: TunnelKind;
  /** Whether the tunnel is started together with the pilot. */
  startWithApp: boolean;
  ownOrigin: string | null;
  ngrok: {
    /** Empty: the account's own development domain. */
    domain: string | null;
    server: string | null;
    ca: string | null;
    /** Null when there is none. `readable`: false when another host sealed it (desktop, headless). */
    authtoken: { ending: string; from: 'settings' | 'environment'; readable: boolean } | null;
  };
  /** What the command line or the environment decides for this run, whatever is stored. */
  fixedByStart: ('tunnel' | 'authtoken' | 'server' | 'ca')[];
}

/** What the admin may change, all at once; an authtoken goes beside it, since it is never read back. */
export interface TunnelSettingsChange {
  kind: TunnelKind;
  startWithApp: boolean;
  ownOrigin: string | null;
  domain: string | null;
  server: string | null;
  ca: string | null;
}

/** What the free plan counts: our own count of this month's calls by the public address, as far as they are stored. */
export interface TunnelUsage {
  /** Start of the month (UTC), milliseconds since 1970. */
  since: number;
  calls: number;
}
