import { type QueryKey, useMutation } from '@tanstack/react-query';
import { doAway, rereadRecords } from './reread-records.ts';
import { useAnnounce } from './ui/announcer.tsx';
import { problemOf } from './ui/problem-of.ts';

interface ActOptions {
  onDone?(): void;
  /** What the act does away with, and what is read below that key. */
  gone?: QueryKey;
}

/** An act of the admin: runs, says what was done, and has what is on screen read again. */
export function useAct<Result>(
  act: () => Promise<Result>,
  done: (result: Result) => string,
  { onDone, gone }: ActOptions = {},
) {
  const announce = useAnnounce();
  const mutation = useMutation({
    mutationFn: () => (gone === undefined ? act() : doAway(gone, act)),
    onSuccess(result) {
      announce(done(result));
      onDone?.();
      rereadRecords();
    },
  });
  return {
    run: () => mutation.mutate(),
    running: mutation.isPending,
    result: mutation.data ?? null,
    /** What was refused, in the pilot's words. */
    problem: mutation.error === null ? null : problemOf(mutation.error),
    /** What was refused is no more what would be asked for. */
    forget: mutation.reset,
  };
}
