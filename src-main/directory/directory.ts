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
import type { Filter, SchemaRegistry } from '../scim/index.ts';
import { type Attributes, createAttributes } from './attributes.ts';
import type { DirectoryContext } from './context.ts';
import { readCounts } from './counters.ts';
import { createCustomFields } from './custom-fields.ts';
import { createGroups } from './groups.ts';
import { createProfile, type Profile } from './profile.ts';
import { createUnmappedPaths } from './unmapped.ts';
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
  /** The schemas in force: the RFC's and the custom fields. Another object after each change. */
  registry(): SchemaRegistry;
  attributes: Attributes;
  profile: Pick<Profile, 'rules' | 'set'>;
  /** Ends what goes on by itself; before the query worker and the database are closed. */
  close(): Promise<void>;
}

/** The directory on an open database. Writes must run inside the writer's transaction. */
export function openDirectory(context: DirectoryContext): Directory {
  const { db, queries, clock } = context;
  const unmapped = createUnmappedPaths(db, clock);
  const fields = createCustomFields(context, unmapped);
  const profile = createProfile(db, context.writer, fields.registry);
  const room = { ...context, registry: fields.registry, unmapped, profile };
  return {
    users: createUsers(room),
    groups: createGroups(room),
    registry: fields.registry,
    profile,
    attributes: createAttributes(queries, fields, unmapped),
    close: fields.close,
    counts: () => readCounts(db),
    tables: {
      users: (question, signal) => queries.run('directory.users', question, { signal }),
      user: (id, baseUrl) => queries.run('directory.user', { id, baseUrl }),
      groups: (question, signal) => queries.run('directory.groups', question, { signal }),
      group: (id, baseUrl) => queries.run('directory.group', { id, baseUrl }),
    },
  };
}
