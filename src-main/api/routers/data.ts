import { z } from 'zod';
import { change, t } from './trpc.ts';

const backup = z.string().max(100);
const source = z.union([z.object({ ticket: z.string().max(100) }), z.object({ backup })]);

/** The open pilot's data as a whole. */
export const dataRouter = t.router({
  read: t.procedure.query(({ ctx }) => ctx.host.data.read()),
  progress: t.procedure.query(({ ctx }) => ctx.host.data.progress()),
  backUp: change.mutation(({ ctx }) => ctx.host.data.backUp()),
  removeBackup: change
    .input(z.object({ backup }))
    .mutation(({ ctx, input }) => ctx.host.data.removeBackup(input.backup)),
  fetchBackup: change.input(z.object({ backup })).mutation(({ ctx, input }) => ctx.host.data.fetchBackup(input.backup)),
  /** A mutation, since it takes its time: nothing is changed. */
  inspect: change.input(source).mutation(({ ctx, input }) => ctx.host.data.inspect(input)),
  restore: change.input(source).mutation(({ ctx, input }) => ctx.host.data.restore(input)),
  erase: change
    .input(z.object({ what: z.enum(['calls', 'everything']) }))
    .mutation(({ ctx, input }) => ctx.host.data.erase(input.what)),
});
