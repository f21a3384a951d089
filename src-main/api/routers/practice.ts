import { z } from 'zod';
import { faultKinds, faultTargets } from '../../contract/catalogue/faults.ts';
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
  startFaults: change
    .input(z.object({ kind: z.enum(faultKinds), calls: z.enum(faultTargets), count: z.int().min(1).max(10_000) }))
    .mutation(({ ctx, input }) => ctx.pilot.practice.startFaults(input)),
  stopFaults: t.procedure.mutation(({ ctx }) => ctx.pilot.practice.stopFaults()),
  stop: t.procedure.mutation(({ ctx }) => ctx.pilot.practice.stop()),
  // Not the directory's: what is read of that is read again with every call, and this walks over everybody.
  records: t.procedure.query(({ ctx, signal }) => ctx.pilot.practice.records(signal)),
  purge: change.mutation(({ ctx }) => ctx.pilot.practice.purge()),
});
