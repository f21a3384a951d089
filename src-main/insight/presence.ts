import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Away, Clock, Writer } from '../contract/index.ts';
import { readSetting, writeSetting } from '../storage/index.ts';

/** Where it is kept among the settings. */
export const presenceKey = 'presence';
const key = presenceKey;
const memory = z.object({
  /** When the pilot was last known to run, milliseconds since 1970. */
  aliveAt: z.int(),
  azureAt: z.int().nullable(),
});

/** How exactly a kill or a sleep is told afterwards. */
const tickMs = 60_000;
/** A shorter gap is not worth a word: Azure comes about every 40 minutes and tries again by itself. */
const awayMs = 10 * 60_000;

export interface PresenceOptions {
  db: Database.Database;
  writer: Writer;
  clock: Clock;
  /** It just turned out that the pilot was away. */
  onAway(): void;
}

/** When the pilot was there to answer, and when Azure last came. */
export interface Presence {
  /** The newest time the pilot was away for ten minutes or more, until it is dismissed. */
  away(): Away | null;
  dismissAway(): void;
  /** Azure's newest call that was let in, also of earlier runs; milliseconds since 1970. */
  azureAt(): number | null;
  /** Azure called and was let in. */
  azureCalled(at: number): void;
  /** Remembers that it ran until now. The writer must still be open. */
  close(): void;
}

/** A gap shows at the start, when the pilot had been stopped, or at the next tick, when the machine had slept. */
export function createPresence({ db, writer, clock, onAway }: PresenceOptions): Presence {
  const before = readSetting(db, key, memory);
  let azureAt = before?.azureAt ?? null;
  let aliveAt = before?.aliveAt ?? clock.now();
  let away: Away | null = null;

  function beat(why: Away['why']): void {
    const now = clock.now();
    if (now - aliveAt >= awayMs) {
      away = { since: aliveAt, until: now, why };
      onAway();
    }
    aliveAt = now;
    writer.append(() => writeSetting(db, key, { aliveAt, azureAt }));
  }

  beat('stopped');
  const timer = setInterval(() => beat('asleep'), tickMs).unref();
  return {
    away: () => away,
    dismissAway() {
      away = null;
    },
    azureAt: () => azureAt,
    azureCalled(at) {
      azureAt = at;
    },
    close() {
      clearInterval(timer);
      beat('asleep');
    },
  };
}
