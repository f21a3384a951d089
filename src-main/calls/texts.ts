import type Database from 'better-sqlite3';

/** Texts remembered in memory; beyond it the memory begins anew. */
const remembered = 1_024;
/** Texts kept in the table; beyond it they are stored with their calls. */
const kept = 10_000;

/** What is to be done once a transaction is on disk: an id whose transaction was rolled back must not be remembered. */
export type OnceCommitted = (() => void)[];

/** Texts that many calls share (header sets), each stored once. */
export interface Texts {
  /**
   * The id of a list's text; null the first time one is seen (many come only once), or when no more are kept. A list that is the
   * same object as before costs next to nothing.
   */
  idOfList(list: readonly (readonly [string, string])[], onceCommitted: OnceCommitted): number | null;
}

/** Runs inside the writer's transaction. */
export function createTexts(db: Database.Database): Texts {
  const find = db.prepare<[string], number>('SELECT id FROM texts WHERE text = ?').pluck();
  const count = db.prepare<[], number>('SELECT count(*) FROM texts').pluck();
  const add = db.prepare<[string]>('INSERT INTO texts (text) VALUES (?)');
  let room = kept - (count.get() ?? 0);
  /** Null: seen once. */
  let known = new Map<string, number | null>();
  let knownLists = new WeakMap<object, number>();

  function learn(text: string, onceCommitted: OnceCommitted): number | null {
    const found = find.get(text);
    if (found === undefined && room <= 0) return null;
    const id = found ?? Number(add.run(text).lastInsertRowid);
    onceCommitted.push(() => {
      if (found === undefined) room -= 1;
      known.set(text, id);
    });
    return id;
  }

  function idOf(text: string, onceCommitted: OnceCommitted): number | null {
    const id = known.get(text);
    if (id === null) return learn(text, onceCommitted);
    if (id !== undefined) return id;
    if (known.size >= remembered) {
      known = new Map();
      knownLists = new WeakMap();
    }
    known.set(text, null);
    return null;
  }

  return {
    idOfList(list, onceCommitted) {
      const seen = knownLists.get(list);
      if (seen !== undefined) return seen;
      const id = idOf(JSON.stringify(list), onceCommitted);
      if (id !== null) onceCommitted.push(() => knownLists.set(list, id));
      return id;
    },
  };
}
