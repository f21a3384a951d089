import type { Explanation, Words } from '../../explanations.ts';
import { type Entry, sources } from './types.ts';

/** What a call tells of the slots of an entry, by name. */
export type Slots = Readonly<Record<string, string>>;

const slot = /\{(\w+)\|([^}]*)\}/g;

/** A text with its slots filled; where the call does not tell, the words stand that the slot brings with it. */
export function fill(text: string, slots: Slots): Words {
  const words: (string | { value: string })[] = [];
  let at = 0;
  for (const found of text.matchAll(slot)) {
    const [whole, name = '', otherwise = ''] = found;
    const value = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (found.index > at) words.push(text.slice(at, found.index));
    if (value !== undefined) words.push({ value });
    else if (otherwise !== '') words.push(otherwise);
    at = found.index + whole.length;
  }
  if (at < text.length) words.push(text.slice(at));
  return words;
}

/** Words as plain text. */
export function plain(words: Words): string {
  return words.map((one) => (typeof one === 'string' ? one : one.value)).join('');
}

/** An entry with its slots filled. `faults`: the attributes it is about, by SCIM path. */
export function explained(code: string, entry: Entry, slots: Slots = {}, faults: readonly string[] = []): Explanation {
  return {
    code,
    severity: entry.severity,
    title: fill(entry.title, slots),
    what: fill(entry.what, slots),
    why: fill(entry.why, slots),
    cure: entry.cure.map(({ side, text, expression }) => ({
      side,
      text: fill(text, slots),
      expression: expression === undefined ? null : plain(fill(expression, slots)),
    })),
    source: sources[entry.source],
    rfc: entry.rfc,
    faults,
  };
}
