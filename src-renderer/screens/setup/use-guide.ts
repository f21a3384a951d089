import { useQuery } from '@tanstack/react-query';
import type { Guide } from '../../../src-main/contract/index.ts';
import { api } from '../../api.ts';
import { useLive } from '../../ui/use-live.ts';

/** Some states change by time alone. */
const REREAD_MS = 5_000;

/** How the set-up stands. `failed`: it could not be read even once. */
export function useGuide(): { guide: Guide | undefined; failed: boolean } {
  const { status } = useLive();
  const { data: guide, isError } = useQuery({
    ...api.guide.read.queryOptions(),
    enabled: status !== null,
    refetchInterval: REREAD_MS,
  });
  return { guide, failed: isError && guide === undefined };
}
