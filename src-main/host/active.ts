import { RequestError } from '../contract/catalogue/errors.ts';
import type { Clock, Log, PilotTrouble } from '../contract/index.ts';
import type { Pilot } from '../pilot.ts';
import { troubleWords } from './refusals.ts';

/** A pilot that is open, until `closed` fires. */
export interface Opening {
  id: string;
  pilot: Pilot;
  /** Counts the openings of this process: two of one pilot may hold different data. */
  number: number;
  closed: AbortSignal;
}

/** The one pilot that is open, and how it gives way to another. */
export interface ActivePilot {
  /** The opening in force; while there is none, the next one. */
  now(): Promise<Opening>;
  /**
   * Why none is open, once a try has failed; null while one is open. `change`: resolves when one is opened, or there is other
   * trouble.
   */
  trouble(): { now: PilotTrouble | null; change: Promise<void> };
  /** Null between two openings. */
  readonly current: Opening | null;
  /** Which one is open, or will be again. */
  readonly id: string;
  /** The endpoint's port of the newest opening: Azure, or a tunnel of the admin's own, knows it. */
  readonly port: number;
  /**
   * Closes the open pilot, does `between` while no file of it is in use, and opens `id`. When either fails, what was open is
   * opened again and the error thrown.
   */
  replace(id: string, port: PortWish, between?: () => Promise<void> | void): Promise<void>;
  /** All of it ends: what can't be opened is tried no more, and whoever waits for it is refused. `close` comes next. */
  giveUp(): void;
  close(): Promise<void>;
}

export type PortWish = { number: number; explicit: boolean };

export interface ActiveOptions {
  open(id: string, port: PortWish): Promise<Pilot>;
  /** Another opening is in force. */
  onOpened(opening: Opening): void;
  clock: Clock;
  log: Log;
}

/** After a pilot could be opened no more (the disk is full): how long until it is tried again. */
const retryMs = 5_000;

/** Opens `id`. Throws `StartError` when that fails. */
export async function openActive(id: string, port: PortWish, options: ActiveOptions): Promise<ActivePilot> {
  const { open, onOpened, clock, log } = options;
  let number = 0;
  let retry: NodeJS.Timeout | undefined;
  /** The try to open again that is under way. */
  let trying: Promise<void> = Promise.resolve();
  let closing = false;
  let trouble: PilotTrouble | null = null;
  let changed = Promise.withResolvers<void>();
  let waiting = Promise.withResolvers<Opening>();
  let current: (Opening & { abort: AbortController }) | null = null;
  let wanted = id;
  let lastPort = port.number;

  function tellTrouble(next: PilotTrouble | null): void {
    trouble = next;
    changed.resolve();
    changed = Promise.withResolvers();
  }

  async function begin(next: string, wish: PortWish): Promise<void> {
    const pilot = await open(next, wish);
    number += 1;
    const abort = new AbortController();
    current = { id: next, pilot, number, closed: abort.signal, abort };
    wanted = next;
    lastPort = pilot.scim.port;
    waiting.resolve(current);
    tellTrouble(null);
    onOpened(current);
  }

  async function end(): Promise<void> {
    clearTimeout(retry);
    // Its pilot is closed, or its next try put off: two must not be open at once.
    await trying;
    clearTimeout(retry);
    const ending = current;
    if (ending === null) return;
    waiting = Promise.withResolvers();
    current = null;
    ending.abort.abort();
    await ending.pilot.close();
  }

  /** What was open is tried until it opens: Azure's calls must not meet a closed door for good. */
  async function again(back: string, wish: PortWish): Promise<void> {
    if (closing) return giveUp();
    try {
      await begin(back, wish);
    } catch (error) {
      log.error('The pilot could not be opened again; this is tried every few seconds.', { error });
      tellTrouble({ id: back, words: troubleWords(error), since: trouble?.since ?? clock.now() });
      retry = setTimeout(() => {
        trying = again(back, wish);
      }, retryMs);
    }
  }

  function giveUp(): void {
    closing = true;
    clearTimeout(retry);
    if (current !== null) return;
    // Perhaps nobody waits.
    waiting.promise.catch(() => {});
    waiting.reject(new RequestError('invalid', 'SCIM Pilot is closing.'));
  }

  await begin(id, port);
  return {
    now: () => (current === null ? waiting.promise : Promise.resolve(current)),
    trouble: () => ({ now: trouble, change: changed.promise }),
    get current() {
      return current;
    },
    get id() {
      return wanted;
    },
    get port() {
      return lastPort;
    },
    async replace(next, wish, between) {
      const back = wanted;
      await end();
      const same = { number: lastPort, explicit: false };
      try {
        await between?.();
        await begin(next, wish);
      } catch (error) {
        await again(back, same);
        throw error;
      }
    },
    giveUp,
    async close() {
      closing = true;
      await end();
    },
  };
}
