import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { FileDesk, OutgoingFile } from '../api/index.ts';
import { RequestError } from '../contract/catalogue/errors.ts';
import { ensurePrivateFile, ensurePrivateFolder, isDiskFull } from '../storage/index.ts';

/** A file that nobody asks for any more is forgotten. */
const keptMs = 30 * 60_000;

interface Kept {
  path: string;
  name: string;
  /** Ours to remove; else it lies elsewhere and stays. */
  temporary: boolean;
  timer: NodeJS.Timeout;
}

/** Files on their way into the window or out of it, each under a name that can't be guessed. */
export interface Transfers extends FileDesk {
  /** Offers a file that stays where it is. */
  offer(path: string, name: string): string;
  /** Where to write a file that is to be offered; `offered` gives its ticket, `forget` removes it. */
  make(name: string): { path: string; ticket: string };
  /** Where a file that came in lies. Throws `RequestError` when it is gone. */
  pathOf(ticket: string): string;
  forget(ticket: string): void;
  close(): void;
}

/** Keeps them in `transfers/` of the data folder, which is emptied at the start. */
export function openTransfers(dataDir: string): Transfers {
  const folder = join(dataDir, 'transfers');
  rmSync(folder, { recursive: true, force: true });
  const kept = new Map<string, Kept>();

  function keep(path: string, name: string, temporary: boolean, ticket = newTicket()): string {
    kept.set(ticket, { path, name, temporary, timer: setTimeout(() => forget(ticket), keptMs).unref() });
    return ticket;
  }

  function forget(ticket: string): void {
    const file = kept.get(ticket);
    if (file === undefined) return;
    clearTimeout(file.timer);
    kept.delete(ticket);
    if (file.temporary) rmSync(file.path, { force: true });
  }

  function make(name: string) {
    ensurePrivateFolder(folder);
    const ticket = newTicket();
    const path = join(folder, ticket);
    keep(path, name, true, ticket);
    return { path, ticket };
  }

  return {
    make,
    offer: (path, name) => keep(path, name, false),
    pathOf(ticket) {
      const file = kept.get(ticket);
      if (file === undefined) throw new RequestError('unknown', 'That file is not here any more: choose it again.');
      return file.path;
    },
    forget,
    async receive(body) {
      const { path, ticket } = make('');
      ensurePrivateFile(path);
      try {
        await pipeline(Readable.fromWeb(body as WebStream), createWriteStream(path));
        return ticket;
      } catch (error) {
        forget(ticket);
        if (!isDiskFull(error)) throw error;
        throw new RequestError(
          'invalid',
          'The disk is full: the file was not taken in. Free some space and try again.',
        );
      }
    },
    send(ticket): OutgoingFile | null {
      const file = kept.get(ticket);
      const bytes = file && statSync(file.path, { throwIfNoEntry: false })?.size;
      if (file === undefined || bytes === undefined) return null;
      return {
        name: file.name,
        bytes,
        body: Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>,
      };
    },
    close() {
      for (const ticket of [...kept.keys()]) forget(ticket);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function newTicket(): string {
  return randomBytes(24).toString('base64url');
}
