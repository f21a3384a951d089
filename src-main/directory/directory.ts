import type {
  DirectoryCounts,
  GroupDetail,
  GroupRepository,
  GroupRow,
  Page,
  TableQuestion,
  UserDetail,
  UserRepository,
  UserRow,
} from '../contract/index.ts';
import type { Filter } from '../scim/index.ts';
import type { DirectoryContext } from './context.ts';
import { readCounts } from './counters.ts';
import { createGroups } from './groups.ts';
import { createUsers } from './users.ts';

/** The ServiceOps side of a pilot. */
export interface Directory {
  users: UserRepository<Filter>;
  groups: GroupRepository<Filter>;
  /** Costs the same at any size. */
  counts(): DirectoryCounts;
  /** The window's tables and details, read in the query worker. `baseUrl`: the SCIM root, for `meta.location`. */
  tables: {
    users(question: TableQuestion, signal?: AbortSignal): Promise<Page<UserRow>>;
    user(id: string, baseUrl: string): Promise<UserDetail | null>;
    groups(question: TableQuestion, signal?: AbortSignal): Promise<Page<GroupRow>>;
    group(id: string, baseUrl: string): Promise<GroupDetail | null>;
  };
}

/** The directory on an open database. Writes must run inside the writer's transaction. */
export function openDirectory(context: DirectoryContext): Directory {
  const { db, queries } = context;
  return {
    users: createUsers(context),
    groups: createGroups(context),
    counts: () => readCounts(db),
    tables: {
      users: (question, signal) => queries.run('directory.users', question, { signal }),
      user: (id, baseUrl) => queries.run('directory.user', { id, baseUrl }),
      groups: (question, signal) => queries.run('directory.groups', question, { signal }),
      group: (id, baseUrl) => queries.run('directory.group', { id, baseUrl }),
    },
  };
}
