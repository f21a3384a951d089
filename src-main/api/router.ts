import { initTRPC, TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { RequestError, type RequestErrorCode } from '../contract/catalogue/errors.ts';
import { practiceActivities } from '../contract/catalogue/practice-activities.ts';
import { StorageUnavailable } from '../storage/index.ts';
import type { ApiContext } from './context.ts';

/** tRPC with the shape of errors fixed: a stable code and one sentence, never a stack. */
const t = initTRPC.context<ApiContext>().create({
  errorFormatter({ shape }) {
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, data };
  },
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
});

const trpcCodes: Record<RequestErrorCode, TRPCError['code']> = {
  invalid: 'BAD_REQUEST',
  taken: 'CONFLICT',
  unknown: 'NOT_FOUND',
};

/** What changes the pilot: refusals keep their sentence and get a code that the window can tell apart. */
const change = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  if (cause instanceof RequestError) throw new TRPCError({ code: trpcCodes[cause.code], message: cause.message });
  if (cause instanceof StorageUnavailable) {
    const message = 'The pilot can not write to its data folder at present: nothing was changed.';
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message });
  }
  return result;
});

const fieldType = z.enum(['String', 'Integer', 'Boolean', 'DateTime']);
const fieldLabel = z.string().max(200);
const attributeName = z.string().max(500);
const profileRule = z.object({
  resourceType: z.enum(['User', 'Group']),
  path: attributeName,
  required: z.boolean(),
  maxLength: z.int().min(1).max(1_000_000).nullable(),
  allowed: z.array(z.string().max(1_000)).max(1_000).nullable(),
});
const fieldId = z.int().positive();

const tableQuestion = z.object({
  search: z.string().max(200),
  state: z.enum(['current', 'archived', 'drifted']),
  after: z.string().max(500).nullable(),
  limit: z.int().min(1).max(500),
});

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

const id = z.string().min(1).max(200);
const record = z.object({ type: z.enum(['User', 'Group']), id });
const text = z.string().max(10_000);
const handEdit = z.object({ path: z.string().min(1).max(500), value: text.nullable() });

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

  dataAccess: t.procedure.query(({ ctx, signal }) => ctx.pilot.dataAccess(signal)),

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
    drifted: t.procedure.query(({ ctx }) => ctx.pilot.directory.drifted()),
    deleted: t.procedure.query(({ ctx }) => ctx.pilot.directory.deleted()),
    editUser: change
      .input(z.object({ id, edits: z.array(handEdit).min(1).max(200) }))
      .mutation(({ ctx, input }) => ctx.pilot.directory.editUser(input.id, input.edits)),
    editGroup: change
      .input(
        z.object({ id, displayName: text.nullable(), add: z.array(id).max(1_000), remove: z.array(id).max(1_000) }),
      )
      .mutation(({ ctx, input: { id: group, ...edit } }) => ctx.pilot.directory.editGroup(group, edit)),
    putBack: change.input(record).mutation(({ ctx, input }) => ctx.pilot.directory.putBack(input.type, input.id)),
    restore: change.input(record).mutation(({ ctx, input }) => ctx.pilot.directory.restore(input.type, input.id)),
    purge: change.input(record).mutation(({ ctx, input }) => ctx.pilot.directory.purge(input.type, input.id)),
    purgeDeleted: change.mutation(({ ctx }) => ctx.pilot.directory.purgeDeleted()),
  }),

  attributes: t.router({
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
    retire: change.input(z.object({ id: fieldId })).mutation(({ ctx, input }) => ctx.pilot.attributes.retire(input.id)),
  }),

  profile: t.router({
    rules: t.procedure.query(({ ctx }) => ctx.pilot.profile.rules()),
    /** A mutation because of its size: nothing is changed. */
    read: change
      .input(z.object({ text: z.string().max(900_000) }))
      .mutation(({ ctx, input }) => ctx.pilot.profile.read(input.text)),
    set: change
      .input(z.object({ rules: z.array(profileRule).max(500) }))
      .mutation(({ ctx, input }) => ctx.pilot.profile.set(input.rules)),
  }),

  /** A `problem` that comes back says in words why nothing was changed. */
  tunnel: t.router({
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
  }),

  guide: t.router({
    read: t.procedure.query(({ ctx }) => ctx.pilot.guide.read()),
    tick: change
      .input(z.object({ name: z.string().max(50), on: z.boolean() }))
      .mutation(({ ctx, input }) => ctx.pilot.guide.tick(input.name, input.on)),
    setPortal: change
      .input(z.object({ address: z.string().max(2_000) }))
      .mutation(({ ctx, input }) => ctx.pilot.guide.setPortal(input.address)),
    setLimit: change
      .input(z.object({ expected: z.int().min(1).max(1_000_000).nullable() }))
      .mutation(({ ctx, input }) => ctx.pilot.guide.setLimit(input.expected)),
    reset: change.mutation(({ ctx }) => ctx.pilot.guide.reset()),
  }),

  practice: t.router({
    run: t.procedure.query(({ ctx }) => ctx.pilot.practice.run()),
    start: change
      .input(
        z.object({
          users: z.int().min(1).max(10_000),
          groups: z.int().min(0).max(500),
          seed: z
            .int()
            .min(0)
            .max(2 ** 32 - 1),
          compliant: z.boolean(),
        }),
      )
      .mutation(({ ctx, input }) => ctx.pilot.practice.start(input)),
    play: change
      .input(z.object({ activity: z.enum(practiceActivities) }))
      .mutation(({ ctx, input }) => ctx.pilot.practice.play(input.activity)),
    stop: t.procedure.mutation(({ ctx }) => ctx.pilot.practice.stop()),
  }),

  tenantAdmins: t.router({
    list: t.procedure.query(({ ctx }) => ctx.pilot.tenantAdmins.list()),
    set: change
      .input(z.object({ userNames: z.array(z.string().max(1_000)).max(1_000) }))
      .mutation(({ ctx, input }) => ctx.pilot.tenantAdmins.set(input.userNames)),
  }),

  token: t.router({
    /** A mutation, so that no link, image or prefetch can cause it. */
    reveal: t.procedure.mutation(async ({ ctx }) => ({ token: await ctx.pilot.token.reveal() })),
    rotate: change.mutation(({ ctx }) => ctx.pilot.token.rotate()),
    revoke: change.mutation(({ ctx }) => ctx.pilot.token.revoke()),
    setExpiry: change
      .input(z.object({ days: z.int().min(1).max(3_650).nullable() }))
      .mutation(({ ctx, input }) => ctx.pilot.token.setExpiry(input.days)),
  }),
});

export type AppRouter = typeof router;
