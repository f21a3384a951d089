import type { ApiContext, NumberedEvent, PilotApi, WindowHost } from '../../src-main/api/index.ts';
import { plainAppearance } from '../../src-main/contract/catalogue/appearance.ts';
import type { PilotEvent, PilotStatus, TokenStatus, TunnelStatus } from '../../src-main/contract/index.ts';

export const fakeToken = 'fake-token-for-tests-0123456789';

/** A pilot's API without a pilot: answers are fixed, events are the ones a test pushes. Typed, so that it can't drift. */
export interface FakePilotApi extends PilotApi {
  /** Sends an event to everyone who watches and keeps it for those who resume. */
  push(event: PilotEvent): void;
  /** Watchers whose generator has not ended. */
  watching(): number;
  /** Resolves when `count` watchers are there. */
  watchers(count: number): Promise<void>;
}

export function createFakePilotApi(): FakePilotApi {
  const log: NumberedEvent[] = [];
  const wakers = new Set<() => void>();
  let open = 0;
  const countWaiters = new Set<() => void>();
  const counted = () => {
    for (const check of countWaiters) check();
  };

  return {
    status: fakeStatus,
    dismissAway() {},
    rename: async () => undefined,
    async *watch(lastId, signal) {
      open++;
      counted();
      try {
        let next = lastId === null ? log.length : log.findIndex((entry) => entry.id > lastId);
        if (next < 0) next = log.length;
        while (!signal.aborted) {
          const entry = log[next];
          if (entry !== undefined) {
            next++;
            yield entry;
            continue;
          }
          await new Promise<void>((resolve) => {
            const wake = () => {
              wakers.delete(wake);
              signal.removeEventListener('abort', wake);
              resolve();
            };
            wakers.add(wake);
            signal.addEventListener('abort', wake, { once: true });
          });
        }
      } finally {
        open--;
        counted();
      }
    },
    dataAccess: () => Promise.reject(new Error('What a fake pilot holds can not be had')),
    overview: () => Promise.reject(new Error('The overview of a fake pilot can not be had')),
    feed: {
      page: async () => ({ calls: [], next: null, stored: 0, searchedTo: null }),
      matching: async () => [],
      action: async () => [],
      tally: async () => ({ position: 0, failed: 0, odd: 0, practice: 0 }),
      filters: { list: () => [], save: unavailable, forget: unavailable },
      call: async () => null,
      minutes: async () => [],
      cycles: async () => [],
      nextCycle: async () => null,
    },
    calls: { retention: () => ({ calls: 100_000, days: null, bytes: null }), setRetention: unavailable },
    directory: {
      users: async () => ({ rows: [], next: null, total: 0 }),
      user: async () => null,
      groups: async () => ({ rows: [], next: null, total: 0 }),
      group: async () => null,
      history: async () => null,
      drifted: async () => ({ users: 0, groups: 0 }),
      deleted: async () => ({ users: 0, groups: 0, knownByAzure: 0 }),
      known: async () => 0,
      editUser: async () => undefined,
      editGroup: async () => undefined,
      putBack: async () => undefined,
      restore: async () => ({ rejoined: [], notRejoined: [] }),
      purge: async () => undefined,
      purgeDeleted: async () => ({ users: 0, groups: 0, knownByAzure: 0 }),
    },
    attributes: {
      fields: () => [],
      overview: async () => ({ fields: [], unmapped: [], mappings: [], schemaReadAt: null }),
      define: unavailable,
      defineFromUnmapped: unavailable,
      rename: unavailable,
      readSchema: () => ({ mappings: { User: [], Group: [] }, checks: [] }),
      useSchema: async () => {},
      forgetSchema: async () => {},
      retire: unavailable,
    },
    profile: { rules: () => [], read: () => ({ rules: [], left: [] }), set: unavailable },
    tunnel: {
      settings: () => ({
        kind: 'none',
        startWithApp: true,
        ownOrigin: null,
        ngrok: { domain: null, server: null, ca: null, authtoken: null },
        fixedByStart: [],
      }),
      save: async () => null,
      checkAuthtoken: async () => null,
      forgetAuthtoken: async () => {},
      start: async () => {},
      stop: async () => {},
      check: async () => fakeTunnel({}),
      usage: async () => ({ since: 0, calls: 0 }),
    },
    guide: { read: unavailable, tick: unavailable, setPortal: unavailable, setLimit: unavailable, reset: unavailable },
    replay: { draft: async () => null, run: unavailable },
    export: {
      calls: async () => [],
      versions: () => ({ app: '0.0.0', node: '0.0.0', electron: null, sqlite: '0.0.0', platform: 'none' }),
    },
    practice: {
      run: () => null,
      start() {},
      play() {},
      stop() {},
      startFaults() {},
      stopFaults() {},
      records: async () => ({ users: 0, groups: 0 }),
      purge: async () => ({ users: 0, groups: 0 }),
    },
    azureLogs: {
      list: () => [],
      begin: unavailable,
      write: unavailable,
      finish: unavailable,
      cancel: unavailable,
      match: unavailable,
      delete: unavailable,
      rows: unavailable,
      row: unavailable,
      insight: unavailable,
      silent: unavailable,
      timeline: unavailable,
      csv: unavailable,
    },
    tenantAdmins: { list: () => [], set: unavailable },
    token: { reveal: async () => fakeToken, rotate: unavailable, revoke: unavailable, setExpiry: unavailable },
    push(event) {
      log.push({ id: log.length + 1, event });
      for (const wake of [...wakers]) wake();
    },
    watching: () => open,
    watchers: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (open !== count) return;
          countWaiters.delete(check);
          resolve();
        };
        countWaiters.add(check);
        check();
      }),
  };
}

function unavailable(): Promise<never> {
  return Promise.reject(new Error('A fake pilot can not do this'));
}

function fakeStatus(): PilotStatus {
  return {
    pilotName: 'Fake',
    tenantUrl: 'http://127.0.0.1:8620/scim/v2',
    token: fakeTokenStatus({ ending: fakeToken.slice(-4) }),
    tunnel: fakeTunnel({}),
    endpointMedianMs: null,
    directory: { users: 0, archived: 0, groups: 0, memberships: 0, deleted: 0 },
    callsStored: 0,
    failedLastHour: 0,
    lastCall: null,
    ticks: [],
    storageBytes: 0,
    startedAt: 0,
    appearance: plainAppearance,
    azureAt: null,
    away: null,
    faultLab: null,
    practiceEndedAt: null,
    handActs: 0,
  };
}

/** A host whose one pilot is `api`, and which can do nothing by itself. */
export function fakeHost(api: PilotApi): WindowHost {
  return {
    pilot: async () => api,
    async *watch(lastId, signal) {
      const events = api.watch(lastId === null ? null : Number(lastId), signal);
      for await (const { id, event } of events) yield { id: String(id), event };
    },
    pilots: {
      list: async () => [],
      create: unavailable,
      open: unavailable,
      rename: unavailable,
      duplicate: unavailable,
      erasable: unavailable,
      reset: unavailable,
      remove: unavailable,
      export: unavailable,
      import: unavailable,
    },
    data: {
      read: async () => ({ dataDir: '/nowhere', folder: '/nowhere', backups: [] }),
      backUp: unavailable,
      removeBackup: unavailable,
      fetchBackup: unavailable,
      progress: () => null,
      inspect: unavailable,
      restore: unavailable,
      erase: unavailable,
    },
    files: { receive: unavailable, send: () => null },
    ports: unavailable,
    setScimPort: unavailable,
    setWindowPort: unavailable,
    setAppearance: unavailable,
  };
}

/** The context of procedures that are called directly. */
export const contextOf = (pilot: PilotApi): ApiContext => ({ host: fakeHost(pilot) });

/** The status of a token that nobody has used yet, unless `part` says otherwise. */
export function fakeTokenStatus(part: Partial<TokenStatus>): TokenStatus {
  return {
    ending: '7Qxd',
    fixedForRun: false,
    sealedBy: 'key-file',
    shows: true,
    validDays: null,
    expiresAt: null,
    overlap: [],
    azureTested: false,
    azureUses: null,
    refused: [],
    ...part,
  };
}

/** A tunnel's status: off unless `part` says otherwise. */
export function fakeTunnel(part: Partial<TunnelStatus>): TunnelStatus {
  return {
    kind: 'none',
    state: 'off',
    since: 0,
    publicOrigin: null,
    reach: null,
    problem: null,
    nextTryAt: null,
    stale: null,
    ...part,
  };
}
