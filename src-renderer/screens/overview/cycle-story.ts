import type { Away, Cycle, NextCycle, PilotStatus } from '../../../src-main/contract/index.ts';
import { count, formatDay, formatMinute, formatNumber } from '../../ui/format.ts';

/** Calls of a running cycle are never this far apart. */
const QUIET_MS = 60_000;
/** Practice takes no breath between its calls. */
const PRACTICE_QUIET_MS = 5_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Azure gives up on a job that was away longer than a few cycles more and more, down to one try a day. */
const LONG_MS = 6 * HOUR;

/** What is known of this pilot's own practice runs. */
type PracticeKnown = Pick<PilotStatus, 'startedAt' | 'practiceEndedAt'>;

/** Cycles, as Azure's, are over when they fall silent. */
export function isRunning(cycle: Cycle, known: PracticeKnown, now: number): boolean {
  return cycle.practice ? practiceGoesOn(cycle.lastAt, known, now) : now - cycle.lastAt < QUIET_MS;
}

/**
 * Whether more is to come of the practice that called at `lastAt`. The end of this pilot's own run is known at once, and none
 * outlives the process that plays it; a run of the command line (`npm run entra`) tells its end by its silence alone.
 */
export function practiceGoesOn(lastAt: number, { startedAt, practiceEndedAt }: PracticeKnown, now: number): boolean {
  return lastAt > (practiceEndedAt ?? startedAt) && now - lastAt < PRACTICE_QUIET_MS;
}

/** What the newest cycle did and about when the next one comes; null before the first. */
export function cycleStory(
  cycle: Cycle | null,
  next: NextCycle | null,
  known: PracticeKnown,
  now: number,
): string | null {
  if (cycle === null) return null;
  const told = toldOf(cycle, known, now);
  if (told === null || next === null) return told;
  const when = next.at <= now ? 'any moment now' : `about ${formatMinute(next.at)}`;
  return `${told} The next cycle is expected ${when}.`;
}

function toldOf(cycle: Cycle, known: PracticeKnown, now: number): string | null {
  const { kind, practice, actions, failed, at } = cycle;
  if (kind === 'test' || kind === 'other') return null;
  if (kind === 'onDemand' && !practice) {
    const how = failed === 0 ? 'did what it was to do' : 'failed';
    return `Provision on demand (probable) ${how}, at ${formatMinute(at)}.`;
  }
  const what = practice ? practiceWords(kind) : `${kind === 'initial' ? 'initial' : 'incremental'} cycle (probable)`;
  if (isRunning(cycle, known, now)) {
    const article = /^[aeiou]/.test(what) ? 'An' : 'A';
    const failures = failed === 0 ? '' : `, ${formatNumber(failed)} failed`;
    return `${article} ${what} is under way: ${count(actions, 'action')} so far${failures}.`;
  }
  const all = count(actions, 'action');
  const done = failed === 0 ? `all of its ${all}` : `${formatNumber(actions - failed)} of its ${all}`;
  return `The last ${what} did ${actions === 1 && failed === 0 ? 'its one action' : done}, at ${formatMinute(at)}.`;
}

/** A run is more than one cycle, each of which is told alone. */
function practiceWords(kind: Cycle['kind']): string {
  return kind === 'onDemand' ? 'practice run' : 'practice cycle';
}

/** How long nobody could be answered, and what that means for Azure. */
export function awayStory(
  { since, until, why }: Away,
  azureAt: number | null,
  now: number,
): { what: string; cure: string } {
  const who = why === 'stopped' ? 'SCIM Pilot was closed' : 'This machine slept';
  const what = `${who} from ${timeOf(since, now)} to ${timeOf(until, now)} (${lengthOf(until - since)}).`;
  if (azureAt !== null && azureAt >= until) {
    return {
      what,
      cure: `Azure has called since, last at ${formatMinute(azureAt)}; it sends again what it could not deliver.`,
    };
  }
  const again = 'Azure tries about every 40 minutes, and then sends what it could not deliver: nothing is to be done.';
  const quarantined =
    'Azure may have put the job into quarantine, and then comes once a day. To have it come now: in Azure, open the application’s Provisioning page and press Restart provisioning.';
  return { what, cure: until - since >= LONG_MS ? quarantined : again };
}

/** The day only where it is not today. */
function timeOf(at: number, now: number): string {
  const day = formatDay(at, now);
  return day === 'Today' ? formatMinute(at) : `${day} ${formatMinute(at)}`;
}

function lengthOf(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  const minutes = Math.round((ms % HOUR) / MINUTE);
  if (hours >= 48) return count(Math.round(hours / 24), 'day');
  return [hours > 0 ? `${hours} h` : '', minutes > 0 || hours === 0 ? `${minutes} min` : ''].filter(Boolean).join(' ');
}
