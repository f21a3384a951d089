import { folded } from './facts.ts';
import { kindOf, termKinds } from './kinds.ts';
import { quoted } from './parse.ts';
import type { Known } from './term.ts';

/** Something that may be typed at the caret. */
export interface Completion {
  /** What stands at `from..to` afterwards; the caret goes behind it, `back` characters short of its end. */
  insert: string;
  back: number;
  label: string;
  says: string;
}

export interface Completions {
  from: number;
  to: number;
  options: Completion[];
}

const most = 9;

const groups: Completion[] = [
  { insert: 'not()', back: 1, label: 'not(…)', says: 'calls that are not so' },
  { insert: 'or()', back: 1, label: 'or(…)', says: 'one or the other' },
];

/** What fits at the caret, best first. */
export function complete(text: string, caret: number, known: Known): Completions {
  const from = startOfWord(text, caret);
  const word = text.slice(from, caret);
  const keyed = /^([a-z]+)(>=|<=|>|<|:|=)(.*)$/is.exec(word);
  const kind = keyed === null ? undefined : kindOf(keyed[1] ?? '');
  if (keyed === null || kind === undefined) return { from, to: caret, options: keysLike(word) };
  const [, key = '', operator = ':', typed = ''] = keyed;
  const sought = folded(typed.replace(/^"/, ''));
  const exact = operator === ':' || operator === '=';
  const options = (kind.offers?.(known) ?? [])
    .filter(({ value }) => exact || /^\d+$/.test(value))
    .filter(({ value }) => folded(value).includes(sought) && folded(value) !== sought)
    .toSorted((a, b) => rank(a.value, sought) - rank(b.value, sought))
    .slice(0, most)
    .map(({ value, says }) => ({
      insert: `${key}${operator}${quoted(value)} `,
      back: 0,
      label: `${key}${operator}${value}`,
      says: says ?? '',
    }));
  return { from, to: caret, options };
}

function rank(value: string, sought: string): number {
  return folded(value).startsWith(sought) ? 0 : 1;
}

function keysLike(word: string): Completion[] {
  const sought = word.toLowerCase();
  const keys = termKinds
    .filter(({ key, flag }) => key.startsWith(sought) && !(flag === true && key === sought))
    .map(({ key, flag, compares, says }) => {
      const insert = flag === true ? `${key} ` : compares === true ? `${key}>` : `${key}:`;
      return { insert, back: 0, label: insert.trim(), says };
    });
  return [...keys, ...groups.filter(({ insert }) => insert.startsWith(sought))].slice(0, sought === '' ? 24 : most);
}

/** Where the word before the caret begins; a blank in quotes belongs to it. */
function startOfWord(text: string, caret: number): number {
  let start = 0;
  let inQuotes = false;
  for (let at = 0; at < caret; at++) {
    const char = text[at] ?? '';
    if (char === '\\' && inQuotes) at += 1;
    else if (char === '"') inQuotes = !inQuotes;
    else if (!inQuotes && /[\s()]/.test(char)) start = at + 1;
  }
  return start;
}
