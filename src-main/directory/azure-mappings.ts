import type Database from 'better-sqlite3';
import { z } from 'zod';
import { defaultGroupMappings, defaultUserMappings } from '../contract/catalogue/default-mappings.ts';
import type { AzureMappings, Clock, Writer } from '../contract/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';

const key = 'directory.azureMappings';
const mapping = z.object({
  source: z.string(),
  expression: z.string().nullable(),
  target: z.string(),
  matching: z.int().nullable(),
  reference: z.boolean(),
});
const stored = z
  .object({ readAt: z.number(), mappings: z.object({ User: z.array(mapping), Group: z.array(mapping) }) })
  .nullable();

const defaults: AzureMappings = { User: defaultUserMappings, Group: defaultGroupMappings };

/** The mappings that Azure is known to have: the default ones, until an exported schema was read. */
export interface MappingsInForce {
  mappings: AzureMappings;
  /** When the schema was read, milliseconds since 1970; null: they are the default ones. */
  readAt: number | null;
}

export const readAzureMappings = (db: Database.Database): MappingsInForce =>
  readSetting(db, key, stored) ?? { mappings: defaults, readAt: null };

/** Keeps the mappings in place of those known before; null: the default ones again. */
export async function keepAzureMappings(
  { db, writer, clock }: { db: Database.Database; writer: Writer; clock: Clock },
  mappings: AzureMappings | null,
): Promise<void> {
  const value = mappings === null ? null : stored.parse({ readAt: clock.now(), mappings });
  await writer.submit(() => writeSetting(db, key, value), unwrapped);
}
