import { initTRPC, TRPCError } from '@trpc/server';
import { RequestError, type RequestErrorCode } from '../../contract/catalogue/errors.ts';
import { StorageUnavailable } from '../../storage/index.ts';
import type { ApiContext } from '../context.ts';

/** tRPC with the shape of errors fixed: a stable code and one sentence, never a stack. */
export const t = initTRPC.context<ApiContext>().create({
  errorFormatter({ shape }) {
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, data };
  },
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
});

const trpcCodes: Record<RequestErrorCode, TRPCError['code']> = {
  invalid: 'BAD_REQUEST',
  taken: 'CONFLICT',
  unknown: 'NOT_FOUND',
};

/** What changes the pilot: refusals keep their sentence and get a code that the window can tell apart. */
export const change = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof RequestError) throw new TRPCError({ code: trpcCodes[cause.code], message: cause.message });
  if (cause instanceof StorageUnavailable) {
    const message = 'The pilot can not write to its data folder at present: nothing was changed.';
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message });
  }
  return result;
});

/** The value, or NOT_FOUND where there is none. */
export function found<T>(value: T | null, what: string): T {
  if (value === null) throw new TRPCError({ code: 'NOT_FOUND', message: `${what} is not stored here.` });
  return value;
}
