import { z } from 'zod';
import { longestQuery } from '../../contract/query/index.ts';
import { change, found, t } from './trpc.ts';

const query = z.string().max(longestQuery);
const filterName = z.string().max(100);

/** Captured calls. */
export const feedRouter = t.router({
  page: change
    .input(
      z.object({
        before: z.int().nullable(),
        limit: z.int().min(1).max(500),
        query,
      }),
    )
    .query(({ ctx, input }) => ctx.pilot.feed.page(input)),
  filters: t.procedure.query(({ ctx }) => ctx.pilot.feed.filters.list()),
  saveFilter: change
    .input(z.object({ name: filterName, query }))
    .mutation(({ ctx, input }) => ctx.pilot.feed.filters.save(input)),
  forgetFilter: change
    .input(z.object({ name: filterName }))
    .mutation(({ ctx, input }) => ctx.pilot.feed.filters.forget(input.name)),
  matching: change
    .input(z.object({ query, positions: z.array(z.int()).max(1_000) }))
    .query(({ ctx, input }) => ctx.pilot.feed.matching(input.query, input.positions)),
  /** All calls of an action, whatever filter shows some of them. */
  action: t.procedure
    .input(z.object({ position: z.int().min(0) }))
    .query(({ ctx, input }) => ctx.pilot.feed.action(input.position)),
  /** One call with everything about it. (tRPC keeps the name `call` for itself.) */
  detail: t.procedure
    .input(z.object({ code: z.string().max(32) }))
    .query(async ({ ctx, input }) => found(await ctx.pilot.feed.call(input.code), `Call ${input.code}`)),
  tally: t.procedure.query(({ ctx }) => ctx.pilot.feed.tally()),
  cycles: t.procedure.query(({ ctx }) => ctx.pilot.feed.cycles()),
  nextCycle: t.procedure.query(({ ctx }) => ctx.pilot.feed.nextCycle()),
  minutes: t.procedure.query(({ ctx }) => ctx.pilot.feed.minutes()),
});
