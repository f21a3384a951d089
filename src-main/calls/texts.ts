import type Database from 'better-sqlite3';

/** Texts remembered in memory; beyond it the memory begins anew. */
const remembered = 1_024;
/** Texts kept in the table; beyond it they are stored with their calls. */
const kept = 10_000;

/** Texts that many calls share (header sets), each stored once. */
export interface Texts {
  /**
   * The id of a list's text; null the first time one is seen (many come only once), or when no more are kept. A list that is the
   * same object as before costs next to nothing.
   */
  idOfList(list: readonly (readonly [string, string])[]): number | null;
  /**
   * Ids found since the last call, to be remembered: call what it gives when they are on disk. Null when there are none. An id
   * whose transaction was rolled back must not be remembered.
   */
  learnt(): (() => void) | null;
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
  let fresh: (() => void)[] = [];

  function learn(text: string): number | null {
    const found = find.get(text);
    if (found === undefined && room <= 0) return null;
    const id = found ?? Number(add.run(text).lastInsertRowid);
    fresh.push(() => {
      if (found === undefined) room -= 1;
      known.set(text, id);
    });
    return id;
  }

  function idOf(text: string): number | null {
    const id = known.get(text);
    if (id === null) return learn(text);
    if (id !== undefined) return id;
    if (known.size >= remembered) {
      known = new Map();
      knownLists = new WeakMap();
    }
    known.set(text, null);
    return null;
  }

  return {
    idOfList(list) {
      const seen = knownLists.get(list);
      if (seen !== undefined) return seen;
      const id = idOf(JSON.stringify(list));
      if (id !== null) fresh.push(() => knownLists.set(list, id));
      return id;
    },
    learnt() {
      if (fresh.length === 0) return null;
      const all = fresh;
      fresh = [];
      return () => {
        for (const remember of all) remember();
      };
    },
  };
}
