import { initTRPC, TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import type { ApiContext } from './context.ts';

/** tRPC with the shape of errors fixed: a stable code and one sentence, never a stack. */
const t = initTRPC.context<ApiContext>().create({
  errorFormatter({ shape }) {
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, data };
  },
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
});

const tableQuestion = z.object({
  search: z.string().max(200),
  state: z.enum(['current', 'archived']),
  after: z.string().max(500).nullable(),
  limit: z.int().min(1).max(500),
});

function found<T>(value: T | null, what: string): T {
  if (value === null) throw new TRPCError({ code: 'NOT_FOUND', message: `${what} is not stored here.` });
  return value;
}

export const router = t.router({
  status: t.procedure.query(({ ctx }) => ctx.pilot.status()),

  watch: t.procedure
    .input(z.object({ lastEventId: z.string().regex(/^\d+$/).nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const lastId = input?.lastEventId == null ? null : Number(input.lastEventId);
      const stop = signal ?? new AbortController().signal;
      for await (const { id, event } of ctx.pilot.watch(lastId, stop)) yield tracked(String(id), event);
    }),

  overview: t.procedure.query(({ ctx }) => ctx.pilot.overview()),

  feed: t.router({
    page: t.procedure
      .input(
        z.object({
          before: z.int().nullable(),
          limit: z.int().min(1).max(500),
          onlyFailed: z.boolean(),
          hideProbes: z.boolean(),
        }),
      )
      .query(({ ctx, input }) => ctx.pilot.feed.page(input)),
    /** One call with everything about it. (tRPC keeps the name `call` for itself.) */
    detail: t.procedure
      .input(z.object({ code: z.string().max(32) }))
      .query(async ({ ctx, input }) => found(await ctx.pilot.feed.call(input.code), `Call ${input.code}`)),
    minutes: t.procedure.query(({ ctx }) => ctx.pilot.feed.minutes()),
  }),

  directory: t.router({
    users: t.procedure.input(tableQuestion).query(({ ctx, input, signal }) => ctx.pilot.directory.users(input, signal)),
    user: t.procedure
      .input(z.object({ id: z.string().max(200) }))
      .query(async ({ ctx, input }) => found(await ctx.pilot.directory.user(input.id), 'This user')),
    groups: t.procedure
      .input(tableQuestion)
      .query(({ ctx, input, signal }) => ctx.pilot.directory.groups(input, signal)),
    group: t.procedure
      .input(z.object({ id: z.string().max(200) }))
      .query(async ({ ctx, input }) => found(await ctx.pilot.directory.group(input.id), 'This group')),
  }),

  token: t.router({
    /** A mutation, so that no link, image or prefetch can cause it. */
    reveal: t.procedure.mutation(async ({ ctx }) => ({ token: await ctx.pilot.token.reveal() })),
  }),
});

export type AppRouter = typeof router;
