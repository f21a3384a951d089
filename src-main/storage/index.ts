/**
 * The SQLite file: opening, locking, migrating and writing it, settings and sealed secrets in it, and the worker thread that
 * runs long queries over it. The door of the room.
 */
export { backupName, backupsFolder, findBackup, listBackups, removeBackup } from './backups.ts';
export { databaseFile, openDatabase } from './database.ts';
export { isDiskFull, StorageUnavailable } from './errors.ts';
export { ensurePrivateFile, ensurePrivateFolder, replaceFile } from './files.ts';
export { type FolderLock, lockFolder } from './lock.ts';
export { createLongReads, type LongRead, type LongReads } from './long-reads.ts';
export { unwrapped } from './outcomes.ts';
export {
  beginNext,
  type CopyOptions,
  copyClosed,
  copyDatabase,
  copyFromFile,
  dropNext,
  fileQueries,
  putNextInPlace,
  readClosed,
  readFacts,
} from './pilot-files.ts';
export { openPilotFolder, openPilotFolders, type PilotFolder, type PilotFolders } from './pilot-folder.ts';
export { readPilotName, writePilotName } from './pilot-name.ts';
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
export {
  createQueryWorker,
  findQueryWorker,
  findWorker,
  type QueryWorker,
  type QueryWorkerOptions,
} from './query-runner.ts';
export { createKeyFileSecrets } from './secrets.ts';
export { serveQueries } from './serve-queries.ts';
export { readSetting, writeSetting } from './settings.ts';
export { createSnapshot } from './snapshot.ts';
export { createWriter, type WriterOptions } from './writer.ts';
