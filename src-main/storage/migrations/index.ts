import { first } from './0001-first.ts';
import { customFields } from './0002-custom-fields.ts';
import { life } from './0003-life.ts';
import { hiddenUsers } from './0004-hidden-users.ts';
import { leanCalls } from './0005-lean-calls.ts';
import { changeMembers } from './0006-change-members.ts';
import { changePositions } from './0007-change-positions.ts';
import { plainMembers } from './0008-plain-members.ts';
import { deletedUsers } from './0009-deleted-users.ts';
import { actions } from './0010-actions.ts';
import { azureLogs } from './0011-azure-logs.ts';
import { why } from './0012-why.ts';
import { sigma } from './0013-sigma.ts';
import { pagesNameOnce } from './0014-pages-name-once.ts';
import { changeChain } from './0015-change-chain.ts';

/**
 * Every migration in order: entry n (from 1) takes a file from `PRAGMA user_version` n-1 to n. A published one is never
 * edited; a change of the schema is a new numbered file.
 */
export const migrations: readonly string[] = [
  first,
  customFields,
  life,
  hiddenUsers,
  leanCalls,
  changeMembers,
  changePositions,
  plainMembers,
  deletedUsers,
  actions,
  azureLogs,
  why,
  sigma,
  pagesNameOnce,
  changeChain,
];
