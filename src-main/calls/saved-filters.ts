import type Database from 'better-sqlite3';
import { z } from 'zod';
import { RequestError } from '../contract/catalogue/errors.ts';
import type { SavedFilter, Writer } from '../contract/index.ts';
import { parseQuery } from '../contract/query/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';

/** Where they are kept among the settings: a filter may name a person. */
export const savedFiltersKey = 'calls.filters';
const schema = z.array(z.object({ name: z.string(), query: z.string() }));
const most = 100;

/** Filters of the feed that the admin gave a name, in the order of their names. */
export interface SavedFilters {
  list(): SavedFilter[];
  /** One of the same name is replaced. Refused with a `RequestError`. */
  save(filter: SavedFilter): Promise<void>;
  /** Nothing happens when there is none of that name. */
  forget(name: string): Promise<void>;
}

export function createSavedFilters(db: Database.Database, writer: Writer): SavedFilters {
  let filters: SavedFilter[] = readSetting(db, savedFiltersKey, schema) ?? [];

  async function write(next: SavedFilter[]): Promise<void> {
    await writer.submit(
      () =>
        writeSetting(
          db,
          savedFiltersKey,
          next.map(({ name, query }) => ({ name, query })),
        ),
      unwrapped,
    );
    filters = next;
  }

  return {
    list: () => filters,
    async save({ name: typed, query }) {
      const name = typed.trim();
      if (name === '') throw new RequestError('invalid', 'Give the filter a name.');
      const read = parseQuery(query);
      if (!read.ok) throw new RequestError('invalid', read.problem.message);
      const others = filters.filter((filter) => filter.name !== name);
      if (others.length >= most) throw new RequestError('invalid', `${most} filters are saved: delete one first.`);
      await write([...others, { name, query }].toSorted((a, b) => a.name.localeCompare(b.name, 'en')));
    },
    forget: (name) => write(filters.filter((filter) => filter.name !== name)),
  };
}
