import { statSync } from 'node:fs';
import { createPilotApi, type PilotApi } from './api/index.ts';
import { type callQueries, createCallStore } from './calls/index.ts';
import type { Clock, Log, SecretStore, TunnelStatus } from './contract/index.ts';
import { createIds, type DirectoryQueries, openDirectory } from './directory/index.ts';
import { basePath, createEndpoint, openSecretToken } from './endpoint/index.ts';
import { createDescribe, createStatusReader } from './insight/index.ts';
import {
  createLongReads,
  createQueryWorker,
  createSnapshot,
  createWriter,
  databaseFile,
  findQueryWorker,
  openDatabase,
  openPilotFolder,
} from './storage/index.ts';
import { checkTunnel } from './tunnel/index.ts';

/** What a host hands to a pilot. */
export interface PilotOptions {
  /** Folder that holds `pilots/<id>/`; created when missing, 0700. */
  dataDir: string;
  /** Port of the SCIM listener on 127.0.0.1; `explicit` when the admin named it (then a taken port ends the start, else a free one is chosen). 0: any free. */
  port: { number: number; explicit: boolean };
  /** The public origin when the admin runs a tunnel or proxy of their own. */
  tunnel: TunnelStatus;
  /** A token fixed for this run (SCIM_PILOT_TOKEN): used instead of the stored one and never stored. */
  token: string | null;
  secrets: SecretStore;
  clock: Clock;
  log: Log;
}

/** A pilot that serves. */
export interface Pilot {
  /** The SCIM listener: `url` ends in `/scim/v2`. `movedFrom`: the default port that was taken, else null. */
  scim: { url: string; port: number; movedFrom: number | null };
  /** The Tenant URL to paste: public when there is a tunnel. */
  tenantUrl: string;
  api: PilotApi;
  /** Finish running requests, write what waits, close the database. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens (or creates) the pilot in `dataDir` and starts to serve. Throws `StartError`. */
export async function createPilot(options: PilotOptions): Promise<Pilot> {
  const { dataDir, port, secrets, clock, log } = options;
  const tunnel = checkTunnel(options.tunnel);
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
    const folder = openPilotFolder(dataDir);
    opened.push(() => folder.release());
    const db = openDatabase(folder.path);
    opened.push(() => db.close());
    const queries = createQueryWorker<DirectoryQueries & typeof callQueries>({
      database: databaseFile(folder.path),
      worker: findQueryWorker(),
    });
    opened.push(() => queries.close());
    const token = await openSecretToken(db, secrets, options.token);
    const writer = createWriter(db, { log });
    opened.push(() => writer.drained());
    const longReads = createLongReads(databaseFile(folder.path));
    opened.push(() => longReads.close());
    const directory = openDirectory({ db, writer, queries, longReads, clock, ids: createIds(clock), log });
    opened.push(() => directory.close());
    const describe = createDescribe({
      registry: directory.registry,
      nameOfUser: (id) => directory.users.get(id)?.name ?? null,
    });
    const calls = createCallStore({ db, writer, runner: queries, clock, describe });
    opened.push(() => calls.close());
    const endpoint = await createEndpoint({
      users: directory.users,
      groups: directory.groups,
      registry: directory.registry,
      writer,
      recorder: calls,
      snapshot: createSnapshot(db),
      clock,
      log,
      token,
      publicOrigin: tunnel.publicOrigin,
      port,
    });
    opened.push(() => endpoint.close());
    const tenantUrl = tunnel.publicOrigin === null ? endpoint.url : tunnel.publicOrigin + basePath;
    const status = createStatusReader({
      clock,
      calls,
      tunnel,
      tenantUrl,
      token,
      counts: directory.counts,
      storageBytes: () => sizeOf(databaseFile(folder.path)),
    });
    let closing: Promise<void> | null = null;
    return {
      scim: { url: endpoint.url, port: endpoint.port, movedFrom: endpoint.movedFrom },
      tenantUrl,
      api: createPilotApi({ clock, calls, directory, status, tenantUrl, token: token.plain }),
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

/** Bytes of the database with its write-ahead log. */
function sizeOf(database: string): number {
  return [database, `${database}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
