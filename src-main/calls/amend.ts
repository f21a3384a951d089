import type Database from 'better-sqlite3';
import type { CapturedCall } from '../contract/index.ts';

/** Prepares the completion of a stored call whose answer went on after its commit. Runs inside the writer's transaction. */
export function createAmend(db: Database.Database): (call: CapturedCall) => void {
  const statement = db.prepare(
    'UPDATE calls SET duration_ms = ?, response_body = ?, response_bytes = ?, response_cut = ? WHERE seq = ?',
  );
  return ({ seq, durationMs, responseBody }) => {
    const cut = responseBody === null ? null : Number(responseBody.cut);
    statement.run(durationMs, responseBody?.text ?? null, responseBody?.bytes ?? null, cut, seq);
  };
}
