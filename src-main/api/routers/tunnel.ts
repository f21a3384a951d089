import { z } from 'zod';
import { t } from './trpc.ts';

const tunnelSettings = z.object({
  kind: z.enum(['none', 'own', 'ngrok']),
  startWithApp: z.boolean(),
  ownOrigin: z.string().max(300).nullable(),
  domain: z.string().max(300).nullable(),
  server: z.string().max(300).nullable(),
  ca: z.string().max(200_000).nullable(),
  /** As pasted; null: the stored one stays. */
  authtoken: z.string().max(2_000).nullable(),
});

const pastedAuthtoken = z.object({ authtoken: z.string().max(2_000) });

/** How Azure reaches the pilot. A `problem` that comes back says in words why nothing was changed. */
export const tunnelRouter = t.router({
  settings: t.procedure.query(({ ctx }) => ctx.pilot.tunnel.settings()),
  save: t.procedure.input(tunnelSettings).mutation(async ({ ctx, input: { authtoken, ...change } }) => ({
    problem: await ctx.pilot.tunnel.save(change, authtoken),
  })),
  checkAuthtoken: t.procedure.input(pastedAuthtoken).mutation(async ({ ctx, input, signal }) => ({
    problem: await ctx.pilot.tunnel.checkAuthtoken(input.authtoken, signal ?? new AbortController().signal),
  })),
  forgetAuthtoken: t.procedure.mutation(({ ctx }) => ctx.pilot.tunnel.forgetAuthtoken()),
  start: t.procedure.mutation(({ ctx }) => ctx.pilot.tunnel.start()),
  stop: t.procedure.mutation(({ ctx }) => ctx.pilot.tunnel.stop()),
  check: t.procedure.mutation(({ ctx }) => ctx.pilot.tunnel.check()),
  usage: t.procedure.query(({ ctx }) => ctx.pilot.tunnel.usage()),
});
