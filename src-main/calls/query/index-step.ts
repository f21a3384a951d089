import type Database from 'better-sqlite3';
import { folded, foldedBody } from '../../contract/query/index.ts';
import type { FeedRow } from '../rows.ts';
import { forgetPlaces } from './find.ts';
import {
  blockOf,
  blockSize,
  createTextTable,
  forgetBlocks,
  lastSeqIn,
  type SearchIndex,
  searchIndexOf,
  textTableOf,
} from './search-index.ts';
import { createTextReader, StoredFacts } from './stored-facts.ts';

/** Blocks of gone calls are forgotten once they are this many: each time costs a walk over the kinds. */
const forgetFrom = 64;

/**
 * Brings the index forward for about `forMs` milliseconds. Gives the position before which every call is in it. `changed`: calls
 * that were completed or corrected after they had been stored. For the query worker.
 */
export function indexStep(
  db: Database.Database,
  { forMs, changed }: { forMs: number; changed: number[] },
): { indexed: number; more: boolean } {
  const index = searchIndexOf(db);
  if (index === null) return { indexed: 0, more: false };
  const until = performance.now() + forMs;
  markChanged(db, index, changed);
  const range = db
    .prepare<[], { first: number | null; last: number | null }>(
      'SELECT (SELECT min(position) FROM calls) AS first, (SELECT max(position) FROM calls) AS last',
    )
    .get();
  if (range?.first == null || range.last === null) return { indexed: 0, more: false };
  const firstBlock = blockOf(range.first);
  if (firstBlock - index.first >= forgetFrom || firstBlock > index.next) forgetBlocks(index, firstBlock);
  /** The block that new calls go into is not whole yet. */
  const open = blockOf(range.last + 1);
  let next = index.next;
  if (next < open) {
    index.db.transaction(() => {
      do {
        addBlock(db, index.db, next);
        next += 1;
      } while (next < open && performance.now() < until);
    })();
    index.next = next;
  }
  return { indexed: index.next * blockSize, more: index.next < open };
}

/** Another kind is one more to be found by; a text that came later is in no block's: such a block may hold anything. */
function markChanged(calls: Database.Database, { db }: SearchIndex, seqs: number[]): void {
  if (seqs.length === 0) return;
  const read = calls.prepare<[number], { position: number; kind: number; answered: 0 | 1 }>(
    'SELECT position, kind, response_body IS NOT NULL AS answered FROM calls WHERE seq = ?',
  );
  const mark = db.prepare('UPDATE blocks SET amended = 1 WHERE block = ?');
  const addKind = db.prepare('INSERT OR IGNORE INTO block_kinds (kind, block) VALUES (?, ?)');
  db.transaction(() => {
    for (const row of seqs.map((seq) => read.get(seq))) {
      if (row === undefined) continue;
      addKind.run(row.kind, blockOf(row.position));
      if (row.answered === 1) mark.run(blockOf(row.position));
    }
  })();
  forgetPlaces(calls);
}

function addBlock(calls: Database.Database, db: Database.Database, block: number): void {
  const rows = calls
    .prepare<[number, number], FeedRow & { kind: number }>(
      `SELECT f.*, c.kind FROM calls c CROSS JOIN feed f ON f.position = c.position
        WHERE c.position >= ? AND c.position < ? ORDER BY c.position`,
    )
    .all(block * blockSize, (block + 1) * blockSize);
  const reader = createTextReader(calls);
  createTextTable(db, block);
  const text = rows.map((row) => textOf(new StoredFacts(row, reader))).join('\n');
  // A NUL would end the text for FTS5.
  db.prepare(`INSERT INTO ${textTableOf(block)} (rowid, text) VALUES (?, ?)`).run(block, text.replaceAll('\0', ' '));
  const addKind = db.prepare('INSERT OR IGNORE INTO block_kinds (kind, block) VALUES (?, ?)');
  for (const kind of new Set(rows.map((row) => row.kind))) addKind.run(kind, block);
  db.prepare('INSERT INTO blocks (block, last_seq, slowest_us) VALUES (?, ?, ?)').run(
    block,
    lastSeqIn(calls, block) ?? 0,
    rows.reduce((most, row) => Math.max(most, row.duration_us), 0),
  );
}

/** Every text of a call that a term may look for, folded as it is compared. */
function textOf(facts: StoredFacts): string {
  const { code, resourceName, object, resourceId, address, request, response, changedPaths, changedValues } = facts;
  const plain = [code, resourceName ?? '', object ?? '', resourceId ?? '', address, ...changedPaths, changedValues].map(
    folded,
  );
  const bodies = [request ?? '', response ?? ''].map(foldedBody);
  return [...plain, ...bodies].join('\n');
}
