import type Database from 'better-sqlite3';
import type { AzureEntry, AzureImport, AzureProperty, AzureStep, Writer } from '../../contract/index.ts';
import { bareEntry, type LogItem } from '../logs/index.ts';
import { columnsOf, type EntryColumns, toldBySteps } from './columns.ts';

/** Entries deleted in one group. */
const deletedAtOnce = 1_000;

/** What became of items that were stored. */
export interface Stored {
  entries: EntryColumns[];
  duplicates: number;
}

/** How a match is stored. */
export interface StoredMatch {
  row: number;
  /** Null: the entry has no call, and why. */
  main: { seq: number; certainty: string; apartMs: number } | null;
  missing: string | null;
  matches: { seq: number; main: boolean; certainty: string; score: number; reasons: string[] }[];
}

/** Imported logs in the pilot's database. What writes goes beside the provisioning calls, in small steps. */
export interface LogStore {
  imports(): AzureImport[];
  create(draft: Omit<AzureImport, 'id'>): Promise<AzureImport>;
  save(log: AzureImport): Promise<void>;
  /** Stores what was read. `save` is stored with it, once it is known what became of the items. */
  add(id: number, items: readonly LogItem[], save: (stored: Stored) => AzureImport): Promise<void>;
  /** Puts waiting steps and properties to their entries, some at a time. Gives the entries made of parts alone; null at the end. */
  join(id: number): Promise<EntryColumns[] | null>;
  /** Parts that wait. */
  waiting(id: number): number;
  match(id: number, matches: readonly StoredMatch[]): Promise<void>;
  /** Marks the unmatched entries of other jobs than these, some at a time. */
  markForeign(id: number, jobs: readonly string[]): Promise<void>;
  /** Takes all matches back, some at a time. */
  unmatch(id: number): Promise<void>;
  /** Gone at once for whoever asks; the rest goes in steps. */
  delete(id: number): Promise<void>;
  /** Deletes what belongs to no import any more. */
  tidy(): Promise<void>;
}

export function createLogStore(db: Database.Database, writer: Writer): LogStore {
  const selectImports = db.prepare<[], { id: number; json: string }>(
    'SELECT id, json FROM azure_imports ORDER BY id DESC',
  );
  const insertImport = db.prepare<[string]>('INSERT INTO azure_imports (json) VALUES (?)');
  const updateImport = db.prepare<[string, number]>('UPDATE azure_imports SET json = ? WHERE id = ?');
  const insertEntry = db.prepare<(string | number | null)[]>(
    `INSERT INTO azure_entries (import, at, entry_id, change_id, cycle_id, job_id, action, status, code, skip, reason,
      cause, person, name, type, duration_ms, search, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const updateEntry = db.prepare<(string | number | null)[]>(
    `UPDATE azure_entries SET action = ?, status = ?, skip = ?, reason = ?, cause = ?, name = ?, search = ?, json = ?
      WHERE row = ?`,
  );
  const insertPart = db.prepare<[number, string, string, string]>(
    'INSERT INTO azure_parts (import, change_id, kind, json) VALUES (?, ?, ?, ?)',
  );
  const nextChanges = db
    .prepare<[number, number], string>(
      'SELECT DISTINCT change_id FROM azure_parts WHERE import = ? ORDER BY change_id LIMIT ?',
    )
    .pluck();
  const partsOf = db.prepare<[number, string], { kind: string; json: string }>(
    'SELECT kind, json FROM azure_parts WHERE import = ? AND change_id = ? ORDER BY row',
  );
  const deleteParts = db.prepare<[number, string]>('DELETE FROM azure_parts WHERE import = ? AND change_id = ?');
  const countParts = db.prepare<[number], number>('SELECT count(*) FROM azure_parts WHERE import = ?').pluck();
  const entriesOf = db.prepare<[number, string], { row: number; json: string }>(
    'SELECT row, json FROM azure_entries WHERE import = ? AND change_id = ?',
  );
  const setMatch = db.prepare<[number | null, string | null, number | null, string | null, number]>(
    'UPDATE azure_entries SET call_seq = ?, certainty = ?, apart_ms = ?, missing = ? WHERE row = ?',
  );
  const insertMatch = db.prepare<[number, number, number, number, string, number, string]>(
    `INSERT OR REPLACE INTO azure_matches (import, entry_row, call_seq, main, certainty, score, reasons)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );

  /** Runs `write` in the next group, and again when the group was undone; resolves once it is stored. */
  function stored<T>(write: () => T): Promise<T> {
    return new Promise((resolve) => {
      let result: T;
      writer.append(
        () => {
          result = write();
        },
        () => resolve(result),
      );
    });
  }

  /** As `stored`, for an act that somebody waits for: refused when it can not be stored. */
  function act<T>(write: () => T): Promise<T> {
    return writer.submit(write, (outcome) => {
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    });
  }

  function insert(id: number, of: EntryColumns): boolean {
    const { at, entryId, changeId, cycleId, jobId, action, status, code, person, name, type, durationMs } = of;
    return (
      insertEntry.run(
        id,
        at,
        entryId,
        changeId,
        cycleId,
        jobId,
        action,
        status,
        code,
        of.skip,
        of.reason,
        of.cause,
        person,
        name,
        type,
        durationMs,
        of.search,
        of.json,
      ).changes > 0
    );
  }

  const saveNow = ({ id, ...rest }: AzureImport) => updateImport.run(JSON.stringify(rest), id);

  /** Deletes in steps what `sql` names, which must take the number of rows at most. */
  async function deleteAll(sql: string): Promise<void> {
    const statement = db.prepare<[number]>(sql);
    while ((await stored(() => statement.run(deletedAtOnce).changes)) > 0);
  }

  const store: LogStore = {
    imports: () =>
      selectImports.all().map(({ id, json }) => ({ id, ...(JSON.parse(json) as Omit<AzureImport, 'id'>) })),
    create: (draft) => act(() => ({ id: Number(insertImport.run(JSON.stringify(draft)).lastInsertRowid), ...draft })),
    save: (log) => act(() => void saveNow(log)),

    add: (id, items, save) =>
      stored(() => {
        const result: Stored = { entries: [], duplicates: 0 };
        for (const item of items) {
          if (item.kind !== 'entry') {
            insertPart.run(
              id,
              item.changeId,
              item.kind,
              JSON.stringify(item.kind === 'step' ? item.step : item.property),
            );
            continue;
          }
          const columns = columnsOf(item.entry);
          if (insert(id, columns)) result.entries.push(columns);
          else result.duplicates += 1;
        }
        saveNow(save(result));
      }),

    join: (id) =>
      stored(() => {
        const changes = nextChanges.all(id, joinedAtOnce);
        if (changes.length === 0) return null;
        const made: EntryColumns[] = [];
        for (const changeId of changes) {
          const parts = partsOf.all(id, changeId);
          const steps = parts.filter(({ kind }) => kind === 'step').map(({ json }) => JSON.parse(json) as AzureStep);
          const properties = parts
            .filter(({ kind }) => kind === 'property')
            .map(({ json }) => JSON.parse(json) as AzureProperty);
          const withParts = (entry: AzureEntry): AzureEntry => ({
            ...entry,
            steps: [...entry.steps, ...steps],
            properties: [...entry.properties, ...properties],
          });
          const entries = entriesOf.all(id, changeId);
          for (const { row, json } of entries) {
            const next = columnsOf(withParts(JSON.parse(json) as AzureEntry));
            const { action, status, skip, reason, cause, name, search } = next;
            updateEntry.run(action, status, skip, reason, cause, name, search, next.json, row);
          }
          if (entries.length === 0) {
            const columns = columnsOf(toldBySteps(withParts(bareEntry(changeId))));
            insert(id, columns);
            made.push(columns);
          }
          deleteParts.run(id, changeId);
        }
        return made;
      }),

    waiting: (id) => countParts.get(id) ?? 0,

    match: (id, matches) =>
      stored(() => {
        for (const { row, main, missing, matches: all } of matches) {
          setMatch.run(main?.seq ?? null, main?.certainty ?? null, main?.apartMs ?? null, missing, row);
          for (const { seq, main: isMain, certainty, score, reasons } of all) {
            insertMatch.run(id, row, seq, isMain ? 1 : 0, certainty, score, JSON.stringify(reasons));
          }
        }
      }),

    async markForeign(id, jobs) {
      const mark = db.prepare<[number, string, number]>(
        `UPDATE azure_entries SET missing = 'other-application' WHERE row IN (SELECT row FROM azure_entries
          WHERE import = ? AND missing IN ('unknown', 'quiet') AND job_id IS NOT NULL
            AND job_id NOT IN (SELECT value FROM json_each(?)) LIMIT ?)`,
      );
      while ((await stored(() => mark.run(id, JSON.stringify(jobs), deletedAtOnce).changes)) > 0);
    },

    unmatch: (id) =>
      deleteAll(
        `DELETE FROM azure_matches WHERE (entry_row, call_seq) IN (SELECT entry_row, call_seq FROM azure_matches WHERE import = ${id} LIMIT ?)`,
      ),

    async delete(id) {
      await act(() => db.prepare<[number]>('DELETE FROM azure_imports WHERE id = ?').run(id));
      await store.tidy();
    },

    async tidy() {
      for (const [table, key] of [
        ['azure_matches', '(entry_row, call_seq)'],
        ['azure_parts', 'row'],
        ['azure_entries', 'row'],
      ]) {
        const columns = key?.replaceAll(/[()]/g, '');
        await deleteAll(
          `DELETE FROM ${table} WHERE ${key} IN (SELECT ${columns} FROM ${table} WHERE import NOT IN (SELECT id FROM azure_imports) LIMIT ?)`,
        );
      }
    },
  };
  return store;
}

/** Entries whose parts are put to them in one group: a few milliseconds. */
const joinedAtOnce = 100;
