import { z } from 'zod';
import { change, found, t } from './trpc.ts';

const code = z.string().max(32);
const request = z.object({
  method: z.string().min(1).max(32),
  target: z.string().min(1).max(16_000),
  headers: z.array(z.tuple([z.string().min(1).max(200), z.string().max(16_000)])).max(100),
  body: z.string().max(4_000_000).nullable(),
});

/** Captured calls, played again. Nothing of it leaves this machine. */
export const replayRouter = t.router({
  draft: t.procedure
    .input(z.object({ code }))
    .query(async ({ ctx, input }) => found(await ctx.pilot.replay.draft(input.code), `Call ${input.code}`)),
  /** `request` null: as it was captured. */
  run: change
    .input(z.object({ code, request: request.nullable(), place: z.enum(['copy', 'live']) }))
    .mutation(async ({ ctx, input, signal }) =>
      found(
        await ctx.pilot.replay.run(input.code, input.request, input.place, signal ?? new AbortController().signal),
        `Call ${input.code}`,
      ),
    ),
});
