import type Database from 'better-sqlite3';
import { entryOf } from '../contract/catalogue/explanations/index.ts';
import { positionSince } from './positions.ts';
import type { WholeCall } from './rows.ts';
import { wholeCalls } from './whole-calls.ts';

/** What failed or was odd: one code of the catalogue, and the calls it fits. */
export interface CallNeed {
  code: string;
  /** How many calls; of a code that was only practised, the practised ones. */
  calls: number;
  /** True when practice alone met it. */
  practice: boolean;
  /** When the first and the last of them came, milliseconds since 1970. */
  since: number;
  at: number;
}

/** Codes told at most. */
const mostNeeds = 20;

interface KindRow {
  why: string;
  practice: 0 | 1;
  calls: number;
  since: number;
  at: number;
  position: number;
}

/** What failed or was odd since `since` (milliseconds since 1970), the newest first. For the query worker. */
export function callNeeds(db: Database.Database, { since }: { since: number }): (CallNeed & { newest: WholeCall })[] {
  const rows = db
    .prepare<[number, number], KindRow>(
      `SELECT k.why, k.practice, count(*) AS calls, min(c.at) AS since, max(c.at) AS at, max(c.position) AS position
        FROM calls c JOIN call_kinds k ON k.id = c.kind
        WHERE c.position >= ? AND c.at >= ? AND k.outcome <> 'ok' AND k.why IS NOT NULL GROUP BY c.kind`,
    )
    .all(positionSince(db, since), since);
  const needs = new Map<string, CallNeed & { position: number }>();
  for (const row of rows) for (const code of row.why.split(' ')) if (isNeed(code)) count(needs, code, row);
  const seqAt = db.prepare<[number], number>('SELECT seq FROM calls WHERE position = ?').pluck();
  return [...needs.values()]
    .sort((a, b) => b.position - a.position)
    .slice(0, mostNeeds)
    .flatMap(({ position, ...need }) => {
      const seq = seqAt.get(position);
      const [newest] = seq === undefined ? [] : wholeCalls(db, [seq]);
      return newest === undefined ? [] : [{ ...need, newest }];
    });
}

function isNeed(code: string): boolean {
  const entry = entryOf(code);
  return entry !== null && entry.severity !== 'info';
}

/** Azure's calls count alone where there are any: what was practised too is no more of a need by that. */
function count(needs: Map<string, CallNeed & { position: number }>, code: string, row: KindRow): void {
  const { calls, since, at, position } = row;
  const practice = row.practice === 1;
  const known = needs.get(code);
  if (known === undefined || (known.practice && !practice)) {
    needs.set(code, { code, calls, practice, since, at, position });
  } else if (known.practice === practice) {
    known.calls += calls;
    known.since = Math.min(known.since, since);
    known.at = Math.max(known.at, at);
    known.position = Math.max(known.position, position);
  }
}
