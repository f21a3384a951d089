import { type KeyAction, useKeys } from './keys.ts';

interface RowKeysOptions<Row> {
  rows: readonly Row[];
  keyOf(row: Row): string;
  /** The key of the row that the reader stands on. */
  at: string | null;
  onStep(row: Row): void;
  onEscape: KeyAction;
  /** Other keys of the screen. */
  more?: Record<string, KeyAction | undefined>;
}

/** Keys that step through the rows of a list: j, k and the arrows; Escape leaves. */
export function useRowKeys<Row>({ rows, keyOf, at, onStep, onEscape, more }: RowKeysOptions<Row>): void {
  const step = (by: 1 | -1) => {
    const from = at === null ? -1 : rows.findIndex((row) => keyOf(row) === at);
    const next = rows[from === -1 ? 0 : Math.min(Math.max(from + by, 0), rows.length - 1)];
    if (next === undefined) return false;
    onStep(next);
    return true;
  };
  useKeys({
    ...more,
    j: () => step(1),
    arrowdown: () => step(1),
    k: () => step(-1),
    arrowup: () => step(-1),
    escape: onEscape,
  });
}
