import type Database from 'better-sqlite3';
import type { Actor, Clock, ResourceType, Writer } from '../contract/index.ts';
import { prepared } from './statements.ts';

/** An attribute nobody defined, as it was last sent. */
export interface SeenUnmapped {
  resourceType: ResourceType;
  path: string;
  lastCall: string | null;
  lastAt: number | null;
}

/** The attributes that came and have no field. */
export interface UnmappedPaths {
  /** Notes the paths of one write. Call it inside the writer's transaction, and only when there are any. */
  note(type: ResourceType, paths: readonly string[], actor: Actor): void;
  /** Notes an attribute that no call sent lately: a field that was retired. Inside the writer's transaction. */
  add(type: ResourceType, path: string): void;
  list(): SeenUnmapped[];
}

/** Paths kept: a sender that makes up a new one with each call must not fill the store. */
const mostPaths = 1_000;
/** How old the stored time of a path may get before a new call of it is stored, milliseconds; memory knows the newest. */
const storeEveryMs = 60_000;

/**
 * Known paths are kept in memory, so that a write whose paths were all seen within the last minute costs a look-up for each and
 * no statement.
 */
export function createUnmappedPaths(db: Database.Database, writer: Writer, clock: Clock): UnmappedPaths {
  const seen = new Map<string, SeenUnmapped & { storedAt: number }>();
  const rows = db
    .prepare(
      'SELECT resource_type AS resourceType, path, last_call AS lastCall, last_at AS lastAt FROM unmapped_attributes',
    )
    .all() as SeenUnmapped[];
  for (const row of rows) seen.set(keyOf(row.resourceType, row.path), { ...row, storedAt: row.lastAt ?? 0 });

  // What was stored may be gone with what was rolled back.
  writer.onUndone(() => {
    for (const one of seen.values()) one.storedAt = Number.NEGATIVE_INFINITY;
  });

  function store({ resourceType, path, lastCall, lastAt }: SeenUnmapped): void {
    prepared(
      db,
      `INSERT INTO unmapped_attributes (resource_type, path, last_call, last_at) VALUES (?, ?, ?, ?)
        ON CONFLICT (resource_type, path) DO UPDATE SET last_call = excluded.last_call, last_at = excluded.last_at`,
    ).run(resourceType, path, lastCall, lastAt);
  }

  return {
    note(type, paths, actor) {
      if (actor.trial) return;
      const now = clock.now();
      for (const path of paths) {
        const key = keyOf(type, path);
        let known = seen.get(key);
        if (known === undefined) {
          if (seen.size >= mostPaths) continue;
          known = { resourceType: type, path, lastCall: null, lastAt: null, storedAt: Number.NEGATIVE_INFINITY };
          seen.set(key, known);
        }
        known.lastCall = actor.call?.code ?? null;
        known.lastAt = now;
        if (now - known.storedAt < storeEveryMs) continue;
        known.storedAt = now;
        store(known);
      }
    },
    add(resourceType, path) {
      const key = keyOf(resourceType, path);
      const known = seen.get(key) ?? {
        resourceType,
        path,
        lastCall: null,
        lastAt: null,
        storedAt: Number.NEGATIVE_INFINITY,
      };
      seen.set(key, known);
      if (known.storedAt > Number.NEGATIVE_INFINITY) return;
      known.storedAt = 0;
      store(known);
    },
    list: () => [...seen.values()].map(({ storedAt: _, ...one }) => one),
  };
}

function keyOf(type: ResourceType, path: string): string {
  return `${type} ${path}`;
}
