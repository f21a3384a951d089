import type { Away } from '../status.ts';

/** What stopping, and having been away, means to Azure's provisioning job: one wording for every host. */

const minute = 60_000;
const hour = 60 * minute;

/** A job comes about every 40 minutes; one that called within this time is believed to run. */
const jobMs = 75 * minute;

/** Whether Azure's job is believed to run. `azureAt`: its newest call that was let in. */
export function jobRuns(azureAt: number | null, now: number): boolean {
  return azureAt !== null && now - azureAt < jobMs;
}

export const leaving = {
  /** What Azure does while nobody answers. */
  what: 'Azure tries about every 40 minutes and quarantines the job if the endpoint stays away.',
  todo: 'Start again soon, or stop the job: in the portal, the application, Provisioning, Stop provisioning.',
} as const;

/** What is said once the pilot has stopped: what it means to Azure, where Azure ever called. `azureAt`: as in `jobRuns`. */
export function stoppedWords(azureAt: number | null, now: number): string {
  const stopped = 'SCIM Pilot has stopped.';
  if (azureAt === null) return stopped;
  if (jobRuns(azureAt, now)) return `${stopped} ${leaving.what} ${leaving.todo}`;
  return `${stopped} Azure last called ${lengthOf(now - azureAt)} ago. Where its job still runs: ${leaving.what} ${leaving.todo}`;
}

/** How long `ms` milliseconds are, roughly: `25 minutes`, `3 hours`, `2 days`. */
export function lengthOf(ms: number): string {
  const units: [number, string][] = [
    [24 * hour, 'day'],
    [hour, 'hour'],
    [minute, 'minute'],
  ];
  const [unit, name] = units.find(([size]) => ms >= 1.5 * size) ?? [minute, 'minute'];
  const count = Math.max(1, Math.round(ms / unit));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** What is said on coming back, where Azure had a job here before. */
export function awayWords({ since, until, why }: Away): string {
  const how = why === 'asleep' ? 'This computer slept' : 'SCIM Pilot was not running';
  return `${how} for ${lengthOf(until - since)}. Azure sends what it missed with its next cycle; if the portal says Quarantine, press Restart provisioning there.`;
}
