import type Database from 'better-sqlite3';
import type { Clock } from '../contract/index.ts';
import type { QueryRunner } from '../storage/index.ts';
import type { Ids } from './ids.ts';
import type { DirectoryQueries } from './queries.ts';

/** What the repositories work with. */
export interface DirectoryContext {
  /** The writer's connection. */
  db: Database.Database;
  queries: QueryRunner<DirectoryQueries>;
  clock: Clock;
  ids: Ids;
}
