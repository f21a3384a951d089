import { z } from 'zod';
import { retentionLimits } from '../../contract/catalogue/limits.ts';
import { change, t } from './trpc.ts';

const within = ([least, most]: readonly [number, number]) => z.int().min(least).max(most);
const retention = z.object({
  calls: within(retentionLimits.calls),
  days: within(retentionLimits.days).nullable(),
  bytes: within(retentionLimits.bytes).nullable(),
});

/** How much of the calls is kept. */
export const callsRouter = t.router({
  retention: t.procedure.query(({ ctx }) => ctx.pilot.calls.retention()),
  setRetention: change.input(retention).mutation(({ ctx, input }) => ctx.pilot.calls.setRetention(input)),
});
