import type { CallDetail, RecordChange } from '../../../../src-main/contract/index.ts';
import { count } from '../../../ui/format.ts';
import { groupsChangeOf } from '../../../ui/values.ts';

const CALL_PREFIX = /^\[call [^\]]+\]\s*/;

/** A SCIM error's detail without the call code that stands in front for Azure's log. */
export const withoutCode = (detail: string): string => detail.replace(CALL_PREFIX, '');

const KIND_WORDS: Record<RecordChange['kind'], string> = {
  created: 'was created',
  updated: 'was updated',
  archived: 'was archived: kept here, inactive for SCIM',
  restored: 'is active again',
  deleted: 'was deleted for SCIM and is kept in the archive',
};

/** What became of the record then, and no more: it is not here any longer. */
const PAST_WORDS: Record<RecordChange['kind'], string> = {
  created: 'was created',
  updated: 'was updated',
  archived: 'was archived',
  restored: 'was made active again',
  deleted: 'was deleted for SCIM',
};

/** In place of the changes of a call that `changesGone` is true of. */
export const CHANGES_GONE = 'No longer kept: the record was purged.';

function goneStory({ resourceName, changeKind, answerGone }: CallDetail): { what: string; also: string } {
  const what = changeKind === null ? 'was changed' : PAST_WORDS[changeKind];
  const gone = answerGone
    ? 'what this call changed, and its answer, are no longer kept'
    : 'what this call changed is no longer kept';
  return { what: `${resourceName ?? 'The record'} ${what}.`, also: `The record was purged since: ${gone}.` };
}

function changeStory(change: RecordChange): string {
  const parts: string[] = [];
  const attributes = change.attributes.filter((one) => groupsChangeOf(one) === null);
  const joined = change.membersAdded.length + (change.moreAdded ?? 0);
  const left = change.membersRemoved.length + (change.moreRemoved ?? 0);
  if (attributes.length > 0 && change.kind !== 'archived') parts.push(count(attributes.length, 'attribute'));
  for (const { joined: into, groups, more = 0 } of change.attributes.flatMap((one) => groupsChangeOf(one) ?? []))
    parts.push(`${count(groups.length + more, 'group')} ${into ? 'joined' : 'left'}`);
  if (joined > 0) parts.push(`${count(joined, 'member')} added`);
  if (left > 0) parts.push(`${count(left, 'member')} removed`);
  const facts = parts.length === 0 ? '' : ` (${parts.join(', ')})`;
  return `${change.name} ${KIND_WORDS[change.kind]}${facts}.`;
}

const PLURAL = { User: 'users', Group: 'groups' } as const;

function readStory(call: CallDetail): string {
  if (call.probe) {
    return 'A search for a value that nobody has, which is how Azure tests a connection. The empty list is the answer it wants.';
  }
  if (call.totalResults !== null) {
    const what = call.resourceType === null ? 'records' : PLURAL[call.resourceType];
    if (call.totalResults === 0) return `A search of ${what}. Nothing matched, so the list in the answer is empty.`;
    return call.totalResults === 1
      ? `A search of ${what}. One record matched.`
      : `A search of ${what}. ${count(call.totalResults, 'record')} matched.`;
  }
  if (call.sentence.object !== null) return `${call.sentence.object} was read. Reading changes nothing.`;
  return 'This was read. Reading changes nothing.';
}

/** What happened, in a sentence or two, and no more than the wire tells. */
export function storyOf(call: CallDetail): { what: string; also: string | null } {
  if (call.outcome === 'failed') {
    const what = call.detail === null ? `Answered ${call.status}.` : withoutCode(call.detail);
    return { what, also: onlyReads(call) ? null : 'The call was refused and nothing was stored.' };
  }
  if (call.changes.length > 0) return { what: call.changes.map(changeStory).join(' '), also: null };
  if (call.changesGone) return goneStory(call);
  if (onlyReads(call)) return { what: readStory(call), also: null };
  return { what: 'Accepted, but nothing changed: the record already was as this call wants it.', also: null };
}

/** Whether a call can change nothing: POST `/.search` is a query (RFC 7644 §3.4.3). */
export function onlyReads({ method, path }: Pick<CallDetail, 'method' | 'path'>): boolean {
  return method === 'GET' || method === 'HEAD' || path.endsWith('/.search');
}

/** Why no body of the request is shown. */
export function noBodyOf({ status }: CallDetail): string {
  // Of a body above the limit nothing is read. Any other that is refused for its size was read, and is shown.
  return status === 413 ? 'The body was too large and was not kept.' : 'No body was sent.';
}
