import type {
  AzureMappings,
  ChangedRule,
  ChangesSince,
  DirectoryCounts,
  GroupDetail,
  GroupRepository,
  GroupRow,
  Held,
  HistoryPage,
  HistoryQuestion,
  Page,
  ResourceType,
  TableQuestion,
  UserDetail,
  UserRepository,
  UserRow,
} from '../contract/index.ts';
import type { Filter, SchemaRegistry } from '../scim/index.ts';
import { createAdmin, type DirectoryAdmin } from './admin.ts';
import { type Attributes, createAttributes } from './attributes.ts';
import { keepAzureMappings, readAzureMappings } from './azure-mappings.ts';
import type { SinceQuestion } from './changes-since.ts';
import type { DirectoryContext } from './context.ts';
import { readCounts } from './counters.ts';
import { createCustomFields } from './custom-fields.ts';
import { openDriftBook } from './drift.ts';
import { createGroups } from './groups.ts';
import { createPilotLimit, type PilotLimit } from './pilot-limit.ts';
import { createProfile, type Profile } from './profile.ts';
import { readRuleChanges } from './rule-changes.ts';
import { prepared } from './statements.ts';
import { createTenantAdminSettings, type TenantAdminSettings } from './tenant-admin-settings.ts';
import { createTenantAdmins, type TenantAdmins } from './tenant-admins.ts';
import { createUnmappedPaths } from './unmapped.ts';
import { createUsers } from './users.ts';

const sameExternalId: Record<ResourceType, string> = {
  User: "SELECT 1 FROM users WHERE external_id = ? AND id <> ? AND state <> 'deleted' LIMIT 1",
  Group: "SELECT 1 FROM groups WHERE external_id = ? AND id <> ? AND state <> 'deleted' LIMIT 1",
};

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
    /** Null when the id was never given. */
    history(question: HistoryQuestion): Promise<HistoryPage | null>;
    /** Null where it was not changed, or the id was never given. */
    changesSince(question: SinceQuestion): Promise<ChangesSince | null>;
    /** How many records differ from what was last sent. */
    drifted(): Promise<{ users: number; groups: number }>;
    /** How many groups are deleted, still readable in the window. */
    deletedGroups(): Promise<number>;
    /** Records purged here whose ids Azure still knows. */
    purgedKnown(): Promise<number>;
    /** Records whose ids Azure uses, here or in another pilot's file. */
    known(file: string | null): Promise<number>;
    /** Records here whose ids Azure uses and which a back-up does not hold. */
    knownHereOnly(file: string): Promise<number>;
    /** Which attributes of how many records are held. Walks over everything. */
    held(signal?: AbortSignal): Promise<Held>;
  };
  /** The schemas in force: the RFC's and the custom fields. Another object after each change. */
  registry(): SchemaRegistry;
  attributes: Attributes;
  profile: Pick<Profile, 'rules' | 'read' | 'set'>;
  pilotLimit: Pick<PilotLimit, 'read' | 'set'>;
  tenantAdmins: Pick<TenantAdmins, 'named' | 'hidden'> & TenantAdminSettings;
  /** Azure's mappings as an exported schema tells them; null: its default ones again. */
  keepAzureMappings(mappings: AzureMappings | null): Promise<void>;
  /** When the rules of what is taken were last changed. */
  ruleChanges(): ChangedRule[];
  /** Whether another record of the type has this externalId. One look into an index. */
  sharesExternalId(type: ResourceType, externalId: string, id: string): boolean;
  /** Ends what goes on by itself; before the query worker and the database are closed. */
  close(): Promise<void>;
  /** What the admin may do by hand. */
  admin: DirectoryAdmin;
}

/** The directory on an open database. Writes must run inside the writer's transaction. */
export function openDirectory(context: DirectoryContext): Directory {
  const { db, queries, clock } = context;
  const unmapped = createUnmappedPaths(db, context.writer, clock);
  const drift = openDriftBook(context);
  const fields = createCustomFields(context, unmapped, drift);
  const profile = createProfile(context, fields.registry);
  const admins = createTenantAdmins(db);
  const pilotLimit = createPilotLimit(db, context.writer);
  const room = { ...context, pilotLimit, registry: fields.registry, unmapped, profile, drift, tenantAdmins: admins };
  const users = createUsers(room);
  const groups = createGroups(room);
  const settings = createTenantAdminSettings(context, { admins, users, drift });
  return {
    users,
    groups,
    registry: fields.registry,
    profile,
    pilotLimit,
    tenantAdmins: { named: admins.named, hidden: admins.hidden, list: settings.list, set: settings.set },
    attributes: createAttributes(queries, fields, unmapped, () => readAzureMappings(db)),
    keepAzureMappings: (mappings) => keepAzureMappings(context, mappings),
    ruleChanges: () => readRuleChanges(db),
    close: fields.close,
    sharesExternalId: (type, externalId, id) => prepared(db, sameExternalId[type]).get(externalId, id) !== undefined,
    counts: () => readCounts(db),
    tables: {
      users: (question, signal) => queries.run('directory.users', question, { signal }),
      user: (id, baseUrl) => queries.run('directory.user', { id, baseUrl }),
      groups: (question, signal) => queries.run('directory.groups', question, { signal }),
      group: (id, baseUrl) => queries.run('directory.group', { id, baseUrl }),
      history: (question) => queries.run('directory.history', question),
      changesSince: (question) => queries.run('directory.changesSince', question),
      drifted: () => queries.run('directory.drifted', null),
      deletedGroups: () => queries.run('directory.deletedGroups', null),
      purgedKnown: () => queries.run('directory.purgedKnown', null),
      known: (file) => queries.run('directory.known', { file }),
      knownHereOnly: (file) => queries.run('directory.knownHereOnly', { file }),
      held: (signal) => queries.run('directory.held', null, { signal }),
    },
    admin: createAdmin({ context, users, groups, drift, tenantAdmins: admins }),
  };
}
