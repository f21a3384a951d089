/**
 * Interfaces that cross rooms sideways. `pilot.ts` wires the implementations together; nothing here knows of node or electron.
 */

/** Time, injected so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970 (wall clock), a whole number. */
  now(): number;
  /** Milliseconds from an arbitrary start, never going back; for durations. */
  monotonic(): number;
}

/** Seals secrets at rest: a key file when headless, the operating system's store on the desktop. */
export interface SecretStore {
  /** Names the mechanism, stored beside a sealed secret so that another host can tell it can't open it. */
  readonly kind: 'key-file' | 'safe-storage';
  /** Encrypts `plain`; the result is printable text. */
  seal(plain: string): Promise<string>;
  /** Decrypts what `seal` gave; null when this host can't (sealed by another host, or damaged). */
  open(sealed: string): Promise<string | null>;
}

/** A leveled log. Messages are for admins and must never hold a secret. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** Runs a program of ours in a process of its own: `fork` when headless, Electron's `utilityProcess` on the desktop. */
export interface WorkerHost {
  /**
   * Starts the program at `entry`, a file URL. Its environment holds none of our secrets, it prints nothing, and it ends
   * with us at the latest.
   */
  start(entry: URL, name: string): WorkerProcess;
}

/** A program that `WorkerHost` started. */
export interface WorkerProcess {
  /** Sends plain data; lost without a word when the process has ended. */
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, also when it could not be started. */
  onExit(listener: () => void): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}
