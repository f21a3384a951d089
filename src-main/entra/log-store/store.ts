import type Database from 'better-sqlite3';
import type { AzureEntry, AzureImport, AzureProperty, AzureStep, Writer } from '../../contract/index.ts';
import { unwrapped } from '../../storage/index.ts';
import { bareEntry, type LogItem } from '../logs/index.ts';
import { columnsOf, type EntryColumns, toldBySteps } from './columns.ts';

/** Entries deleted in one group. */
const deletedAtOnce = 1_000;
/** Entries looked at in one group to be marked. */
const markedAtOnce = 2_000;

const closing = 'The pilot is closing.';

/** What holds an import's rows, and by which key each is told. */
const tables = [
  ['azure_matches', '(entry_row, call_seq)'],
  ['azure_parts', 'row'],
  ['azure_entries', 'row'],
] as const;

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
  /**
   * Puts waiting steps and properties to their entries, some at a time. Gives the entries that were made of parts alone, and how
   * many parts were put; null at the end.
   */
  join(id: number): Promise<{ made: EntryColumns[]; parts: number } | null>;
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
  /** Ends what goes in steps; nobody waits any longer for a disk that refuses. */
  close(): void;
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

  let closed = false;
  /** Refuse what is not stored yet. */
  const waiting = new Set<(reason: Error) => void>();

  /** Runs `write` in the next group, and again when the group was undone; resolves once it is stored. */
  function stored<T>(write: () => T): Promise<T> {
    if (closed) return Promise.reject(new Error(closing));
    return new Promise((resolve, reject) => {
      let result: T;
      waiting.add(reject);
      writer.append(
        () => {
          result = write();
        },
        () => {
          waiting.delete(reject);
          resolve(result);
        },
      );
    });
  }

  /** As `stored`, for an act that somebody waits for: refused when it can not be stored. */
  function act<T>(write: () => T): Promise<T> {
    return writer.submit(write, unwrapped);
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

  /** Deletes in steps what a table holds of an import; its index on `import` finds it. */
  async function deleteOf(table: string, key: string, id: number): Promise<void> {
    const columns = key.replaceAll(/[()]/g, '');
    const statement = db.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE ${key} IN (SELECT ${columns} FROM ${table} WHERE import = ? LIMIT ?)`,
    );
    while ((await stored(() => statement.run(id, deletedAtOnce).changes)) > 0);
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
        let count = 0;
        for (const changeId of changes) {
          const parts = partsOf.all(id, changeId);
          count += parts.length;
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
        return { made, parts: count };
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
      const span = db
        .prepare<[number], { first: number | null; last: number | null }>(
          'SELECT min(row) AS first, max(row) AS last FROM azure_entries WHERE import = ?',
        )
        .get(id);
      const mark = db.prepare<[number, number, number, string]>(
        `UPDATE azure_entries SET missing = 'other-application' WHERE row BETWEEN ? AND ? AND import = ?
          AND missing IN ('unknown', 'quiet') AND job_id NOT IN (SELECT value FROM json_each(?))`,
      );
      const list = JSON.stringify(jobs);
      for (let first = span?.first ?? 0; first <= (span?.last ?? -1); first += markedAtOnce) {
        await stored(() => mark.run(first, first + markedAtOnce - 1, id, list));
      }
    },

    unmatch: (id) => deleteOf('azure_matches', '(entry_row, call_seq)', id),

    async delete(id) {
      await act(() => db.prepare<[number]>('DELETE FROM azure_imports WHERE id = ?').run(id));
      for (const [table, key] of tables) await deleteOf(table, key, id);
    },

    async tidy() {
      const kept = new Set(store.imports().map(({ id }) => id));
      for (const [table, key] of tables) {
        const held = db.prepare<[], number>(`SELECT DISTINCT import FROM ${table}`).pluck().all();
        for (const id of held) if (!kept.has(id)) await deleteOf(table, key, id);
      }
    },

    close() {
      closed = true;
      for (const refuse of waiting) refuse(new Error(closing));
      waiting.clear();
    },
  };
  return store;
}

/** Entries whose parts are put to them in one group: a few milliseconds. */
const joinedAtOnce = 100;
