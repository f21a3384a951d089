import type Database from 'better-sqlite3';
import type { Correction } from './actions.ts';
import { type Kinds, kindPathOf } from './kinds.ts';
import { formOf } from './shows.ts';
import type { OnceCommitted } from './texts.ts';

/**
 * Prepares the correction of a stored call that a later one showed in another light: its action, and whether it was a probe.
 * Runs inside the writer's transaction.
 */
export function createCorrect(
  db: Database.Database,
  kinds: Kinds,
): (correction: Correction, onceCommitted: OnceCommitted) => void {
  const statement = db.prepare('UPDATE calls SET action = ?, kind = ?, sentence = ? WHERE position = ?');
  return ({ call, meaning, position, action }, onceCommitted) => {
    const kind = kinds.idOf(call, meaning, kindPathOf(call), formOf(call), onceCommitted);
    statement.run(action, kind, meaning.plain ? null : JSON.stringify(meaning.sentence), position);
  };
}
