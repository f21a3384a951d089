import { z } from 'zod';
import { change, hosted, hostedChange, t } from './trpc.ts';

const pilotId = z.string().regex(/^[a-z0-9-]{1,64}$/);
const id = z.object({ id: pilotId });
const name = z.string().max(200);
const ticket = z.string().max(100);

/** The pilots of this data folder. */
export const pilotsRouter = t.router({
  list: hosted.query(({ ctx }) => ctx.host.pilots.list()),
  create: change.input(z.object({ name })).mutation(({ ctx, input }) => ctx.host.pilots.create(input.name)),
  open: hostedChange.input(id).mutation(({ ctx, input }) => ctx.host.pilots.open(input.id)),
  rename: change
    .input(z.object({ id: pilotId, name }))
    .mutation(({ ctx, input }) => ctx.host.pilots.rename(input.id, input.name)),
  duplicate: change
    .input(z.object({ id: pilotId, name }))
    .mutation(({ ctx, input }) => ctx.host.pilots.duplicate(input.id, input.name)),
  erasable: t.procedure.input(id).query(({ ctx, input }) => ctx.host.pilots.erasable(input.id)),
  reset: change.input(id).mutation(({ ctx, input }) => ctx.host.pilots.reset(input.id)),
  remove: change.input(id).mutation(({ ctx, input }) => ctx.host.pilots.remove(input.id)),
  export: change.input(id).mutation(({ ctx, input }) => ctx.host.pilots.export(input.id)),
  import: change
    .input(z.object({ ticket, name }))
    .mutation(({ ctx, input }) => ctx.host.pilots.import(input.ticket, input.name)),
});
