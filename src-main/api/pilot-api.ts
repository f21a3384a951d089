import type { CallStore } from '../calls/index.ts';
import type { Clock } from '../contract/index.ts';
import type { Directory } from '../directory/index.ts';
import type { StatusReader } from '../insight/index.ts';
import type { PilotApi } from './context.ts';

const hour = 3_600_000;

export interface PilotApiOptions {
  clock: Clock;
  calls: CallStore;
  directory: Directory;
  status: StatusReader;
  /** The SCIM root shown in resources. */
  tenantUrl: string;
  /** The Secret Token in clear; null when this host can't open it. */
  token: string | null;
}

/** What the window may ask of a pilot, from its rooms. */
export function createPilotApi(options: PilotApiOptions): PilotApi {
  const { clock, calls, directory, status, tenantUrl, token } = options;
  return {
    status: status.status,
    overview: status.overview,
    watch: (lastId, signal) => calls.watch(lastId, signal, status.status),
    feed: {
      page: (question) => calls.page(question),
      call: (code) => calls.call(code),
      minutes: () => calls.minutes(clock.now() - hour),
    },
    directory: {
      users: directory.tables.users,
      user: (id) => directory.tables.user(id, tenantUrl),
      groups: directory.tables.groups,
      group: (id) => directory.tables.group(id, tenantUrl),
    },
    attributes: {
      fields: directory.attributes.list,
      overview: directory.attributes.overview,
      define: directory.attributes.define,
      defineFromUnmapped: directory.attributes.defineFromUnmapped,
      rename: directory.attributes.rename,
      retire: directory.attributes.retire,
    },
    profile: { rules: directory.profile.rules, set: directory.profile.set },
    token: { reveal: () => Promise.resolve(token) },
  };
}
