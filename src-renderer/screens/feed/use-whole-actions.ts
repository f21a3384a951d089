import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallSummary } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { type ActionLine, type CallLine, withWhole } from './lines.ts';

type Answers = { data?: CallSummary[] | undefined; isError: boolean }[];

/** Stable, so that an answer that has not changed makes no new list. */
const readings = (answers: Answers) => answers.map(({ data, isError }) => (isError ? ('unread' as const) : data));

/**
 * The rows, in which an open action of which the list holds only some calls (a query hid the others, or they are on the next
 * page) has all of them.
 */
export function useWholeActions(
  rows: readonly (ActionLine | CallLine)[],
  opened: ReadonlySet<number>,
  narrowed: boolean,
): readonly (ActionLine | CallLine)[] {
  const partial = useMemo(() => {
    if (opened.size === 0) return [];
    return rows.flatMap((row) => {
      if (row.kind !== 'action' || !opened.has(row.action.position)) return [];
      return narrowed || row.action.calls[0]?.position !== row.action.position ? [row.action.position] : [];
    });
  }, [rows, opened, narrowed]);
  const whole = useQueries({
    queries: partial.map((position) => api.feed.action.queryOptions({ position })),
    combine: readings,
  });
  return useMemo(() => {
    if (partial.length === 0) return rows;
    const byPosition = new Map(partial.map((position, index) => [position, whole[index]]));
    return rows.map((row) => {
      const calls = row.kind === 'action' ? byPosition.get(row.action.position) : undefined;
      return row.kind === 'call' || calls === undefined ? row : withWhole(row, calls, narrowed);
    });
  }, [rows, partial, whole, narrowed]);
}
