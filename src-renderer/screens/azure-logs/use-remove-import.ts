import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { api, client, queryClient } from '../../api.ts';
import { useAnnounce } from '../../ui/announcer.tsx';

/** Deletes an import, and opens the newest that is left. */
export function useRemoveImport(id: number) {
  const [, go] = useLocation();
  const announce = useAnnounce();
  return useMutation({
    mutationFn: () => client.azureLogs.delete.mutate({ id }),
    onSuccess() {
      announce('The import was deleted');
      go('/azure-logs');
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.azureLogs.list.queryKey() }),
  });
}
