import type { ReadyFile } from '../src-main/contract/index.ts';

/** Where every host takes and gives files. */
const FILES_PATH = '/api/files';

/** Hands a file of this computer to the pilot and gives its ticket. Rejects with the pilot's words. */
export async function handIn(file: File): Promise<string> {
  const answer = await fetch(FILES_PATH, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (!answer.ok) throw new RefusedFile(await answer.text());
  const { ticket }: { ticket: string } = await answer.json();
  return ticket;
}

/** The pilot's words for a file that it did not take. */
export class RefusedFile extends Error {}

/** Has the browser, or the desktop, save a file that is ready. */
export function saveFile({ ticket, name }: ReadyFile): void {
  const link = document.createElement('a');
  link.href = `${FILES_PATH}/${ticket}`;
  link.download = name;
  link.click();
}
