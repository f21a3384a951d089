import { z } from 'zod';
import { change, t } from './trpc.ts';

/** ServiceOps tenant admins. */
export const tenantAdminsRouter = t.router({
  list: t.procedure.query(({ ctx }) => ctx.pilot.tenantAdmins.list()),
  set: change
    .input(z.object({ userNames: z.array(z.string().max(1_000)).max(1_000) }))
    .mutation(({ ctx, input }) => ctx.pilot.tenantAdmins.set(input.userNames)),
});
