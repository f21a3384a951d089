/** Between the benchmark and the servers it forks: a server says when it is ready and what it has used so far. */
import { z } from 'zod';

export const readyMessage = z.object({ ready: z.object({ port: z.number(), token: z.string() }) });
export const usageMessage = z.object({
  usage: z.object({
    /** CPU time of all threads of the process, user and system, microseconds. */
    cpuUs: z.number(),
    /** Resident memory now and at its highest, bytes. */
    rss: z.number(),
    peakRss: z.number(),
  }),
});
export type Usage = z.infer<typeof usageMessage>['usage'];

/** Called by a server that listens. It is asked for its usage with any message, and closes when its parent goes. */
export function announce(port: number, token: string, close: () => Promise<unknown>): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    const { maxRSS } = process.resourceUsage();
    const usage: Usage = { cpuUs: user + system, rss: process.memoryUsage.rss(), peakRss: maxRSS * 1024 };
    process.send?.({ usage });
  });
  process.on('disconnect', () => {
    void close().then(() => process.exit(0));
  });
  process.send?.({ ready: { port, token } });
}

/** The port a listening server has. */
export function portOf(address: { port: number } | string | null): number {
  if (typeof address !== 'object' || address === null) throw new Error('The server does not listen on a port.');
  return address.port;
}
