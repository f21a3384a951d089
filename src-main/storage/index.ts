/**
 * The SQLite file: opening, locking, migrating and writing it, settings and sealed secrets in it, and the worker thread that
 * runs long queries over it. The door of the room.
 */
export { listBackups } from './backups.ts';
export { databaseFile, openDatabase } from './database.ts';
export { StorageUnavailable } from './errors.ts';
export { ensurePrivateFile, ensurePrivateFolder } from './files.ts';
export { type FolderLock, lockFolder } from './lock.ts';
export { createLongReads, type LongRead, type LongReads } from './long-reads.ts';
export { openPilotFolder, type PilotFolder } from './pilot-folder.ts';
export {
  type NamedQueries,
  type NamedQuery,
  QueryFailed,
  type QueryInput,
  type QueryOutput,
  type QueryRunner,
  QueryTooSlow,
  type RunOptions,
} from './queries.ts';
export { createQueryWorker, findQueryWorker, type QueryWorker, type QueryWorkerOptions } from './query-runner.ts';
export { createKeyFileSecrets } from './secrets.ts';
export { serveQueries } from './serve-queries.ts';
export { readSetting, writeSetting } from './settings.ts';
export { createSnapshot } from './snapshot.ts';
export { createWriter, type WriterOptions } from './writer.ts';
