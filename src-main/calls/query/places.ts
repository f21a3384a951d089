import type Database from 'better-sqlite3';
import { type CallQuery, partFits, type QueryNode } from '../../contract/query/index.ts';
import { type CallKind, factsOfKind, readKinds } from './kind-facts.ts';
import { type SearchIndex, textTables } from './search-index.ts';

/** Where to look: one byte for each block of the index from its first on. Null: anywhere. */
type Blocks = Uint8Array | null;

/** Trigrams of a text that are asked for: more hardly narrow it further. */
const mostTrigrams = 24;
/** Kinds that are looked up one by one; a query that fits more narrows little. */
const mostKinds = 100;

/** In which blocks of the index calls that fit may be. */
export interface Places {
  /** Blocks from `first` up to and without `end` are told about. */
  first: number;
  end: number;
  may(block: number): boolean;
}

export function placesOf(calls: Database.Database, index: SearchIndex, query: CallQuery, now: number): Places {
  const { db, first, next: end } = index;
  const kinds = readKinds(calls);
  const size = end - first;
  const tables = textTables(index);
  const empty = () => new Uint8Array(size);

  function among(blocks: Iterable<number>): Uint8Array {
    const found = empty();
    for (const block of blocks) if (block >= first && block < end) found[block - first] = 1;
    return found;
  }

  function withKinds(part: QueryNode): Blocks {
    const fitting = kinds.filter((kind) => partFits(part, factsOfKind(kind), now) !== false);
    if (fitting.length === kinds.length || fitting.length > mostKinds) return null;
    const found = empty();
    const read = db.prepare<[number], number>('SELECT block FROM block_kinds WHERE kind = ?').pluck();
    for (const { id } of fitting) for (const block of read.all(id)) if (block >= first) found[block - first] = 1;
    return found;
  }

  function withText(text: string): Blocks {
    const match = trigramsOf(text);
    if (match === null) return null;
    return among(
      tables.flatMap((table) =>
        db.prepare<[string], number>(`SELECT rowid FROM ${table} WHERE ${table} MATCH ?`).pluck().all(match),
      ),
    );
  }

  function blocksOf(part: QueryNode): Blocks {
    switch (part.type) {
      case 'term': {
        const { narrow } = part.term;
        const text = narrow?.text === undefined ? null : withText(narrow.text);
        if (narrow?.slowerThan !== undefined) {
          const slow = db.prepare<[number], number>('SELECT block FROM blocks WHERE slowest_us > ?').pluck();
          return among(slow.all(narrow.slowerThan * 1_000));
        }
        return both(text, withKinds(part));
      }
      case 'and':
        return part.parts.map(blocksOf).reduce(both, null);
      case 'or': {
        const parts = part.parts.filter(({ type }) => type !== 'off').map(blocksOf);
        return parts.length === 0 ? null : parts.reduce(either);
      }
      case 'not':
        return withKinds(part);
      case 'off':
        return null;
    }
  }

  const blocks = blocksOf({ type: 'and', parts: [...query.parts], from: 0, to: 0 });
  if (blocks !== null) {
    // Their texts are not all in the index.
    for (const block of db.prepare<[], number>('SELECT block FROM blocks WHERE amended = 1').pluck().all())
      if (block >= first) blocks[block - first] = 1;
  }
  return { first, end, may: (block) => blocks === null || blocks[block - first] === 1 };
}

function both(a: Blocks, b: Blocks): Blocks {
  if (a === null) return b;
  if (b === null) return a;
  return a.map((one, at) => one & (b[at] ?? 0));
}

function either(a: Blocks, b: Blocks): Blocks {
  if (a === null || b === null) return null;
  return a.map((one, at) => one | (b[at] ?? 0));
}

/** What FTS5 is asked for: every trigram of the text. Null for a text of less than three characters. */
function trigramsOf(text: string): string | null {
  const characters = Array.from(text.replaceAll('\0', ' '));
  const trigrams = new Set<string>();
  for (let at = 0; at + 3 <= characters.length && trigrams.size < mostTrigrams; at++)
    trigrams.add(
      `"${characters
        .slice(at, at + 3)
        .join('')
        .replaceAll('"', '""')}"`,
    );
  return trigrams.size === 0 ? null : [...trigrams].join(' AND ');
}

export type { CallKind };
