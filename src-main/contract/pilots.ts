/** What a pilot's file tells of it. */
export interface PilotFacts {
  name: string;
  /** Users and groups that SCIM sees. */
  users: number;
  groups: number;
  /** Kept as deleted. */
  deleted: number;
  calls: number;
  /** Milliseconds since 1970; null before the first. */
  lastCallAt: number | null;
}

/** One of the pilots of a data folder. */
export interface PilotEntry extends PilotFacts {
  id: string;
  /** This is the one that is open. */
  open: boolean;
  /** Its file can't be read: its facts are empty. */
  unreadable: boolean;
  /** Size of its database, bytes. */
  bytes: number;
  /** The public origin it is set to; null when it has none. */
  origin: string | null;
  /** Another pilot that Azure has called by the same origin: while this one is open, that job meets the wrong token. */
  sharesWith: string | null;
}

/** Why no pilot is open: the one that was could not be opened again. It is tried on. */
export interface PilotTrouble {
  /** The pilot that is tried. */
  id: string;
  /** What is wrong and what to do, a sentence or two. */
  words: string;
  /** Since when none is open, milliseconds since 1970. */
  since: number;
}

/** What a file that was handed in holds, before anything is done with it. */
export interface FileFacts extends PilotFacts {
  /** Records that Azure knows by id and that this file, restored, would not hold. */
  forgotten: number;
}

/** A copy of a pilot in its folder. */
export interface BackupFile {
  name: string;
  bytes: number;
  /** Milliseconds since 1970. */
  at: number;
  /** Made by the admin; else before an update changed the database. */
  own: boolean;
}

/** Where the open pilot lies, and its copies. */
export interface PilotData {
  /** Where all pilots lie. */
  dataDir: string;
  /** The pilot's own folder. */
  folder: string;
  backups: BackupFile[];
}

/** What an erasure would take. */
export interface Erasable {
  users: number;
  groups: number;
  /** Kept as deleted. */
  deleted: number;
  calls: number;
  /** Records here that Azure knows by id. */
  known: number;
}

/** How far a copy has got. */
export interface CopyProgress {
  /** From 0 to 1. */
  done: number;
}

/** A file that waits to be fetched by its address. */
export interface ReadyFile {
  ticket: string;
  name: string;
}

/** How the window looks, on every screen and in every pilot. */
export interface Appearance {
  theme: 'system' | 'light' | 'dark';
  density: 'normal' | 'compact';
  /** The labels of Microsoft's portal that the guide begins with. */
  labels: 'today' | 'older';
  /** Larger type, and no secret is shown. */
  presenter: boolean;
}

/** The ports in force. */
export interface Ports {
  scim: {
    port: number;
    /** As Settings want it; null: the default. */
    wanted: number | null;
    /** --port decides in this run. */
    fixedByStart: boolean;
    /** The port that was taken, so that another is used. */
    movedFrom: number | null;
  };
  /** Null on the desktop, where the window has none. */
  window: { port: number; wanted: number | null; fixedByStart: boolean } | null;
}
