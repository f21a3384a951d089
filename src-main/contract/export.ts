import type { CallDetail } from './calls.ts';

/** What a pilot runs on, for whoever looks at its troubles elsewhere. */
export interface Versions {
  /** Of SCIM Pilot. */
  app: string;
  node: string;
  /** Null where no Electron hosts it. */
  electron: string | null;
  sqlite: string;
  /** `linux x64`. */
  platform: string;
}

/** Calls with everything about them, in the order asked for; those that are no longer stored are left out. */
export type ExportedCalls = CallDetail[];
