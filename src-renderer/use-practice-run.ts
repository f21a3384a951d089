import { useQuery } from '@tanstack/react-query';
import type { PracticeRun } from '../src-main/contract/index.ts';
import { api } from './api.ts';
import { useLive } from './ui/use-live.ts';

const REREAD_MS = 250;

/** The practice run under way, else the last one, read again while it goes on; undefined until it was read. */
export function usePracticeRun(): PracticeRun | null | undefined {
  const { status } = useLive();
  const { data } = useQuery({
    ...api.practice.run.queryOptions(),
    enabled: status !== null,
    refetchInterval: ({ state }) => (state.data?.running ? REREAD_MS : false),
  });
  return data;
}
