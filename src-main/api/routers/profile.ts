import { z } from 'zod';
import { change, t } from './trpc.ts';

const profileRule = z.object({
  resourceType: z.enum(['User', 'Group']),
  path: z.string().max(500),
  required: z.boolean(),
  maxLength: z.int().min(1).max(1_000_000).nullable(),
  allowed: z.array(z.string().max(1_000)).max(1_000).nullable(),
});
/** What ServiceOps demands of values. */
export const profileRouter = t.router({
  rules: t.procedure.query(({ ctx }) => ctx.pilot.profile.rules()),
  /** A mutation because of its size: nothing is changed. */
  read: change
    .input(z.object({ text: z.string().max(900_000) }))
    .mutation(({ ctx, input }) => ctx.pilot.profile.read(input.text)),
  set: change
    .input(z.object({ rules: z.array(profileRule).max(500) }))
    .mutation(({ ctx, input }) => ctx.pilot.profile.set(input.rules)),
});
