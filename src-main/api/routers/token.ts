import { z } from 'zod';
import { change, t } from './trpc.ts';

/** The Secret Token. */
export const tokenRouter = t.router({
  /** A mutation, so that no link, image or prefetch can cause it. */
  reveal: t.procedure.mutation(async ({ ctx }) => ({ token: await ctx.pilot.token.reveal() })),
  rotate: change.mutation(({ ctx }) => ctx.pilot.token.rotate()),
  revoke: change.mutation(({ ctx }) => ctx.pilot.token.revoke()),
  setExpiry: change
    .input(z.object({ days: z.int().min(1).max(3_650).nullable() }))
    .mutation(({ ctx, input }) => ctx.pilot.token.setExpiry(input.days)),
});
