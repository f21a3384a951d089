import type { Caller, Explanation, Words } from '../../explanations.ts';
import { type Entry, sources } from './types.ts';

/** What a call tells of the slots of an entry, by name. */
export type Slots = Readonly<Record<string, string>>;

/** Who made a call, as the words of an entry name it: `{caller|Azure}` within a sentence, `{Caller|Azure}` at its start. */
const callers: Record<Exclude<Caller, 'azure'>, string> = {
  local: 'a local caller',
  practice: 'the practice run',
};

const slot = /\{(\w+)\|([^}]*)\}/g;

/** A text with its slots filled; where the call does not tell, the words stand that the slot brings with it. */
export function fill(text: string, slots: Slots, caller: Caller = 'azure'): Words {
  const words: (string | { value: string })[] = [];
  let at = 0;
  for (const found of text.matchAll(slot)) {
    const [whole, name = '', otherwise = ''] = found;
    const value = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (found.index > at) words.push(text.slice(at, found.index));
    if (/^caller$/i.test(name)) words.push(caller === 'azure' ? otherwise : callerWords(caller, name === 'Caller'));
    else if (value !== undefined) words.push({ value });
    else if (otherwise !== '') words.push(otherwise);
    at = found.index + whole.length;
  }
  if (at < text.length) words.push(text.slice(at));
  return words;
}

function callerWords(caller: Exclude<Caller, 'azure'>, first: boolean): string {
  const words = callers[caller];
  return first ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** Words as plain text. */
export function plain(words: Words): string {
  return words.map((one) => (typeof one === 'string' ? one : one.value)).join('');
}

/** What an entry is told with, as far as it is known. */
export interface Told {
  slots?: Slots | undefined;
  /** The attributes it is about, by SCIM path. */
  faults?: readonly string[] | undefined;
  caller?: Caller;
}

/** An entry with its slots filled. */
export function explained(
  code: string,
  entry: Entry,
  { slots = {}, faults = [], caller = 'azure' }: Told = {},
): Explanation {
  return {
    code,
    severity: entry.severity,
    caller,
    title: fill(entry.title, slots, caller),
    what: fill(entry.what, slots, caller),
    why: fill(entry.why, slots, caller),
    cure: entry.cure.map(({ side, text, expression }) => ({
      side,
      text: fill(text, slots, caller),
      expression: expression === undefined ? null : plain(fill(expression, slots)),
    })),
    source: sources[entry.source],
    rfc: entry.rfc,
    faults,
  };
}
