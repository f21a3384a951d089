import type { LogCall } from '../../calls/index.ts';
import type { AzureAction, AzureCertainty, AzureStatus } from '../../contract/index.ts';
import { listNames } from '../wire.ts';
import type { Written } from './look-ups.ts';

/** Entra's clock and ours may differ a little even after what was measured: within it, nothing is lost, milliseconds. */
export const toleranceMs = 5_000;
/** Further away than this, an id is no match any more, and a name alone even sooner. */
export const idReachMs = 120_000;
export const nameReachMs = 30_000;
/** Below it nothing is said to match. */
const leastScore = 60;

/** What an entry is matched by. Times are on our clock: the measured skew is taken off. */
export interface Sought {
  at: number;
  durationMs: number;
  action: AzureAction;
  status: AzureStatus;
  /** Our id, as the log has it. */
  targetId: string | null;
  /** Our ids of records whose externalId is the entry's objectId. */
  externalIds: readonly string[];
  /** Our ids of users who have a userName that the entry names. */
  namedIds: readonly string[];
  /** Folded: userName, display name, what was written. */
  names: ReadonlySet<string>;
}

export interface Score {
  certainty: AzureCertainty;
  /** 0 to 100. */
  score: number;
  /** The same, uncut: what the best is told by. */
  rank: number;
  /** Weightiest first. */
  reasons: string[];
  /** From the call's end to the entry's time; negative: the call ended after it. */
  apartMs: number;
  /** Whether the call is of the kind that the action sends. */
  writes: boolean;
  /** It wrote none of the values that the entry tells of. */
  wroteOther: boolean;
}

/**
 * How well a call fits an entry; null when nothing speaks for it, or too much against it. `written`: which of the values that the
 * entry tells of the call sent; asked only of a call that could have written them.
 */
export function scoreOf(sought: Sought, call: LogCall, written: () => Written | null): Score | null {
  const by = identified(sought, call);
  if (by === null) return null;
  const apartMs = Math.round(sought.at - (call.at + call.durationMs));
  const begin = sought.at - sought.durationMs - toleranceMs;
  const end = sought.at + toleranceMs;
  const beyond = Math.max(begin - call.at, call.at - end, 0);
  const reach = by.certainty === 'id' ? idReachMs : nameReachMs;
  if (beyond > reach) return null;
  const near = beyond === 0 ? 20 : Math.round(15 * (1 - beyond / reach));
  const reasons = [by.reason];
  const kind = kindOf(sought, call);
  if (kind.reason !== null) reasons.push(kind.reason);
  const values = kind.writes && /^(POST|PUT|PATCH)$/.test(call.method) ? written() : null;
  if (values !== null) reasons.push(writtenWords(values));
  const ended = resultOf(sought.status, call);
  if (ended.reason !== null) reasons.push(ended.reason);
  reasons.push(timeWords(apartMs, beyond, sought.durationMs));
  const rank = by.points + kind.points + ended.points + near + (values === null ? 0 : pointsOf(values));
  return rank < leastScore
    ? null
    : {
        certainty: by.certainty,
        score: Math.min(rank, 99),
        rank,
        reasons,
        apartMs,
        writes: kind.writes,
        wroteOther: values !== null && values.found.length === 0,
      };
}

function identified(
  { targetId, externalIds, namedIds, names }: Sought,
  call: LogCall,
): { certainty: AzureCertainty; points: number; reason: string } | null {
  const { resourceId } = call;
  if (resourceId !== null && resourceId === targetId) {
    return { certainty: 'id', points: 50, reason: 'Azure’s target id is the id in the call' };
  }
  if (resourceId !== null && externalIds.includes(resourceId)) {
    return { certainty: 'id', points: 45, reason: 'the record’s externalId is the objectId in Azure' };
  }
  if (resourceId !== null && namedIds.includes(resourceId)) {
    return { certainty: 'name', points: 40, reason: 'the user has the same userName' };
  }
  const name = call.names.find((one) => names.has(one));
  return name === undefined ? null : { certainty: 'name', points: 35, reason: 'the same name' };
}

function kindOf({ action, status }: Sought, call: LogCall): { points: number; reason: string | null; writes: boolean } {
  const read = call.method === 'GET';
  if (status === 'skipped' || action === 'other') {
    return read
      ? { points: 15, reason: 'a look-up, as before an entry that changes nothing', writes: true }
      : { points: 0, reason: null, writes: false };
  }
  if (read) return { points: 5, reason: 'a look-up before the change', writes: false };
  const fits = fitting(action, call);
  return fits
    ? { points: 20, reason: `${call.method} is what “${action}” sends`, writes: true }
    : { points: 0, reason: `${call.method} belongs to another action`, writes: false };
}

function fitting(action: AzureAction, { method, changeKind }: LogCall): boolean {
  switch (action) {
    case 'create':
      return method === 'POST';
    case 'update':
      return (method === 'PATCH' || method === 'PUT') && changeKind !== 'archived' && changeKind !== 'deleted';
    case 'disable':
      return (method === 'PATCH' || method === 'PUT') && (changeKind === 'archived' || changeKind === null);
    case 'delete':
      return method === 'DELETE';
    default:
      return false;
  }
}

/** All of the values speak for a call as much as none of them speaks against it. */
function pointsOf({ of, found }: Written): number {
  return Math.round((20 * found.length) / of) - 10;
}

function writtenWords({ of, found }: Written): string {
  if (found.length === 0) {
    return of === 1
      ? 'the value that Azure wrote is not in the call'
      : `none of the ${of} values that Azure wrote is in the call`;
  }
  const names = listNames(found);
  if (of === 1) return `the value that Azure wrote is in the call: ${names}`;
  const some = found.length === of ? `all ${of}` : `${found.length} of the ${of}`;
  return `${some} values that Azure wrote are in the call: ${names}`;
}

function resultOf(status: AzureStatus, call: LogCall): { points: number; reason: string | null } {
  const failed = call.status >= 400;
  if (status === 'failure') {
    if (failed) return { points: 10, reason: `both say that it failed (${call.status})` };
    // Entra also fails over an answer that it can't read.
    return call.method === 'GET'
      ? { points: 0, reason: null }
      : { points: -15, reason: `we answered ${call.status}, Azure says that it failed` };
  }
  if (status === 'success') {
    return failed
      ? { points: -30, reason: `we answered ${call.status}, Azure says that it succeeded` }
      : { points: 10, reason: 'both say that it succeeded' };
  }
  return { points: 0, reason: null };
}

function timeWords(apartMs: number, beyondMs: number, durationMs: number): string {
  if (beyondMs > 0) return `${spanWords(apartMs)} apart, more than the entry’s own time`;
  return durationMs > toleranceMs ? `within the ${spanWords(durationMs)} that it took` : `${spanWords(apartMs)} apart`;
}

/** `3 s`, `2 min`. */
export function spanWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
