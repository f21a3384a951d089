import { useMutation } from '@tanstack/react-query';
import { api, client, queryClient } from '../../api.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { problemOf } from '../../ui/problem-of.ts';

/** Sets or takes back a tick of the guide; a box follows the press at once. */
export function useTick() {
  const announce = useAnnounce();
  const key = api.guide.read.queryKey();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (tick: { name: string; on: boolean }) => client.guide.tick.mutate(tick),
    onMutate({ name, on }) {
      queryClient.setQueryData(key, (guide) => {
        if (guide === undefined) return guide;
        const { [name]: _, ...others } = guide.ticks;
        return { ...guide, ticks: on ? { ...others, [name]: Date.now() } : others };
      });
    },
    onSuccess: (_, { on }) => announce(on ? 'Ticked' : 'Tick taken back'),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
  return {
    run: (name: string, on: boolean) => mutate({ name, on }),
    running: isPending,
    problem: error === null ? null : problemOf(error),
  };
}
