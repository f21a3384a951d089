import { RequestError } from '../contract/catalogue/errors.ts';

const longest = 60;

/** A pilot's name as typed, or a `RequestError` that says what is wrong with it. */
export function readName(typed: string): string {
  const name = typed.replaceAll(/\s+/g, ' ').trim();
  if (name === '') throw new RequestError('invalid', 'A pilot needs a name.');
  if (name.length > longest) throw new RequestError('invalid', `A name has at most ${longest} characters.`);
  return name;
}

/** What to call the file of a pilot, in letters that every file system takes. */
export function fileNameOf(name: string, at: number): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/[^\w]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .toLowerCase();
  return `scim-pilot-${plain === '' ? 'pilot' : plain}-${new Date(at).toISOString().slice(0, 10)}.db`;
}
