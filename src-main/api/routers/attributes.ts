import { z } from 'zod';
import { change, t } from './trpc.ts';

const fieldType = z.enum(['String', 'Integer', 'Boolean', 'DateTime']);
const fieldLabel = z.string().max(200);
const attributeName = z.string().max(500);
const schemaText = z.object({ text: z.string().max(1_000_000) });
const fieldId = z.int().positive();

/** Custom fields, and what Azure sends. */
export const attributesRouter = t.router({
  fields: t.procedure.query(({ ctx }) => ctx.pilot.attributes.fields()),
  overview: t.procedure.query(({ ctx, signal }) => ctx.pilot.attributes.overview(signal)),
  define: change
    .input(z.object({ label: fieldLabel, type: fieldType, attribute: attributeName.nullable() }))
    .mutation(({ ctx, input }) => ctx.pilot.attributes.define(input)),
  defineFromUnmapped: change
    .input(z.object({ path: attributeName, label: fieldLabel, type: fieldType }))
    .mutation(({ ctx, input }) => ctx.pilot.attributes.defineFromUnmapped(input.path, input.label, input.type)),
  rename: change
    .input(z.object({ id: fieldId, label: fieldLabel, attribute: attributeName.nullable() }))
    .mutation(({ ctx, input: { id, ...to } }) => ctx.pilot.attributes.rename(id, to)),
  /** A mutation because of its size: nothing is changed. */
  readSchema: change.input(schemaText).mutation(({ ctx, input }) => ctx.pilot.attributes.readSchema(input.text)),
  useSchema: change.input(schemaText).mutation(({ ctx, input }) => ctx.pilot.attributes.useSchema(input.text)),
  forgetSchema: change.mutation(({ ctx }) => ctx.pilot.attributes.forgetSchema()),
  retire: change.input(z.object({ id: fieldId })).mutation(({ ctx, input }) => ctx.pilot.attributes.retire(input.id)),
});
