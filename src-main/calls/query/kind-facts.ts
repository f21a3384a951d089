import type Database from 'better-sqlite3';
import type { CallFacts } from '../../contract/query/index.ts';
import type { FeedRow } from '../rows.ts';

/** As they are kept: a space between them. */
export const codesOf = (why: string | null): string[] => (why === null ? [] : why.split(' '));

/** What many calls have in common: a query that fits none of a kind need not look at its calls. */
export type CallKind = Pick<
  FeedRow,
  | 'method'
  | 'status'
  | 'outcome'
  | 'via'
  | 'practice'
  | 'probe'
  | 'source'
  | 'resource_type'
  | 'scim_type'
  | 'why'
  | 'change_kind'
> & { id: number };

export function readKinds(db: Database.Database): CallKind[] {
  return db
    .prepare<[], CallKind>(
      `SELECT id, method, status, outcome, via, practice, probe, source, resource_type, scim_type, change_kind, why
        FROM call_kinds`,
    )
    .all();
}

export function factsOfKind(kind: CallKind): CallFacts {
  return {
    method: kind.method,
    status: kind.status,
    scimType: kind.scim_type,
    outcome: kind.outcome,
    practice: kind.practice === 1,
    via: kind.via,
    probe: kind.probe === 1,
    source: kind.source,
    resourceType: kind.resource_type,
    changeKind: kind.change_kind,
    why: codesOf(kind.why),
  };
}
