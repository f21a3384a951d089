import { z } from 'zod';
import { practiceActivities } from '../../contract/catalogue/practice-activities.ts';
import { change, t } from './trpc.ts';

/** Entra, played against the pilot. */
export const practiceRouter = t.router({
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
});
