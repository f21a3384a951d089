import type { AzureEntry, AzureSkip, AzureStatus, AzureStep } from '../../contract/index.ts';
import { fold } from '../../scim/index.ts';
import { skipOf } from '../logs/index.ts';

/** What an entry is asked for, beside its document. */
export interface EntryColumns {
  at: number;
  entryId: string | null;
  changeId: string | null;
  cycleId: string | null;
  jobId: string | null;
  action: string;
  status: AzureStatus;
  code: string | null;
  skip: AzureSkip | null;
  reason: string | null;
  /** Entries of the same cause have the same. */
  cause: string;
  person: string | null;
  name: string | null;
  type: 'User' | 'Group' | null;
  durationMs: number | null;
  search: string;
  json: string;
}

const longestReason = 300;
const longestSearch = 2_000;

export function columnsOf(entry: AzureEntry): EntryColumns {
  const { source, target, error } = entry;
  const name = source.name ?? target.name ?? source.userName ?? named(entry);
  const type = typeOf(entry);
  const reason = error?.reason ?? error?.details ?? telling(entry.steps);
  const skip = entry.status === 'skipped' ? skipOf(entry) : null;
  const code = error?.code ?? null;
  const searched = [
    name,
    source.userName,
    target.name,
    source.id,
    target.id,
    error?.code,
    error?.reason,
    entry.changeId,
    ...entry.properties.flatMap(({ name: property, to }) => [property, to]),
  ];
  return {
    at: entry.at ?? 0,
    entryId: entry.id,
    changeId: entry.changeId,
    cycleId: entry.cycleId,
    jobId: entry.jobId,
    action: entry.action,
    status: entry.status,
    code,
    skip,
    reason: reason === null ? null : oneLine(reason),
    cause: `${code ?? ''}|${skip ?? (code === null && reason !== null ? impersonal(oneLine(reason)) : '')}`,
    person: source.id ?? target.id ?? (name === null ? null : fold(name)),
    name,
    type,
    durationMs: entry.durationMs,
    search: fold(
      searched
        .filter((text) => text !== null && text !== undefined)
        .join('\n')
        .slice(0, longestSearch),
    ),
    json: JSON.stringify(entry),
  };
}

function typeOf({ source, target }: AzureEntry): 'User' | 'Group' | null {
  const type = source.type ?? target.type;
  if (type === null) return null;
  if (/group$/i.test(type)) return 'Group';
  return /user$/i.test(type) ? 'User' : null;
}

/** Who it is about, by what was to be written. */
function named({ properties }: AzureEntry): string | null {
  for (const name of ['displayName', 'userName']) {
    const value = properties.find((property) => property.name === name)?.to;
    if (typeof value === 'string') return value;
  }
  return null;
}

/** What the step says that ended it, where the entry itself gives no reason. */
function telling(steps: readonly AzureStep[]): string | null {
  const step = steps.findLast(({ status }) => status === 'failure' || status === 'skipped' || status === 'warning');
  return step?.description ?? null;
}

function oneLine(text: string): string {
  return text
    .slice(0, 4 * longestReason)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestReason);
}

/** A sentence without whom it is about, so that two about different people are alike. */
function impersonal(text: string): string {
  return text.replace(/'[^']*'|"[^"]*"|\S+@\S+|[\da-f]{8}-[\da-f-]{27}|\d+/gi, '…').slice(0, 120);
}

/** What steps tell of an entry that came without its own line: what was done, and how it ended. */
export function toldBySteps(entry: AzureEntry): AzureEntry {
  const { steps } = entry;
  const last = steps.at(-1);
  if (last === undefined) return entry;
  const names = steps.map(({ name }) => name ?? '').join(' ');
  const said = /Entry(?:Export|Synchronization)(Add|Update|Delete)/.exec(names)?.[1];
  const action = said === 'Add' ? 'create' : said === 'Update' ? 'update' : said === 'Delete' ? 'delete' : 'other';
  const failed = steps.find(({ status }) => status === 'failure');
  const skipped = /Skip/.test(names) || last.status === 'skipped';
  return { ...entry, action, status: failed !== undefined ? 'failure' : skipped ? 'skipped' : last.status };
}
