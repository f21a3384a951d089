import type { Clock, Log, SecretStore, TunnelStatus } from './contract/index.ts';
import type { PilotApi } from './api/context.ts';

/** What a host hands to a pilot. */
export interface PilotOptions {
  /** Folder that holds `pilots/<id>/`; created when missing, 0700. */
  dataDir: string;
  /** Port of the SCIM listener on 127.0.0.1; `explicit` when the admin named it (then a taken port ends the start, else a free one is chosen). 0: any free. */
  port: { number: number; explicit: boolean };
  /** The public origin when the admin runs a tunnel or proxy of their own. */
  tunnel: TunnelStatus;
  /** A token fixed for this run (SCIM_PILOT_TOKEN): used instead of the stored one and never stored. */
  token: string | null;
  secrets: SecretStore;
  clock: Clock;
  log: Log;
}

/** A pilot that serves. */
export interface Pilot {
  /** The SCIM listener: `url` ends in `/scim/v2`. `movedFrom`: the default port that was taken, else null. */
  scim: { url: string; port: number; movedFrom: number | null };
  /** The Tenant URL to paste: public when there is a tunnel. */
  tenantUrl: string;
  api: PilotApi;
  /** Finish running requests, write what waits, close the database. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens (or creates) the pilot in `dataDir` and starts to serve. Throws `StartError`. */
export declare function createPilot(options: PilotOptions): Promise<Pilot>;
