import { z } from 'zod';
import { change, t } from './trpc.ts';

const retention = z.object({
  calls: z.int().min(1_000).max(10_000_000),
  days: z.int().min(1).max(3_650).nullable(),
  bytes: z.int().min(50_000_000).max(1_000_000_000_000).nullable(),
});

/** How much of the calls is kept. */
export const callsRouter = t.router({
  retention: t.procedure.query(({ ctx }) => ctx.pilot.calls.retention()),
  setRetention: change.input(retention).mutation(({ ctx, input }) => ctx.pilot.calls.setRetention(input)),
});
