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
  readonly kind: string;
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
