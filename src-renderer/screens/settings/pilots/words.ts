import type { Erasable, PilotEntry, PilotStatus } from '../../../../src-main/contract/index.ts';
import { count, formatAgo } from '../../../ui/format.ts';

/** Azure comes about every 40 minutes; after this long nothing more is expected. */
const JOB_MS = 90 * 60_000;

/** `212 users, 18 groups and 4,310 calls` */
export function holding({ users, groups, calls }: { users: number; groups: number; calls: number }): string {
  return `${count(users, 'user')}, ${count(groups, 'group')} and ${count(calls, 'call')}`;
}

/** What lies in a pilot, and when it was called last. */
export function entryWords({ unreadable, lastCallAt, ...facts }: PilotEntry, now: number): string {
  if (unreadable) return 'Its file can’t be read. Nothing was changed in it.';
  const last = lastCallAt === null ? 'never called' : `last call ${formatAgo(lastCallAt, now)}`;
  return `${count(facts.users, 'user')} · ${count(facts.groups, 'group')} · ${count(facts.calls, 'call')} · ${last}`;
}

/** What opening a pilot does to jobs that run in Azure; empty when nothing speaks against it. */
export function openingRisks(wanted: PilotEntry, open: PilotStatus, now: number): string[] {
  const risks: string[] = [];
  if (open.azureAt !== null && now - open.azureAt < JOB_MS) {
    risks.push(
      `Azure called ${open.pilotName} ${formatAgo(open.azureAt, now)}. While ${wanted.name} is open those calls fail; Azure tries again about every 40 minutes and puts the job in quarantine.`,
    );
  }
  if (wanted.sharesWith !== null) {
    risks.push(
      `The job of ${wanted.sharesWith} calls the same address, ${wanted.origin}. There it meets the Secret Token of ${wanted.name}, is refused with 401, and ends in quarantine. Give one of the two another domain, or stop the job.`,
    );
  }
  return risks;
}

/** A name like `name` that no pilot has, so that two are told apart: `Pilot`, `Pilot 2`. */
export function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let number = 2; taken.includes(free); number++) free = `${name.slice(0, 56)} ${number}`;
  return free;
}

/** What Azure makes of records that are gone here. */
export function rememberedWords(known: number): string {
  if (known === 0) return 'Azure knows none of these records by id: it will not ask for them.';
  return `Azure knows ${count(known, 'of these records', 'of these records')} by id and goes on using the ids: such calls are answered 404, with the reason. To begin anew, use a new enterprise application, or restart the job with a full reset (Microsoft Graph).`;
}

/** Everything an erasure takes, by number: `212 users, 18 groups and 4,310 calls`. */
export function erasedWords({ users, groups, deleted, calls }: Erasable): string {
  const records = [count(users, 'user'), count(groups, 'group')];
  if (deleted > 0) records.push(count(deleted, 'deleted record'));
  return `${records.join(', ')} and ${count(calls, 'call')}`;
}
