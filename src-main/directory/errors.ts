import type Database from 'better-sqlite3';
import { SqliteError } from 'better-sqlite3';
import type { ResourceType } from '../contract/index.ts';
import { ScimError } from '../scim/index.ts';
import { prepared } from './statements.ts';
import { absence } from './tombstones.ts';

/** 404 for an id that SCIM does not see. */
export function unknownRecord(db: Database.Database, type: ResourceType, id: string): ScimError {
  return new ScimError(404, absence(db, type, id));
}

const holders: Record<ResourceType, string> = {
  User: `SELECT id, name, state FROM users WHERE user_name_fold = ? AND state <> 'deleted'`,
  Group: `SELECT id, name, state FROM groups WHERE name_fold = ? AND state <> 'deleted'`,
};

/**
 * Runs `write`; a name that is taken becomes 409 `uniqueness` (RFC 7644 §3.3), naming the attribute, the value and the record
 * that holds it.
 */
export function uniqueness<T>(
  db: Database.Database,
  type: ResourceType,
  attribute: string,
  value: string,
  folded: string,
  write: () => T,
): T {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof SqliteError) || error.code !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
    const holder = prepared(db, holders[type]).get(folded) as { id: string; name: string; state: string } | undefined;
    if (holder === undefined) throw error;
    const who = `${holder.state === 'archived' ? 'archived ' : ''}${type.toLowerCase()} ${quote(holder.name)}`;
    throw new ScimError(
      409,
      `The ${attribute} ${quote(value)} is already used by the ${who} (id ${holder.id}).`,
      'uniqueness',
    );
  }
}

/** A value from outside in a sentence: quoted, and cut where it would drown the sentence. */
export function quote(value: string): string {
  return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value);
}
