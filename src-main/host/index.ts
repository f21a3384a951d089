/**
 * What serves the window whichever pilot is open: it owns the pilots of a data folder, opens one at a time, and looks after
 * their data as a whole. The door of the room.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource, WatchedEvent, WindowHost } from '../api/index.ts';
import { RequestError } from '../contract/catalogue/errors.ts';
import type { PilotEntry, TunnelStatus } from '../contract/index.ts';
import type { Pilot, PilotOptions } from '../pilot.ts';
import {
  backupName,
  backupsFolder,
  copyFromFile,
  databaseFile,
  dropNext,
  ensurePrivateFolder,
  findBackup,
  listBackups,
  openPilotFolders,
  readClosed,
  readFacts,
  removeBackup,
} from '../storage/index.ts';
import { readConnection } from '../tunnel/index.ts';
import { type Opening, openActive, type PortWish } from './active.ts';
import { demandFreePort } from './free-port.ts';
import { fileNameOf, readName } from './names.ts';
import { openPreferences } from './preferences.ts';
import { refusalOf } from './refusals.ts';
import { openTransfers } from './transfers.ts';
import { eraseCalls, eraseEverything, prepareRestore, resetPilot, staysHere } from './upkeep.ts';
import { upkeep } from './upkeep-thread.ts';

export interface HostOptions extends Omit<PilotOptions, 'folder' | 'appearance'> {
  createPilot(options: PilotOptions): Promise<Pilot>;
  /** The window's port as the command line has it; null on the desktop. */
  windowPort: PortWish | null;
}

/** The pilots of a data folder, one of them open. */
export interface Host extends WindowHost {
  /** Waits while another pilot is being opened. */
  pilotNow(): Promise<Pilot>;
  /** Null while another pilot is being opened. */
  readonly openPilot: Pilot | null;
  /** The window's port to listen on. */
  windowPortWanted(): PortWish;
  /** It listens on this one. */
  windowListensOn(port: number): void;
  /** Called after each change of the tunnel of whichever pilot is open. */
  onTunnel(listener: (status: TunnelStatus) => void): void;
  /** Called after the window's looks have changed. */
  onAppearance(listener: () => void): void;
  close(): Promise<void>;
}

/** Locks the data folder and opens the pilot used last. Throws `StartError`. */
export async function openHost({ createPilot, windowPort, ...options }: HostOptions): Promise<Host> {
  const { dataDir, clock, log } = options;
  const folders = openPilotFolders(dataDir);
  const preferences = openPreferences(dataDir);
  const transfers = openTransfers(dataDir);
  const tunnelListeners = new Set<(status: TunnelStatus) => void>();
  const looksListeners = new Set<() => void>();
  const portFixed = options.port.explicit || options.port.number === 0;
  let windowPortNow = 0;
  /** Acts on pilots follow one another. */
  let queue: Promise<unknown> = Promise.resolve();
  let copied: number | null = null;

  const scimPort = (wanted = preferences.now.scimPort): PortWish =>
    portFixed || wanted === null ? options.port : { number: wanted, explicit: false };

  function folderOf(id: string): string {
    const path = folders.pathOf(id);
    if (path === null) throw new RequestError('unknown', 'There is no such pilot any more.');
    return path;
  }

  async function open(id: string, port: PortWish): Promise<Pilot> {
    const folder = folderOf(id);
    dropNext(folder);
    return createPilot({ ...options, folder, port, appearance: () => preferences.now.appearance });
  }

  const first = folders.current();
  const active = await openActive(first, scimPort(), {
    open,
    clock,
    log,
    onOpened(opening) {
      opening.pilot.tunnel.onChange((status) => tellTunnel(status));
      if (opening.number > 1) tellTunnel(opening.pilot.tunnel.status());
    },
  }).catch((error: unknown) => {
    transfers.close();
    folders.release();
    throw error;
  });
  folders.remember(first);

  function tellTunnel(status: TunnelStatus): void {
    for (const listener of tunnelListeners) listener(status);
  }

  /** Runs after what was asked before; what the disk or a start refuses is told in words. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = queue.then(work).catch((error: unknown) => {
      throw refusalOf(error);
    });
    queue = done.catch(() => {});
    return done;
  }

  const samePort = (): PortWish => ({ number: active.port, explicit: false });

  async function switchTo(id: string): Promise<void> {
    if (id === active.id && active.current !== null) return;
    folderOf(id);
    await active.replace(id, samePort());
    folders.remember(id);
  }

  /** Does something to a pilot's files; the one that is open is closed meanwhile. */
  async function whileClosed(id: string, work: (folder: string) => Promise<void>): Promise<void> {
    const folder = folderOf(id);
    if (id !== active.id) return work(folder);
    await active.replace(id, samePort(), () => work(folder));
  }

  /** Copies a pilot to a file, whether it is open or not. */
  async function copyTo(id: string, file: string): Promise<void> {
    const folder = folderOf(id);
    const copy = { without: staysHere, onProgress: (done: number) => (copied = done) };
    copied = 0;
    try {
      const opening = await active.now();
      if (opening.id === id) await opening.pilot.copyTo(file, copy);
      else await copyFromFile(databaseFile(folder), file, copy);
    } finally {
      copied = null;
    }
  }

  /** A new pilot whose database `fill` writes; there whole, or not at all. */
  async function make(fill: (file: string) => Promise<void>, name: string): Promise<string> {
    return folders.make(async (folder) => {
      await fill(databaseFile(folder));
      await upkeep({ task: 'name', folder, name });
    });
  }

  async function fileOf(source: FileSource): Promise<string> {
    if ('ticket' in source) return transfers.pathOf(source.ticket);
    const file = await findBackup(folderOf(active.id), source.backup);
    if (file === null) throw new RequestError('unknown', 'That back-up is not here any more.');
    return file;
  }

  /** The opening in force; while there is none, and that is known, who watches is told why. Null as soon as `signal` fires. */
  async function* untilOpen(id: string, signal: AbortSignal): AsyncGenerator<WatchedEvent, Opening | null> {
    while (true) {
      const { now: trouble, change } = active.trouble();
      if (trouble !== null) yield { id, event: { type: 'closed', trouble } };
      const opening = await unlessAborted(Promise.race([active.now(), change]), signal);
      if (opening !== undefined) return opening;
    }
  }

  async function entryOf(id: string, opening: Opening | null): Promise<Omit<PilotEntry, 'sharesWith'> & Connection> {
    const folder = folderOf(id);
    if (id === opening?.id) {
      const status = opening.pilot.api.status();
      // As its footer says it: much of an open database is not in its file yet.
      const { pilotName: name, directory, callsStored: calls, lastCall, tunnel, storageBytes: bytes } = status;
      const { seenByAzure } = readClosed(folder, readConnection) ?? nowhere;
      const { publicOrigin: origin } = tunnel;
      const { users, groups, deleted } = directory;
      const facts = { name, users, groups, deleted, calls, lastCallAt: lastCall?.at ?? null };
      return { id, open: true, unreadable: false, bytes, origin, seenByAzure, ...facts };
    }
    const found = readClosed(folder, (db) => ({ ...readFacts(db), ...readConnection(db) }));
    const facts = found ?? { name: id, users: 0, groups: 0, deleted: 0, calls: 0, lastCallAt: null, ...nowhere };
    const bytes = statSync(databaseFile(folder), { throwIfNoEntry: false })?.size ?? 0;
    return { id, open: false, unreadable: found === null, bytes, ...facts };
  }

  const inspect = async (file: string) => (await active.now()).pilot.inspect(file);

  async function erasable(id: string) {
    const opening = await active.now();
    if (id === opening.id) {
      const { api } = opening.pilot;
      const { directory, callsStored: calls } = api.status();
      const { users, groups, deleted } = directory;
      return { users, groups, deleted, calls, known: await api.directory.known() };
    }
    const folder = folderOf(id);
    const facts = readClosed(folder, readFacts);
    if (facts === null) throw new RequestError('invalid', "This pilot's file can't be read.");
    const { users, groups, calls, deleted } = facts;
    return { users, groups, deleted, calls, known: await opening.pilot.knownIn(databaseFile(folder)) };
  }

  return {
    pilotNow: async () => (await active.now()).pilot,
    get openPilot() {
      return active.current?.pilot ?? null;
    },
    pilot: async () => (await active.now()).pilot.api,

    async *watch(lastId, signal) {
      let from = lastId === null ? null : readEventId(lastId);
      while (!signal.aborted) {
        const opening = yield* untilOpen(lastId ?? '0.0', signal);
        if (opening === null) return;
        const stop = AbortSignal.any([signal, opening.closed]);
        // A position from the future: the pilot answers with a reset, as to anyone who knows other data than its own.
        const after = from === null ? null : from.opening === opening.number ? from.position : Number.MAX_SAFE_INTEGER;
        for await (const { id, event } of opening.pilot.api.watch(after, stop)) {
          yield { id: `${opening.number}.${id}`, event };
        }
        from = { opening: 0, position: 0 };
      }
    },

    pilots: {
      async list() {
        // While none can be opened, the others are what helps.
        const opening = active.trouble().now === null ? await active.now() : null;
        const found = await Promise.all(folders.ids().map((id) => entryOf(id, opening)));
        return found
          .map(({ seenByAzure: _, ...entry }) => ({ ...entry, sharesWith: shared(entry, found) }))
          .toSorted((a, b) => a.name.localeCompare(b.name));
      },
      create: (name) =>
        inTurn(async () => {
          const id = await make(async () => {}, readName(name));
          await switchTo(id);
        }),
      open: (id) => inTurn(() => switchTo(id)),
      rename: (id, typed) =>
        inTurn(async () => {
          const name = readName(typed);
          const opening = await active.now();
          if (id === opening.id) return opening.pilot.api.rename(name);
          await upkeep({ task: 'name', folder: folderOf(id), name });
        }),
      duplicate: (id, name) => inTurn(async () => void (await make((file) => copyTo(id, file), readName(name)))),
      erasable,
      reset: (id) => inTurn(() => whileClosed(id, (folder) => resetPilot(folder, clock.now()))),
      remove: (id) =>
        inTurn(async () => {
          folderOf(id);
          if (id === active.id) throw new RequestError('invalid', 'Open another pilot first, then delete this one.');
          folders.remove(id);
        }),
      export: (id) =>
        inTurn(async () => {
          const { name } = await entryOf(id, await active.now());
          const fileName = fileNameOf(name, clock.now());
          const { path, ticket } = transfers.make(fileName);
          try {
            await copyTo(id, path);
          } catch (error) {
            transfers.forget(ticket);
            throw error;
          }
          return { ticket, name: fileName };
        }),
      import: (ticket, typed) =>
        inTurn(async () => {
          const name = readName(typed);
          const file = transfers.pathOf(ticket);
          await inspect(file);
          // Not every file that can be taken in was exported: a copied database would hold a token.
          await make((to) => copyFromFile(file, to, { without: staysHere }), name);
          transfers.forget(ticket);
        }),
    },

    data: {
      async read() {
        const folder = folderOf(active.id);
        return { dataDir, folder, backups: await listBackups(folder) };
      },
      progress: () => (copied === null ? null : { done: copied }),
      backUp: () =>
        inTurn(async () => {
          const folder = folderOf(active.id);
          ensurePrivateFolder(join(folder, backupsFolder));
          const name = backupName(clock.now());
          await copyTo(active.id, join(folder, backupsFolder, name));
          const made = (await listBackups(folder)).find((file) => file.name === name);
          if (made === undefined) throw new Error('The back-up is not where it was written');
          return made;
        }),
      removeBackup: (name) => inTurn(() => removeBackup(folderOf(active.id), name)),
      async fetchBackup(backup) {
        const file = await fileOf({ backup });
        if (!backup.startsWith('backup-'))
          throw new RequestError('invalid', 'Only back-ups without secrets are given out.');
        const { pilotName } = (await active.now()).pilot.api.status();
        const name = fileNameOf(pilotName, statSync(file).mtimeMs);
        return { ticket: transfers.offer(file, name), name };
      },
      inspect: (source) => inTurn(async () => inspect(await fileOf(source))),
      restore: (source) =>
        inTurn(async () => {
          const folder = folderOf(active.id);
          const file = await fileOf(source);
          await inspect(file);
          try {
            const next = await prepareRestore(folder, file);
            await active.replace(active.id, samePort(), () => next.finish(clock.now()));
          } finally {
            dropNext(folder);
          }
          if ('ticket' in source) transfers.forget(source.ticket);
        }),
      erase: (what) =>
        inTurn(() =>
          whileClosed(active.id, (folder) =>
            what === 'calls' ? eraseCalls(folder) : eraseEverything(folder, clock.now()),
          ),
        ),
    },

    files: transfers,
    async ports() {
      const { scim } = (await active.now()).pilot;
      const { scimPort: wanted, windowPort: windowWanted } = preferences.now;
      return {
        scim: { port: scim.port, wanted, fixedByStart: portFixed, movedFrom: scim.movedFrom },
        window:
          windowPort === null ? null : { port: windowPortNow, wanted: windowWanted, fixedByStart: windowPort.explicit },
      };
    },
    setScimPort: (wanted) =>
      inTurn(async () => {
        if (portFixed)
          throw new RequestError('invalid', 'The command line sets the port of this run: change it there.');
        const { number } = scimPort(wanted);
        if (number !== active.current?.pilot.scim.port) {
          await demandFreePort(number, active.port);
          await active.replace(active.id, { number, explicit: true });
        }
        preferences.set({ scimPort: wanted });
      }),
    setWindowPort: (wanted) => inTurn(async () => preferences.set({ windowPort: wanted })),
    setAppearance: (appearance) =>
      inTurn(async () => {
        preferences.set({ appearance });
        active.current?.pilot.statusChanged();
        for (const listener of looksListeners) listener();
      }),

    windowPortWanted() {
      const given = windowPort ?? { number: 0, explicit: false };
      const { windowPort: wanted } = preferences.now;
      return given.explicit || wanted === null ? given : { number: wanted, explicit: true };
    },
    windowListensOn(port) {
      windowPortNow = port;
    },
    onTunnel: (listener) => void tunnelListeners.add(listener),
    onAppearance: (listener) => void looksListeners.add(listener),
    async close() {
      // What waits for a pilot that can't be opened would wait for ever.
      active.giveUp();
      await queue;
      await active.close();
      transfers.close();
      folders.release();
    },
  };
}

/** Where a pilot is reached, and by which address Azure came to it. */
type Connection = ReturnType<typeof readConnection>;

const nowhere: Connection = { origin: null, seenByAzure: null };

/** The name of another pilot whose job in Azure calls the very origin of this one. */
function shared(
  { id, origin }: { id: string; origin: string | null },
  all: readonly { id: string; name: string; seenByAzure: string | null }[],
): string | null {
  const other = all.find((one) => one.id !== id && origin !== null && one.seenByAzure === origin);
  return other?.name ?? null;
}

/** The opening and the position that an event's id names; a position of no opening when it is none of ours. */
function readEventId(id: string): { opening: number; position: number } {
  const match = /^(\d{1,9})\.(\d{1,15})$/.exec(id);
  return match === null ? { opening: 0, position: 0 } : { opening: Number(match[1]), position: Number(match[2]) };
}

/** Null as soon as `signal` fires. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
