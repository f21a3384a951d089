import { attributeUse } from './attribute-use.ts';
import { changesSince } from './changes-since.ts';
import { groupDetail, userDetail } from './details.ts';
import { driftedCounts } from './drift-read.ts';
import { unsettledRows } from './field-values.ts';
import { held } from './held.ts';
import { historyPage } from './history.ts';
import { practiceCounts, practicePage } from './practice-records.ts';
import { deletedCounts, deletedPage, mentionsOf } from './purge.ts';
import { knownCount, knownHereOnly } from './replaced.ts';
import { selectRecords } from './select-records.ts';
import { deletedGroups, groupsPage, usersPage } from './tables.ts';
import { purgedKnown } from './tombstones.ts';

/** The directory's named queries for the query worker. */
export const directoryQueries = {
  'directory.select': selectRecords,
  'directory.users': usersPage,
  'directory.groups': groupsPage,
  'directory.user': userDetail,
  'directory.group': groupDetail,
  'directory.deletedGroups': deletedGroups,
  'directory.history': historyPage,
  'directory.changesSince': changesSince,
  'directory.attributeUse': attributeUse,
  'directory.held': held,
  'directory.unsettledRows': unsettledRows,
  'directory.drifted': driftedCounts,
  'directory.purgedKnown': purgedKnown,
  'directory.known': knownCount,
  'directory.knownHereOnly': knownHereOnly,
  'directory.deleted': deletedCounts,
  'directory.deletedPage': deletedPage,
  'directory.practiceCounts': practiceCounts,
  'directory.practicePage': practicePage,
  'directory.mentions': mentionsOf,
} as const;

export type DirectoryQueries = typeof directoryQueries;
