import { tracked } from '@trpc/server';
import { z } from 'zod';
import { attributesRouter } from './routers/attributes.ts';
import { azureLogsRouter } from './routers/azure-logs.ts';
import { callsRouter } from './routers/calls.ts';
import { dataRouter } from './routers/data.ts';
import { directoryRouter } from './routers/directory.ts';
import { exportRouter } from './routers/export.ts';
import { feedRouter } from './routers/feed.ts';
import { guideRouter } from './routers/guide.ts';
import { hostRouter } from './routers/host.ts';
import { pilotsRouter } from './routers/pilots.ts';
import { practiceRouter } from './routers/practice.ts';
import { profileRouter } from './routers/profile.ts';
import { replayRouter } from './routers/replay.ts';
import { tenantAdminsRouter } from './routers/tenant-admins.ts';
import { tokenRouter } from './routers/token.ts';
import { hosted, t } from './routers/trpc.ts';
import { tunnelRouter } from './routers/tunnel.ts';

/** Everything the window may ask and watch: a router for each screen or matter. */
export const router = t.router({
  status: t.procedure.query(({ ctx }) => ctx.pilot.status()),

  dismissAway: t.procedure.mutation(({ ctx }) => ctx.pilot.dismissAway()),

  /** Tells a page that it may ask. */
  alive: hosted.query(() => true),

  watch: hosted
    .input(
      z
        .object({
          lastEventId: z
            .string()
            .regex(/^[\d.]{1,40}$/)
            .nullish(),
        })
        .optional(),
    )
    .subscription(async function* ({ ctx, input, signal }) {
      const stop = signal ?? new AbortController().signal;
      for await (const { id, event } of ctx.host.watch(input?.lastEventId ?? null, stop)) yield tracked(id, event);
    }),

  overview: t.procedure.query(({ ctx }) => ctx.pilot.overview()),

  dataAccess: t.procedure.query(({ ctx, signal }) => ctx.pilot.dataAccess(signal)),

  feed: feedRouter,
  calls: callsRouter,
  directory: directoryRouter,
  attributes: attributesRouter,
  profile: profileRouter,
  tunnel: tunnelRouter,
  guide: guideRouter,
  practice: practiceRouter,
  replay: replayRouter,
  export: exportRouter,
  azureLogs: azureLogsRouter,
  tenantAdmins: tenantAdminsRouter,
  token: tokenRouter,
  host: hostRouter,
  pilots: pilotsRouter,
  data: dataRouter,
});

export type AppRouter = typeof router;
