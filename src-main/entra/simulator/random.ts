/** Numbers that look random and are the same for the same seed, so that a run can be repeated and a test can expect. */
export interface SeededRandom {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  /** One of `from`, which must not be empty. */
  pick<T>(from: readonly T[]): T;
  /** A copy of `from` in another order. */
  shuffled<T>(from: readonly T[]): T[];
  /** A version 4 GUID in lower case, as Entra's object ids are. */
  guid(): string;
}

/** mulberry32: 32 bits of state, plenty for invented people. Not for anything secret. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (below: number): number => Math.floor((next() / 2 ** 32) * below);
  return {
    int,
    pick<T>(from: readonly T[]): T {
      const one = from[int(from.length)];
      if (one === undefined) throw new RangeError('Nothing to pick from.');
      return one;
    },
    shuffled<T>(from: readonly T[]): T[] {
      return from
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    },
    guid() {
      const hex = Array.from({ length: 4 }, () => next().toString(16).padStart(8, '0')).join('');
      const variant = '89ab'.charAt(int(4));
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
  };
}
