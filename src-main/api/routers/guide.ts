import { z } from 'zod';
import { change, t } from './trpc.ts';

/** Where the set-up stands. */
export const guideRouter = t.router({
  read: t.procedure.query(({ ctx }) => ctx.pilot.guide.read()),
  tick: change
    .input(z.object({ name: z.string().max(50), on: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.pilot.guide.tick(input.name, input.on)),
  setPortal: change
    .input(z.object({ address: z.string().max(2_000) }))
    .mutation(({ ctx, input }) => ctx.pilot.guide.setPortal(input.address)),
  setLimit: change
    .input(z.object({ expected: z.int().min(1).max(1_000_000).nullable() }))
    .mutation(({ ctx, input }) => ctx.pilot.guide.setLimit(input.expected)),
  reset: change.mutation(({ ctx }) => ctx.pilot.guide.reset()),
});
