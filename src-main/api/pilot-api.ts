import type { CallStore } from '../calls/index.ts';
import type { Clock } from '../contract/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Faults, SecretToken } from '../endpoint/index.ts';
import { type Practice, readAzureSchema } from '../entra/index.ts';
import type { AzureLogs, GuideBook, Presence, Replays, StatusReader } from '../insight/index.ts';
import type { TunnelService } from '../tunnel/index.ts';
import type { PilotApi } from './context.ts';

const hour = 3_600_000;

export interface PilotApiOptions {
  clock: Clock;
  calls: CallStore;
  directory: Directory;
  status: StatusReader;
  tunnel: TunnelService;
  /** The SCIM root shown in resources. */
  tenantUrl(): string;
  token: SecretToken;
  practice: Practice;
  faults: Pick<Faults, 'start' | 'stop'>;
  guide: GuideBook;
  presence: Presence;
  replays: Replays;
  versions: PilotApi['export']['versions'];
  azureLogs: AzureLogs;
  dataAccess: PilotApi['dataAccess'];
  rename: PilotApi['rename'];
  /** Something was done by hand to records: everyone who watches is told. */
  onHandAct(): void;
}

/** What the window may ask of a pilot, from its rooms. */
export function createPilotApi(options: PilotApiOptions): PilotApi {
  const { clock, calls, directory, status, tunnel, tenantUrl, token, practice, faults, guide, presence, dataAccess } =
    options;
  const { replays, azureLogs, versions, rename, onHandAct } = options;
  const { admin } = directory;
  /** An act of the admin: the counts it changes are told at once. */
  const told = async <T>(act: Promise<T>): Promise<T> => {
    const result = await act;
    calls.statusChanged();
    return result;
  };
  /** An act on records, told to every window even when it was refused: a purge may have gone half the way. */
  const byHand = <T>(act: Promise<T>): Promise<T> => act.finally(onHandAct);
  const readSchema = (text: string) =>
    readAzureSchema(text, { registry: directory.registry(), fields: directory.attributes.list() });
  return {
    status: status.status,
    dismissAway() {
      presence.dismissAway();
      calls.statusChanged();
    },
    rename: (name) => told(rename(name)),
    overview: status.overview,
    dataAccess,
    watch: (lastId, signal) => calls.watch(lastId, signal, status.status),
    feed: {
      page: calls.page,
      matching: calls.matching,
      action: calls.action,
      tally: calls.tally,
      filters: calls.filters,
      call: (code) => calls.call(code),
      cycles: calls.cycles,
      nextCycle: status.nextCycle,
      minutes: () => calls.minutes(clock.now() - hour),
    },
    calls: { retention: calls.retention.read, setRetention: calls.retention.set },
    directory: {
      users: directory.tables.users,
      user: (id) => directory.tables.user(id, tenantUrl()),
      groups: directory.tables.groups,
      group: (id) => directory.tables.group(id, tenantUrl()),
      history: directory.tables.history,
      drifted: directory.tables.drifted,
      deleted: admin.deleted,
      known: () => directory.tables.known(null),
      editUser: (id, edits) => byHand(admin.editUser(id, edits)),
      editGroup: (id, edit) => byHand(admin.editGroup(id, edit)),
      putBack: (type, id) => byHand(admin.putBack(type, id)),
      restore: (type, id) => byHand(admin.restore(type, id)),
      purge: (type, id) => byHand(admin.purge([{ type, id }])),
      purgeDeleted: () => byHand(admin.purgeDeleted()),
    },
    tunnel: {
      settings: tunnel.settings,
      save: tunnel.save,
      checkAuthtoken: tunnel.checkAuthtoken,
      forgetAuthtoken: tunnel.forgetAuthtoken,
      start: tunnel.start,
      stop: tunnel.stop,
      check: tunnel.check,
      async usage() {
        const since = startOfMonth(clock.now());
        return { since, calls: await calls.publicSince(since) };
      },
    },
    attributes: {
      fields: directory.attributes.list,
      overview: directory.attributes.overview,
      define: directory.attributes.define,
      defineFromUnmapped: directory.attributes.defineFromUnmapped,
      rename: directory.attributes.rename,
      retire: directory.attributes.retire,
      readSchema,
      useSchema: (text) => directory.keepAzureMappings(readSchema(text).mappings),
      forgetSchema: () => directory.keepAzureMappings(null),
    },
    profile: { rules: directory.profile.rules, read: directory.profile.read, set: directory.profile.set },
    tenantAdmins: { list: directory.tenantAdmins.list, set: directory.tenantAdmins.set },
    guide: { ...guide, setLimit: directory.pilotLimit.set },
    replay: {
      draft: replays.draft,
      async run(code, request, place, signal) {
        const result = await replays.run(code, request, place, signal);
        if (place === 'live') calls.statusChanged();
        return result;
      },
    },
    export: { calls: calls.details, versions },
    practice: {
      run: practice.run,
      start: practice.start,
      play: practice.play,
      stop: practice.stop,
      startFaults: faults.start,
      stopFaults: faults.stop,
      records: admin.practiceRecords,
      purge: () => byHand(admin.purgePractice()),
    },
    azureLogs,
    token: {
      reveal: () => Promise.resolve(token.plain),
      rotate: () => told(token.rotate()),
      revoke: () => told(token.revoke()),
      setExpiry: (days) => told(token.setExpiry(days)),
    },
  };
}

/** The month that `at` lies in, from its start (UTC, as ngrok counts): milliseconds since 1970. */
function startOfMonth(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
