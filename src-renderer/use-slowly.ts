import { type QueryFunction, type QueryKey, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queryClient } from './api.ts';

/** How often something that is shown on every screen may be read. */
const EVERY_MS = 5_000;
/** Some states change by time alone. */
const OLD_MS = 60_000;

interface Question<Data, Key extends QueryKey> {
  queryKey: Key;
  queryFn?: QueryFunction<Data, Key>;
}

/**
 * What a query knows, for places that are on every screen: read again at most every few seconds, and only when something
 * happened meanwhile or a minute has passed. Where a screen reads the same more often, its answer is shown.
 */
export function useSlowly<Data, Key extends QueryKey>(
  { queryKey, queryFn }: Question<Data, Key>,
  wanted: boolean,
): Data | undefined {
  const { data } = useQuery<Data, Error, Data, Key>({
    queryKey,
    ...(queryFn === undefined ? {} : { queryFn }),
    enabled: false,
  });
  const ask = useRef(() => {});
  ask.current = () => {
    if (queryFn === undefined) return;
    const question = { queryKey, queryFn, staleTime: OLD_MS, retry: false };
    // A pilot out of reach is told by the frame; the next turn asks again.
    queryClient.fetchQuery<Data, Error, Data, Key>(question).catch(() => {});
  };
  useEffect(() => {
    if (!wanted) return;
    ask.current();
    const timer = setInterval(() => ask.current(), EVERY_MS);
    return () => clearInterval(timer);
  }, [wanted]);
  return data;
}
