import type Database from 'better-sqlite3';
import type { Clock, Log, Writer } from '../contract/index.ts';
import type { SchemaRegistry } from '../scim/index.ts';
import type { LongReads, QueryRunner } from '../storage/index.ts';
import type { DriftBook } from './drift.ts';
import type { Ids } from './ids.ts';
import type { PilotLimit } from './pilot-limit.ts';
import type { Profile } from './profile.ts';
import type { DirectoryQueries } from './queries.ts';
import type { TenantAdmins } from './tenant-admins.ts';
import type { UnmappedPaths } from './unmapped.ts';

/** What a directory is opened with. */
export interface DirectoryContext {
  /** The writer's connection. */
  db: Database.Database;
  writer: Writer;
  queries: QueryRunner<DirectoryQueries>;
  longReads: LongReads;
  clock: Clock;
  ids: Ids;
  log: Log;
}

/** What the repositories work with. */
export interface RepositoryContext extends DirectoryContext {
  /** The schemas in force. */
  registry(): SchemaRegistry;
  unmapped: UnmappedPaths;
  pilotLimit: Pick<PilotLimit, 'refuse'>;
  profile: Profile;
  drift: DriftBook;
  tenantAdmins: TenantAdmins;
}
