import { useEffect, useSyncExternalStore } from 'react';

/** Something that the command palette offers. */
export interface Command {
  id: string;
  /** What it does, as a button would say it. */
  title: string;
  /** Where it belongs, in one or two words; also found by. */
  group: string;
  /** The key that does the same. */
  keys?: string;
  run(): void;
}

const offered = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function changed(): void {
  all = [...offered.values()].flat();
  for (const listener of listeners) listener();
}

/** Offers commands while the component that calls it is on screen. `commands` must stay the same object between changes. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const key = Symbol('commands');
    offered.set(key, commands);
    changed();
    return () => {
      offered.delete(key);
      changed();
    };
  }, [commands]);
}

/** All that are offered now, those of the frame first. */
export function useOffered(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/**
 * The commands that hold every word of `text`, and what was `found` by it, best first: those whose title begins with it, those
 * with a word that does, the others. An empty text keeps all, in their order.
 */
export function matching(commands: readonly Command[], found: readonly Command[], text: string): Command[] {
  const wanted = fold(text).trim();
  const words = wanted.split(/\s+/);
  const rank = ({ title }: Command): number => {
    const name = fold(title);
    if (name.startsWith(wanted)) return 0;
    return name.split(/\s+/).some((word) => word.startsWith(words[0] ?? '')) ? 1 : 2;
  };
  const holding = commands.filter(({ title, group }) => {
    const place = fold(`${title} ${group}`);
    return words.every((word) => place.includes(word));
  });
  return [...holding, ...found]
    .map((command) => ({ command, rank: rank(command) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ command }) => command);
}
