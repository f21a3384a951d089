import { useSyncExternalStore } from 'react';
import type { AzureImport } from '../../../src-main/contract/index.ts';
import { api, client, isNotFound, queryClient } from '../../api.ts';
import { problemOf } from '../../ui/problem-of.ts';

/** Bytes sent at once: in base64 they stay below the megabyte that the window may send. */
const PIECE = 640 * 1_024;

let problem: string | null = null;
const listeners = new Set<() => void>();

function tell(words: string | null): void {
  problem = words;
  for (const listener of listeners) listener();
}

/** What went wrong with the newest upload; null: nothing. It goes on when another screen is opened, so it is kept here. */
export function useUploadProblem(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => problem,
  );
}

/** Sends files to the pilot, piece by piece. Gives the import once it has begun; the rest goes on by itself. */
export async function importFiles(files: readonly File[]): Promise<AzureImport | null> {
  tell(null);
  try {
    const log = await client.azureLogs.begin.mutate({
      files: files.map(({ name, size }) => ({ name: name.slice(0, 500) || 'log', bytes: size })),
    });
    await readAgain();
    void send(log.id, files);
    return log;
  } catch (error) {
    tell(wordsOf(error));
    return null;
  }
}

async function send(id: number, files: readonly File[]): Promise<void> {
  try {
    for (const [file, { size }] of files.entries()) {
      for (let at = 0; at < size; at += PIECE) {
        const piece = await base64Of(files[file]?.slice(at, at + PIECE) ?? new Blob());
        await client.azureLogs.write.mutate({ id, file, piece });
      }
    }
    await client.azureLogs.finish.mutate({ id });
  } catch (error) {
    // Cancelled, here or in another tab.
    if (isNotFound(error)) return;
    tell(`The log could not be sent whole: ${wordsOf(error)}`);
    await client.azureLogs.finish.mutate({ id }).catch(() => undefined);
  } finally {
    await readAgain();
  }
}

/** The file itself went away while it was sent. */
class FileGone extends Error {}

function wordsOf(error: unknown): string {
  if (error instanceof FileGone) return error.message;
  return problemOf(error);
}

function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(new FileGone('The file cannot be read any more: was it moved or changed?'));
    reader.readAsDataURL(piece);
  });
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: api.azureLogs.list.queryKey() });
}
