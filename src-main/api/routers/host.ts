import { z } from 'zod';
import { change, t } from './trpc.ts';

const port = z.object({ port: z.int().min(1).max(65_535).nullable() });

/** What holds for every pilot: ports, looks. */
export const hostRouter = t.router({
  ports: t.procedure.query(({ ctx }) => ctx.host.ports()),
  setScimPort: change.input(port).mutation(({ ctx, input }) => ctx.host.setScimPort(input.port)),
  setWindowPort: change.input(port).mutation(({ ctx, input }) => ctx.host.setWindowPort(input.port)),
  setAppearance: change
    .input(
      z.object({
        theme: z.enum(['system', 'light', 'dark']),
        density: z.enum(['normal', 'compact']),
        labels: z.enum(['today', 'older']),
        presenter: z.boolean(),
      }),
    )
    .mutation(({ ctx, input }) => ctx.host.setAppearance(input)),
});
