import { attributeUse } from './attribute-use.ts';
import { groupDetail, userDetail } from './details.ts';
import { unsettledRows } from './field-values.ts';
import { selectRecords } from './select-records.ts';
import { groupsPage, usersPage } from './tables.ts';

/** The directory's named queries for the query worker. */
export const directoryQueries = {
  'directory.select': selectRecords,
  'directory.users': usersPage,
  'directory.groups': groupsPage,
  'directory.user': userDetail,
  'directory.group': groupDetail,
  'directory.attributeUse': attributeUse,
  'directory.unsettledRows': unsettledRows,
} as const;

export type DirectoryQueries = typeof directoryQueries;
