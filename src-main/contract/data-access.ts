import type { CallRetention } from './calls.ts';
import type { ResourceType } from './resources.ts';

/** An attribute of which values are held, and of how many records; practice aside. */
export interface HeldAttribute {
  resourceType: ResourceType;
  /** In Entra's spelling: `emails[type eq "work"].value`. Elements without a type are told by the attribute alone. */
  path: string;
  records: number;
}

/** How many records of a type are held; practice is counted apart. */
export interface HeldRecords {
  /** With those archived or deleted. */
  records: number;
  /** Of them, deleted by Azure or by hand and still readable here. */
  deleted: number;
  /** Invented by practice, beside `records`. */
  practice: number;
}

/** What the directory holds, for a security review. */
export interface Held {
  users: HeldRecords;
  groups: HeldRecords;
  /** Most records first. */
  attributes: HeldAttribute[];
}

/** Calls that came from one address, as far as they are kept; practice aside. */
export interface CallSource {
  /** As the tunnel or proxy told it when the call came by the public host, else the socket's. */
  address: string;
  via: 'public' | 'local';
  calls: number;
  /** Of them, refused for their token. */
  refused: number;
  /** Milliseconds since 1970. */
  lastAt: number;
}

/** Everything the page "Data and access" states, besides the status. */
export interface DataAccess {
  /** When it was read, milliseconds since 1970. */
  at: number;
  held: Held;
  sources: {
    /** Most calls first; at most 100. */
    addresses: CallSource[];
    /** How many addresses there are in all. */
    all: number;
    /** The oldest call that is kept, milliseconds since 1970; null without one. */
    since: number | null;
  };
  storage: {
    /** Absolute path. */
    folder: string;
    kept: CallRetention;
    /** Copies of the database below `folder`. */
    backups: { name: string; bytes: number; at: number }[];
  };
}
