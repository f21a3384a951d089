import { z } from 'zod';
import { type TunnelLine, tunnelLineSchema } from './tunnel-lines.ts';

/** What the desktop app tells `npm start` on its stdout, a line of JSON each; the ready line is the public one. */
export type HostMessage =
  | { kind: 'starting' }
  | { kind: 'already-open' }
  | ({ kind: 'ready' } & ReadyLine)
  | { kind: 'tunnel'; line: TunnelLine }
  | { kind: 'stopping'; azureAt: number | null };

/** The ready line, read back. */
export type ReadyLine = z.infer<typeof readySchema>;

const readySchema = z.object({
  ready: z.literal(true),
  pid: z.int(),
  scim: z.url(),
  token: z.string().nullable(),
  window: z.string(),
  public: z.string().nullable(),
});

/** Electron runs and the app begins: from here on its exit code is the start's. */
export const startingLine = JSON.stringify({ starting: true });

/** Another window serves this data folder and was brought to the front. */
export const alreadyOpenLine = JSON.stringify({ alreadyOpen: true });

/** The app is about to close the pilot. `azureAt`: Azure's newest call that was let in. */
export const stoppingLine = (azureAt: number | null) => JSON.stringify({ stopping: true, azureAt });

const lineSchema = z.union([
  z.object({ starting: z.literal(true) }).transform((): HostMessage => ({ kind: 'starting' })),
  z.object({ alreadyOpen: z.literal(true) }).transform((): HostMessage => ({ kind: 'already-open' })),
  z
    .object({ stopping: z.literal(true), azureAt: z.int().nullable() })
    .transform(({ azureAt }): HostMessage => ({ kind: 'stopping', azureAt })),
  tunnelLineSchema.transform((line): HostMessage => ({ kind: 'tunnel', line })),
  readySchema.transform((line): HostMessage => ({ kind: 'ready', ...line })),
]);

/** Null for a line that is not ours (a library's output). */
export function readHostMessage(line: string): HostMessage | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed = lineSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
