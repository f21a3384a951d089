import { QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, TRPCClientError } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '../src-main/api/router.ts';

/** Where every host serves the router. */
const API_PATH = '/api';

/** The router, typed. Queries go one request each, so that a slow one (a search) never holds back another. */
export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url: API_PATH }),
      false: httpLink({ url: API_PATH }),
    }),
  ],
});

/** True when the pilot answered that the thing asked for is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof TRPCClientError && error.data?.code === 'NOT_FOUND';
}

/** What is shown stays until events say otherwise: nothing is read again by itself. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      // What was there and is not any more is not shown on: a purged record is to be seen nowhere.
      if (isNotFound(error) && query.state.data !== undefined) query.setState({ data: undefined });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => !isNotFound(error) && failures < 3,
      retryDelay: (attempt) => Math.min(250 * 2 ** attempt, 2_000),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** Query options for each procedure, by the router's own names. */
export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
