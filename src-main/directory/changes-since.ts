import type Database from 'better-sqlite3';
import type { Actor, ChangesSince, ResourceType } from '../contract/index.ts';
import { chainFrom } from './change-chain.ts';
import { tableOf } from './rows.ts';
import { bound, prepared } from './statements.ts';

/** Changes counted: more of one record are told as more. */
const mostCounted = 1_000;

/** A record, from when on (milliseconds since 1970), and the code of the call whose own changes do not count. */
export interface SinceQuestion {
  type: ResourceType;
  id: string;
  since: number;
  but: string;
}

/** How often a record was changed since, newest first along its chain as far as that is asked; null: never. For the query worker. */
export function changesSince(db: Database.Database, question: SinceQuestion): ChangesSince | null {
  const { type, id, since, but } = question;
  const changes = prepared(
    db,
    `${chainFrom(`(SELECT last_change FROM ${tableOf[type]} WHERE id = ?)`, 'chain.at >= ?')}
      SELECT at, actor AS by, call_code AS callCode FROM chain WHERE at >= ? AND call_code IS NOT ? LIMIT ${bound}`,
  ).all(id, since, since, but, mostCounted + 1) as { at: number; by: Actor['kind']; callCode: string | null }[];
  const [last] = changes;
  if (last === undefined) return null;
  return { changes: Math.min(changes.length, mostCounted), more: changes.length > mostCounted, last };
}
