/** What a value tells of somebody. */
export type Kind =
  | 'names'
  | 'userNames'
  | 'e-mails'
  | 'phone numbers'
  | 'addresses'
  | 'ids'
  | 'hosts and IPs'
  | 'other values';

/** In the order they are shown. */
export const kinds: readonly Kind[] = [
  'names',
  'userNames',
  'e-mails',
  'phone numbers',
  'addresses',
  'ids',
  'hosts and IPs',
  'other values',
];

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** Somebody, or some group, under whatever ids and names they were met. */
export interface Identities {
  /** The number of whoever bears one of these marks (ids, userNames, e-mails); they all are marks of the same one from now on. */
  of(group: boolean, marks: readonly string[]): number;
  /** The number of whoever bears a mark; null for a stranger. */
  known(mark: string): { group: boolean; number: number } | null;
}

/** Told what belongs together before anything is written, so that the same person has the same number throughout. */
export function createIdentities(): Identities {
  /** Index of the set that each mark is in. */
  const sets = new Map<string, number>();
  /** Sets point to the one they were joined to. */
  const parents: number[] = [];
  const groups: boolean[] = [];
  const numbers = new Map<number, number>();
  const counted = { people: 0, groups: 0 };

  function root(set: number): number {
    let at = set;
    for (let up = parents[at] ?? at; up !== at; up = parents[at] ?? at) {
      parents[at] = parents[up] ?? up;
      at = up;
    }
    return at;
  }

  function numberOf(set: number): number {
    const at = root(set);
    const known = numbers.get(at);
    if (known !== undefined) return known;
    const number = groups[at] ? ++counted.groups : ++counted.people;
    numbers.set(at, number);
    return number;
  }

  return {
    of(group, marks) {
      let set: number | null = null;
      for (const mark of marks.map(fold)) {
        const found = sets.get(mark);
        if (found === undefined) continue;
        const at = root(found);
        if (set === null) set = at;
        else if (at !== set) {
          const [kept, joined]: [number, number] = at < set ? [at, set] : [set, at];
          parents[joined] = kept;
          const number = numbers.get(joined);
          if (number !== undefined && !numbers.has(kept)) numbers.set(kept, number);
          set = kept;
        }
      }
      if (set === null) {
        set = parents.length;
        parents.push(set);
        groups.push(group);
      }
      for (const mark of marks) sets.set(fold(mark), set);
      return numberOf(set);
    },
    known(mark) {
      const set = sets.get(fold(mark));
      return set === undefined ? null : { group: groups[root(set)] ?? false, number: numberOf(set) };
    },
  };
}
