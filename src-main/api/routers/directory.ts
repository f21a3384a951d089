import { z } from 'zod';
import { change, found, t } from './trpc.ts';

const tableQuestion = z.object({
  search: z.string().max(200),
  state: z.enum(['current', 'archived', 'drifted']),
  after: z.string().max(500).nullable(),
  limit: z.int().min(1).max(500),
});

const id = z.string().min(1).max(200);
const record = z.object({ type: z.enum(['User', 'Group']), id });
const historyQuestion = record.extend({
  before: z.int().min(1).nullable(),
  limit: z.int().min(1).max(500),
});
const text = z.string().max(10_000);
const handEdit = z.object({ path: z.string().min(1).max(500), value: text.nullable() });

/** Users and groups, and what the admin does with them by hand. */
export const directoryRouter = t.router({
  users: t.procedure.input(tableQuestion).query(({ ctx, input, signal }) => ctx.pilot.directory.users(input, signal)),
  user: t.procedure
    .input(z.object({ id: z.string().max(200) }))
    .query(async ({ ctx, input }) => found(await ctx.pilot.directory.user(input.id), 'This user')),
  groups: t.procedure.input(tableQuestion).query(({ ctx, input, signal }) => ctx.pilot.directory.groups(input, signal)),
  group: t.procedure
    .input(z.object({ id: z.string().max(200) }))
    .query(async ({ ctx, input }) => found(await ctx.pilot.directory.group(input.id), 'This group')),
  history: t.procedure
    .input(historyQuestion)
    .query(async ({ ctx, input }) => found(await ctx.pilot.directory.history(input), 'This record')),
  drifted: t.procedure.query(({ ctx }) => ctx.pilot.directory.drifted()),
  deleted: t.procedure.query(({ ctx }) => ctx.pilot.directory.deleted()),
  editUser: change
    .input(z.object({ id, edits: z.array(handEdit).min(1).max(200) }))
    .mutation(({ ctx, input }) => ctx.pilot.directory.editUser(input.id, input.edits)),
  editGroup: change
    .input(z.object({ id, displayName: text.nullable(), add: z.array(id).max(1_000), remove: z.array(id).max(1_000) }))
    .mutation(({ ctx, input: { id: group, ...edit } }) => ctx.pilot.directory.editGroup(group, edit)),
  putBack: change.input(record).mutation(({ ctx, input }) => ctx.pilot.directory.putBack(input.type, input.id)),
  restore: change.input(record).mutation(({ ctx, input }) => ctx.pilot.directory.restore(input.type, input.id)),
  purge: change.input(record).mutation(({ ctx, input }) => ctx.pilot.directory.purge(input.type, input.id)),
  purgeDeleted: change.mutation(({ ctx }) => ctx.pilot.directory.purgeDeleted()),
});
