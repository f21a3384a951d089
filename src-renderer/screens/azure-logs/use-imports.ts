import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { AzureImport } from '../../../src-main/contract/index.ts';
import { api, queryClient } from '../../api.ts';
import { useLive } from '../../ui/use-live.ts';
import { isBusy } from './words.ts';

const POLL = 400;

/** The imports, newest first; read again while one is worked on. */
export function useImports() {
  const { status } = useLive();
  const query = useQuery({
    ...api.azureLogs.list.queryOptions(),
    enabled: status !== null,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.data?.some(isBusy) ? POLL : false),
  });
  const imports: AzureImport[] | undefined = query.data;
  const busy = imports?.some(isBusy) ?? false;
  const wasBusy = useRef(busy);
  useEffect(() => {
    // What was shown of it meanwhile is out of date.
    if (wasBusy.current && !busy) {
      void queryClient.invalidateQueries({
        queryKey: api.azureLogs.pathKey(),
        predicate: ({ queryKey }) => JSON.stringify(queryKey) !== JSON.stringify(api.azureLogs.list.queryKey()),
      });
    }
    wasBusy.current = busy;
  }, [busy]);
  return { imports, failed: query.isError, retry: query.refetch };
}
