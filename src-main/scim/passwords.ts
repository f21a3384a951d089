import type { Json } from '../contract/json.ts';

/** Whether an attribute of this name is a password (`password`, `userPassword`, `passwd`): accepted, never stored, never shown. */
export function isPasswordName(name: string): boolean {
  return /passw(or)?d$/i.test(name);
}

/** A value that is kept verbatim, without the passwords inside it; the very same when it holds none. */
export function withoutPasswords(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const kept = value.map(withoutPasswords);
    return kept.some((one, index) => one !== value[index]) ? kept : value;
  }
  const entries = Object.entries(value);
  const kept = entries.flatMap(([key, one]): [string, Json][] =>
    isPasswordName(key) ? [] : [[key, withoutPasswords(one)]],
  );
  const same = kept.length === entries.length && kept.every(([, one], index) => one === entries[index]?.[1]);
  return same ? value : Object.fromEntries(kept);
}
