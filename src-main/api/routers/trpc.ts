import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { RequestError, type RequestErrorCode } from '../../contract/catalogue/errors.ts';
import { StorageUnavailable } from '../../storage/index.ts';
import type { ApiContext } from '../context.ts';

/** tRPC with the shape of errors fixed: a stable code and one sentence, never a stack. */
const base = initTRPC.context<ApiContext>().create({
  errorFormatter({ shape, error }) {
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, message: error.cause instanceof z.ZodError ? wordsOf(error.cause) : shape.message, data };
  },
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
});

/** What was wrong with what was asked, for people: tRPC's own message is the list of issues as JSON. */
function wordsOf({ issues }: z.ZodError): string {
  const each = issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')} (${message})`));
  return `This was not understood, and nothing was changed: ${each.join('; ')}.`;
}

const trpcCodes: Record<RequestErrorCode, TRPCError['code']> = {
  invalid: 'BAD_REQUEST',
  taken: 'CONFLICT',
  unknown: 'NOT_FOUND',
};

/** Waits while another pilot is being opened. A reading whose pilot was closed in the midst of it is asked of the next one. */
const withPilot = base.middleware(async ({ ctx, next, type }) => {
  const pilot = await ctx.host.pilot();
  const result = await next({ ctx: { pilot } });
  if (result.ok || type !== 'query') return result;
  // Where none opens any more, the first answer is all there is.
  const now = await ctx.host.pilot().catch(() => pilot);
  return now === pilot ? result : next({ ctx: { pilot: now } });
});

/** Refusals keep their sentence and get a code that the window can tell apart. */
const refusals = base.middleware(async ({ next }) => {
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

/** Routers, and procedures over the pilot that is open. */
export const t = { router: base.router, procedure: base.procedure.use(withPilot) };
/** What changes the pilot, or may be refused. */
export const change = t.procedure.use(refusals);
/** What is answered whichever pilot is open, or none. */
export const hosted = base.procedure;
export const hostedChange = hosted.use(refusals);

/** The value, or NOT_FOUND where there is none. */
export function found<T>(value: T | null, what: string): T {
  if (value === null) throw new TRPCError({ code: 'NOT_FOUND', message: `${what} is not stored here.` });
  return value;
}
