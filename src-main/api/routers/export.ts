import { z } from 'zod';
import { t } from './trpc.ts';

/** What exports and support bundles are made of, in the window. */
export const exportRouter = t.router({
  /** A mutation because of its size: nothing is changed. */
  calls: t.procedure
    .input(z.object({ codes: z.array(z.string().max(32)).max(100) }))
    .mutation(({ ctx, input, signal }) => ctx.pilot.export.calls(input.codes, signal)),
  versions: t.procedure.query(({ ctx }) => ctx.pilot.export.versions()),
});
