import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { api } from '../api.ts';
import { useWindowState } from '../frame/window-state.tsx';
import type { Command } from './commands.ts';

/** What the pilot keeps and the palette leads to: filters that have a name, and the newest imported log of Azure's. */
export function useStored(): readonly Command[] {
  const [, go] = useLocation();
  const { setQuery } = useWindowState();
  const { data: filters } = useQuery({ ...api.feed.filters.queryOptions(), refetchOnMount: 'always' });
  const { data: imports } = useQuery({ ...api.azureLogs.list.queryOptions(), refetchOnMount: 'always' });
  return useMemo(() => {
    const log = imports?.find(({ entries }) => entries > 0);
    return [
      ...(filters ?? []).map(({ name, query }) => ({
        id: `filter-${name}`,
        title: `Filter: ${name}`,
        group: query,
        run() {
          setQuery(query);
          go('/feed');
        },
      })),
      ...(log === undefined
        ? []
        : [
            {
              id: 'azure-report',
              title: `Report on ${log.name}`,
              group: 'Azure logs',
              run: () => go(`/azure-logs/${log.id}/report`),
            },
          ]),
    ];
  }, [filters, imports, setQuery, go]);
}
