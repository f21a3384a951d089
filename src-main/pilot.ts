import { statSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { createPilotApi, type PilotApi } from './api/index.ts';
import { type callQueries, createCallStore, searchIndexFile } from './calls/index.ts';
import { plainAppearance } from './contract/catalogue/appearance.ts';
import { RequestError } from './contract/catalogue/errors.ts';
import type {
  Appearance,
  CapturedCall,
  Clock,
  FileFacts,
  Log,
  SecretStore,
  TunnelRequest,
  WorkerHost,
} from './contract/index.ts';
import { createIds, type DirectoryQueries, openDirectory } from './directory/index.ts';
import { basePath, createEndpoint, createRedactor, createReplayer, openSecretToken } from './endpoint/index.ts';
import { createPractice } from './entra/index.ts';
import {
  type azureLogQueries,
  createAzureLogs,
  createDataAccess,
  createDescribe,
  createGuide,
  createPresence,
  createReplays,
  createStatusReader,
  describeLookUp,
  describePlain,
  explanationsOf,
  isProbe,
  readVersions,
} from './insight/index.ts';
import {
  type CopyOptions,
  copyDatabase,
  createLongReads,
  createQueryWorker,
  createSnapshot,
  createWriter,
  databaseFile,
  type fileQueries,
  findQueryWorker,
  openDatabase,
  openPilotFolder,
  readPilotName,
  unwrapped,
  writePilotName,
} from './storage/index.ts';
import { checkRequest, createReach, openTunnel, type TunnelService } from './tunnel/index.ts';

// Else V8 may come to take what a request leaves behind for long-lived, and every request costs half as much again (decision 11).
setFlagsFromString('--no-allocation-site-pretenuring');
// Megabytes, for threads that start later (queries, upkeep): they do one thing after another, and the main thread's measure would
// cost more memory than it saves them time.
setFlagsFromString('--max-semi-space-size=4');

/** What a host hands to a pilot. */
export interface PilotOptions {
  /** Folder that holds `pilots/<id>/`; created when missing, 0700. */
  dataDir: string;
  /** The pilot's own folder in it, which the host has locked. Without it: the one in use, locked by the pilot itself. */
  folder?: string;
  /** Port of the SCIM listener on 127.0.0.1; `explicit` when the admin named it (then a taken port ends the start, else a free one is chosen). 0: any free. */
  port: { number: number; explicit: boolean };
  /** What the command line and the environment say about the tunnel; Settings decide the rest. */
  tunnel: TunnelRequest;
  /** A token fixed for this run (SCIM_PILOT_TOKEN): used instead of the stored one and never stored. */
  token: string | null;
  secrets: SecretStore;
  workers: WorkerHost;
  clock: Clock;
  log: Log;
  /** How the window looks. Default: as it comes. */
  appearance?: () => Appearance;
  /** How the own public address is called to see whether it leads here. Default: the platform's `fetch`. */
  fetch?: typeof globalThis.fetch;
}

/** A pilot that serves. */
export interface Pilot {
  /** The SCIM listener: `url` ends in `/scim/v2`. `movedFrom`: the default port that was taken, else null. */
  scim: { url: string; port: number; movedFrom: number | null };
  /** The Tenant URL to paste: public when there is a tunnel. */
  readonly tenantUrl: string;
  tunnel: Pick<TunnelService, 'status' | 'onChange' | 'wake'>;
  api: PilotApi;
  /** What the status shows of the host has changed: who watches is told. */
  statusChanged(): void;
  /** Writes a copy of everything to a file, while it is served: see `copyDatabase`. */
  copyTo(file: string, options: CopyOptions): Promise<void>;
  /** What another pilot's file holds, read beside what is served; refused with a `RequestError` when it is none. */
  inspect(file: string): Promise<FileFacts>;
  /** How many records of another pilot's file Azure knows by their ids. */
  knownIn(file: string): Promise<number>;
  /** Finish running requests, write what waits, close the database. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens (or creates) the pilot in `dataDir` and starts to serve. Throws `StartError`. */
export async function createPilot(options: PilotOptions): Promise<Pilot> {
  const { dataDir, port, secrets, clock, log } = options;
  const request = checkRequest(options.tunnel);
  // What is open, in order: closed the other way round, by `close` or when the start goes no further.
  const opened: (() => unknown)[] = [];
  const closeAll = async () => {
    for (let undo = opened.pop(); undo !== undefined; undo = opened.pop()) {
      try {
        await undo();
      } catch (error) {
        log.error('Something did not close cleanly.', { error });
      }
    }
  };
  try {
    const folder = options.folder ?? lockOwnFolder(dataDir, opened);
    const db = openDatabase(folder);
    opened.push(() => db.close());
    const queries = createQueryWorker<
      DirectoryQueries & typeof callQueries & typeof azureLogQueries & typeof fileQueries
    >({
      database: databaseFile(folder),
      worker: findQueryWorker(),
    });
    opened.push(() => queries.close());
    const writer = createWriter(db, { log });
    opened.push(() => writer.drained());
    const token = await openSecretToken({ db, writer, secrets, clock, fixed: options.token });
    const longReads = createLongReads(databaseFile(folder));
    opened.push(() => longReads.close());
    const directory = openDirectory({ db, writer, queries, longReads, clock, ids: createIds(clock), log });
    opened.push(() => directory.close());
    const world = {
      registry: directory.registry,
      tenantAdmins: directory.tenantAdmins,
      nameOfUser: (id: string) => directory.users.get(id)?.name ?? null,
      sharesExternalId: directory.sharesExternalId,
    };
    const calls = createCallStore({
      db,
      writer,
      runner: queries,
      clock,
      log,
      describe: createDescribe(world),
      describeLookUp,
      describePlain,
      explain: (call) => explanationsOf(call, world),
      clean: createRedactor(token.plain).shown,
    });
    opened.push(() => calls.close());
    token.recall(calls.refusedSince);
    const presence = createPresence({ db, writer, clock, onAway: () => calls.statusChanged() });
    opened.push(() => presence.close());
    const reach = createReach({ clock, fetch: options.fetch ?? globalThis.fetch });
    let tunnel: TunnelService | null = null;
    const served = {
      users: directory.users,
      groups: directory.groups,
      registry: directory.registry,
      writer,
      recorder: {
        ...calls,
        insert(call: CapturedCall) {
          const publish = calls.insert(call);
          if (call.via !== 'public' || call.stage === 'endpoint') return publish;
          if (!call.practice) presence.azureCalled(call.at);
          return () => {
            publish();
            tunnel?.called(call.practice);
          };
        },
      },
      snapshot: createSnapshot(db),
      clock,
      log,
      token,
    };
    const endpoint = await createEndpoint({
      ...served,
      answerToReach: reach.answerTo,
      port,
      isProbe,
      onFaults: () => calls.statusChanged(),
    });
    opened.push(() => endpoint.close());
    const replayer = createReplayer(served);
    opened.push(() => replayer.close());
    const { workers } = options;
    const service = openTunnel({
      db,
      writer,
      secrets,
      clock,
      log,
      workers,
      reach,
      request,
      localPort: endpoint.port,
      accept: endpoint.accept,
      onOrigin: endpoint.setPublicOrigin,
    });
    tunnel = service;
    opened.push(() => service.close());
    const tenantUrl = () => {
      const { publicOrigin } = service.status();
      return publicOrigin === null ? endpoint.url : publicOrigin + basePath;
    };
    let name = readPilotName(db);
    let handActs = 0;
    const status = createStatusReader({
      clock,
      name: () => name,
      appearance: options.appearance ?? (() => plainAppearance),
      calls,
      tunnel: service.status,
      tenantUrl,
      token: token.status,
      counts: directory.counts,
      deletedGroups: directory.tables.deletedGroups,
      purgedKnown: directory.tables.purgedKnown,
      storageBytes: () => [databaseFile, searchIndexFile].reduce((sum, file) => sum + sizeOf(file(folder)), 0),
      presence,
      faultLab: endpoint.faults.state,
      practiceEndedAt: () => practice.run()?.endedAt ?? null,
      handActs: () => handActs,
    });
    service.onChange(() => calls.statusChanged());
    const { away } = presence;
    const azureLogs = createAzureLogs({ db, writer, runner: queries, calls, clock, log, away });
    opened.push(() => azureLogs.close());
    const guide = createGuide({
      db,
      writer,
      clock,
      facts: calls.guideFacts,
      limit: directory.pilotLimit.read,
      tunnel: service.status,
      azureLog() {
        const newest = azureLogs.list().find(({ state, entries }) => state === 'ready' && entries > 0);
        if (newest === undefined) return null;
        const { skipped, failure } = newest.byStatus;
        return { name: newest.name, skipped, failed: failure };
      },
      explain: async (code) => (await calls.call(code))?.explanations[0] ?? null,
      fields: async () =>
        directory.attributes.list().length === 0 ? [] : (await directory.attributes.overview()).fields,
    });
    const practice = createPractice({
      clock,
      target: () => (token.plain === null ? null : { url: endpoint.url, token: token.plain }),
      fields: directory.attributes.list,
      changed: calls.statusChanged,
    });
    opened.push(() => practice.close());
    const replays = createReplays({
      calls,
      replayer,
      localUrl: endpoint.url,
      ruleChanges: directory.ruleChanges,
      changesSince: directory.tables.changesSince,
    });
    const dataAccess = createDataAccess({ clock, calls, held: directory.tables.held, folder });
    let closing: Promise<void> | null = null;
    return {
      scim: { url: endpoint.url, port: endpoint.port, movedFrom: endpoint.movedFrom },
      get tenantUrl() {
        return tenantUrl();
      },
      tunnel: service,
      api: createPilotApi({
        clock,
        calls,
        directory,
        status,
        tunnel: service,
        tenantUrl,
        token,
        practice,
        faults: endpoint.faults,
        guide,
        presence,
        azureLogs,
        dataAccess,
        replays,
        versions: () => readVersions(db),
        onHandAct() {
          handActs += 1;
          calls.statusChanged();
        },
        async rename(to) {
          await writer.submit(() => writePilotName(db, to), unwrapped);
          name = to;
        },
      }),
      statusChanged: calls.statusChanged,
      async inspect(file) {
        const found = await queries.run('file.inspect', { file });
        if ('problem' in found) throw new RequestError('invalid', found.problem);
        return { ...found, forgotten: await directory.tables.knownHereOnly(file) };
      },
      knownIn: directory.tables.known,
      copyTo: (file, options) => copyDatabase(db, file, options),
      close() {
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function lockOwnFolder(dataDir: string, opened: (() => unknown)[]): string {
  const folder = openPilotFolder(dataDir);
  opened.push(() => folder.release());
  return folder.path;
}

/** Bytes of the database with its write-ahead log. */
function sizeOf(database: string): number {
  return [database, `${database}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
