import type { ReadyFile } from '../src-main/contract/index.ts';

/** Files on their way in and out of the window. */

/** Where every host takes and gives files. */
const FILES_PATH = '/api/files';
/** A download has its own hold on the content once it has begun. */
const HELD_MS = 60_000;

/** Hands a file of this computer to the pilot and gives its ticket. Rejects with the pilot's words. */
export async function handIn(file: File): Promise<string> {
  const answer = await fetch(FILES_PATH, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch((cause: unknown) => {
    throw new NoAnswer('The pilot did not answer.', { cause });
  });
  if (!answer.ok) throw new RefusedFile(await answer.text());
  const { ticket }: { ticket: string } = await answer.json();
  return ticket;
}

/** The pilot's words for a file that it did not take. */
export class RefusedFile extends Error {}

/** The pilot could not be reached. */
export class NoAnswer extends Error {}

/** Has the browser put a file with its downloads, or the desktop ask where to. */
function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** Saves a file that the pilot has ready. */
export function saveReady({ ticket, name }: ReadyFile): void {
  save(`${FILES_PATH}/${ticket}`, name);
}

/** Saves a file that was made in the window. */
export function saveContent(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  save(address, name);
  setTimeout(() => URL.revokeObjectURL(address), HELD_MS);
}

/** `scim-pilot-calls-2026-11-27-1041.har`, in the reader's own time. */
export function fileName(what: string, at: number, extension: string): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `scim-pilot-${what}-${day}-${two(date.getHours())}${two(date.getMinutes())}.${extension}`;
}
