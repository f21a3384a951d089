import { z } from 'zod';
import { change, found, t } from './trpc.ts';

const id = z.int().positive();
const status = z.enum(['success', 'failure', 'skipped', 'warning', 'unknown']);
const action = z.enum(['create', 'update', 'disable', 'delete', 'stagedDelete', 'stagedAction', 'other']);
const missing = z.enum([
  'skipped',
  'not-sent',
  'no-calls',
  'older',
  'newer',
  'away',
  'quiet',
  'other-application',
  'no-time',
  'unknown',
]);
const moment = z.int().min(0);
const filter = z.object({
  status: status.nullable(),
  action: action.nullable(),
  cause: z.string().max(1_000).nullable(),
  text: z.string().max(200),
  person: z.string().max(20_000).nullable(),
  cycle: z.string().max(20_000).nullable(),
  matched: z.boolean().nullable(),
  missing: missing.nullable(),
  from: moment.nullable(),
  to: moment.nullable(),
});
const after = z
  .string()
  .regex(/^\d+:\d+$/)
  .nullable();

/** A piece of a file, in base64: the window may not send more than a megabyte at once. */
const piece = z.base64().max(1_000_000);

/** Azure's provisioning logs, imported. */
export const azureLogsRouter = t.router({
  list: t.procedure.query(({ ctx }) => ctx.pilot.azureLogs.list()),
  begin: change
    .input(
      z.object({
        files: z
          .array(z.object({ name: z.string().min(1).max(500), bytes: z.int().min(0) }))
          .min(1)
          .max(50),
      }),
    )
    .mutation(({ ctx, input }) => ctx.pilot.azureLogs.begin(input.files)),
  write: change
    .input(z.object({ id, file: z.int().min(0), piece }))
    .mutation(({ ctx, input }) => ctx.pilot.azureLogs.write(input.id, input.file, Buffer.from(input.piece, 'base64'))),
  finish: change.input(z.object({ id })).mutation(({ ctx, input }) => ctx.pilot.azureLogs.finish(input.id)),
  cancel: change.input(z.object({ id })).mutation(({ ctx, input }) => ctx.pilot.azureLogs.cancel(input.id)),
  match: change.input(z.object({ id })).mutation(({ ctx, input }) => ctx.pilot.azureLogs.match(input.id)),
  delete: change.input(z.object({ id })).mutation(({ ctx, input }) => ctx.pilot.azureLogs.delete(input.id)),
  rows: t.procedure
    .input(z.object({ id, filter, after, limit: z.int().min(1).max(500) }))
    .query(({ ctx, input, signal }) => ctx.pilot.azureLogs.rows(input, signal)),
  row: t.procedure
    .input(z.object({ id, row: z.int().positive() }))
    .query(async ({ ctx, input }) => found(await ctx.pilot.azureLogs.row(input.id, input.row), 'This entry')),
  insight: change
    .input(z.object({ id }))
    .query(({ ctx, input, signal }) => ctx.pilot.azureLogs.insight(input.id, signal)),
  silent: change
    .input(
      z.object({
        id,
        why: z.enum(['probe', 'practice', 'local', 'read', 'refused', 'other']).nullable(),
        before: z.int().nullable(),
        limit: z.int().min(1).max(200),
      }),
    )
    .query(({ ctx, input, signal }) => ctx.pilot.azureLogs.silent(input, signal)),
  timeline: change
    .input(z.object({ id, from: moment, to: moment, slots: z.int().min(10).max(500) }))
    .query(({ ctx, input, signal }) => ctx.pilot.azureLogs.timeline(input, signal)),
  csv: t.procedure.input(z.object({ id, filter, after })).query(({ ctx, input }) => ctx.pilot.azureLogs.csv(input)),
});
