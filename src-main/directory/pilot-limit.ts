import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Actor, Writer } from '../contract/index.ts';
import { ScimError } from '../scim/index.ts';
import { readSetting, unwrapped, writeSetting } from '../storage/index.ts';
import { prepared } from './statements.ts';

const key = 'directory.pilotLimit';
const schema = z.int().positive().nullable();

/** Users more than expected that are let in: somebody may have been assigned meanwhile. */
function marginOf(users: number): number {
  return Math.max(5, Math.ceil(users / 10));
}

/**
 * How many users Azure may create in this pilot, so that a scope of "all users" does not bring the whole company. Without an
 * answer there is no limit. Practice and edits by hand are free.
 */
export interface PilotLimit {
  /** What the admin expects, and how many are let in; null: any number. */
  read(): { expected: number; most: number } | null;
  /** Null: no limit. */
  set(expected: number | null): Promise<void>;
  /** Throws ScimError 400 when a create of Azure's is one too many. Inside the writer; costs a comparison without a limit. */
  refuse(actor: Actor): void;
}

export function createPilotLimit(db: Database.Database, writer: Writer): PilotLimit {
  let expected = readSetting(db, key, schema);
  /** Users of Azure's that are here, or more when some were deleted since; null: to be counted. */
  let counted: number | null = null;
  writer.onUndone(() => {
    counted = null;
  });

  function came(): number {
    return Number(
      prepared(
        db,
        `SELECT count(*) FROM users WHERE state <> 'deleted' AND EXISTS (SELECT 1 FROM changes c
          WHERE c.record_row = users.row AND c.resource_type = 'User' AND c.kind = 'created' AND c.actor = 'azure')`,
      )
        .pluck()
        .get(),
    );
  }

  return {
    read: () => (expected === null ? null : { expected, most: expected + marginOf(expected) }),
    async set(next) {
      await writer.submit(() => writeSetting(db, key, next), unwrapped);
      expected = next;
    },
    refuse(actor) {
      if (expected === null || actor.kind !== 'azure') return;
      const most = expected + marginOf(expected);
      counted ??= came();
      if (counted >= most) counted = came();
      if (counted < most) {
        counted += 1;
        return;
      }
      throw new ScimError(
        400,
        `This pilot expects ${expected} users and takes ${most} at most, and they are here. If more are meant to come, raise the number in Set-up, step Assign; else the scope in Azure may be "Sync all users and groups".`,
      );
    },
  };
}
