/**
 * The ServiceOps side on SQLite: users, groups, membership and their history, as SCIM and as the window see them. The door of
 * the room.
 */
export type { DirectoryAdmin } from './admin.ts';
export type { DirectoryContext } from './context.ts';
export { type Directory, openDirectory } from './directory.ts';
export { changeAt, creatingCall } from './history.ts';
export { createIds, type Ids } from './ids.ts';
export type { PurgeTarget } from './purge.ts';
export { type DirectoryQueries, directoryQueries } from './queries.ts';
export { rememberReplaced } from './replaced.ts';
export { TenantAdminExcluded } from './tenant-admins.ts';
export { forgetReplacedTexts, recordAt } from './versions.ts';
