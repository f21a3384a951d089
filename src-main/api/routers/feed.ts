import { z } from 'zod';
import { found, t } from './trpc.ts';

/** Captured calls. */
export const feedRouter = t.router({
  page: t.procedure
    .input(
      z.object({
        before: z.int().nullable(),
        limit: z.int().min(1).max(500),
        onlyFailed: z.boolean(),
        hideProbes: z.boolean(),
      }),
    )
    .query(({ ctx, input }) => ctx.pilot.feed.page(input)),
  /** One call with everything about it. (tRPC keeps the name `call` for itself.) */
  detail: t.procedure
    .input(z.object({ code: z.string().max(32) }))
    .query(async ({ ctx, input }) => found(await ctx.pilot.feed.call(input.code), `Call ${input.code}`)),
  minutes: t.procedure.query(({ ctx }) => ctx.pilot.feed.minutes()),
});
