import type Database from 'better-sqlite3';
import type { CapturedCall } from '../contract/index.ts';

/** Prepares the completion of a stored call whose answer went on after its commit. Runs inside the writer's transaction. */
export function createAmend(db: Database.Database): (call: CapturedCall) => void {
  const statement = db.prepare(
    'UPDATE calls SET duration_us = ?, response_body = ?, response_bytes = ?, response_cut = ? WHERE seq = ?',
  );
  return ({ seq, durationMs, responseBody }) => {
    const cut = responseBody?.cut === true ? 1 : null;
    statement.run(Math.round(durationMs * 1_000), responseBody?.text ?? null, responseBody?.bytes ?? null, cut, seq);
  };
}
