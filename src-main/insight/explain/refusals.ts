import { endingOfOtherToken, entraJwt, readEndedToken } from '../../contract/catalogue/credentials.ts';
import type { ExplanationCode, Slots } from '../../contract/catalogue/explanations/index.ts';
import { requestHeader } from '../wire.ts';
import { refusedRequests } from './refused-requests.ts';
import { refusedValues } from './refused-values.ts';
import type { Finding, Seen } from './types.ts';

/**
 * A refusal is told by its status and its own sentence, which the endpoint writes: so a sentence that Azure quotes, or one
 * of a call from another day, is understood as well. Named groups are the entry's slots.
 */
export type Refusal = readonly [code: ExplanationCode, sentence: RegExp];

const codeInFront = /^\[call [^\]]*\] /;
const operationInFront = /^Operation (\d+): (?!"op" is|"path" is|\w+ needs a "value")/;

/** What the fault lab says it did to a practice call; null for any other. */
export function faultOf({ practice, detail }: Pick<Seen, 'practice' | 'detail'>): string | null {
  if (!practice || detail === null) return null;
  return /^Fault lab: (.*?)\.?$/s.exec(detail.replace(codeInFront, ''))?.[1] ?? null;
}

/** Why a call was refused or failed. */
export function refusalOf(call: Seen): Finding {
  const how = faultOf(call);
  if (how !== null) return { code: 'SP-FAULT-LAB', slots: { how, status: String(call.status) } };
  const sentence = (call.detail ?? '').replace(codeInFront, '');
  switch (call.status) {
    case 401:
      return refusedToken(call);
    case 404:
      return notThere(call, sentence);
    case 409:
      return explainSentence(call, sentence) ?? taken(call);
    case 421: {
      const host = requestHeader(call, 'host');
      return { code: 'SP-HOST-UNKNOWN', slots: host === undefined ? {} : { host } };
    }
    case 403:
      if (requestHeader(call, 'origin') !== undefined) return { code: 'SP-WEB-PAGE', slots: {} };
      break;
    case 405:
      return { code: 'SP-METHOD', slots: { method: call.method, path: call.path } };
    case 412:
      return { code: 'SP-VERSION', slots: {} };
    default:
  }
  return (
    explainSentence(call, sentence) ??
    (call.status === 503 ? { code: 'SP-STORAGE', slots: {} } : { code: 'SP-REFUSED', slots: statusOf(call) })
  );
}

/** The finding for the sentence of a refusal; null for one that is not in the tables. */
export function explainSentence({ status, path }: Pick<Seen, 'status' | 'path'>, sentence: string): Finding | null {
  const operation = operationInFront.exec(sentence)?.[1];
  const bare = operation === undefined ? sentence : sentence.replace(operationInFront, '');
  const bulk = /\/Bulk\/*$/.test(path);
  for (const [code, pattern] of tablesFor(status, bulk)) {
    const found = pattern.exec(bare);
    if (found === null) continue;
    const slots = slotsOf(found.groups ?? {});
    return refine({ code, slots: operation === undefined ? slots : { operation, ...slots } });
  }
  return null;
}

function tablesFor(status: number, bulk: boolean): readonly Refusal[] {
  const { bulk: ofBulk, ...byStatus } = refusedRequests;
  const requests = byStatus[status] ?? [];
  const values = status === 400 ? refusedValues : [];
  return bulk ? [...ofBulk, ...requests, ...values] : [...requests, ...values];
}

/** Text in the quotes of JSON, as messages cite what was sent, without them. */
function slotsOf(groups: Record<string, string | undefined>): Record<string, string> {
  const slots: Record<string, string> = {};
  for (const [name, text] of Object.entries(groups)) if (text !== undefined) slots[name] = unquoted(text);
  return slots;
}

function unquoted(text: string): string {
  const quoted = /^(?:the text )?("(?:[^"\\]|\\.)*")$/.exec(text)?.[1];
  if (quoted === undefined) return text;
  try {
    return String(JSON.parse(quoted));
  } catch {
    return text;
  }
}

/** What depends on the values that a sentence names. */
function refine({ code, slots }: { code: ExplanationCode; slots: Slots }): Finding {
  const { attribute } = slots;
  const path = attribute === undefined ? undefined : (/\((\S+)\)$/.exec(attribute)?.[1] ?? attribute);
  const faults = path === undefined ? {} : { faults: [path] };
  if (code === 'SP-PROFILE-REQUIRED' && /emails/i.test(path ?? ''))
    return { code: 'SP-PROFILE-EMAIL', slots, ...faults };
  if (code === 'SP-USERNAME-TAKEN') return { code, slots, faults: ['userName'] };
  if (code === 'SP-USERNAME-TAKEN-ARCHIVED') return { code, slots, faults: ['userName'] };
  if (code === 'SP-GROUP-NAME-TAKEN') return { code, slots, faults: ['displayName'] };
  if (code === 'SP-FIELD-NUMBER') {
    const prefix = /^(\D+)\d+$/.exec(slots.sent ?? '')?.[1];
    return { code, slots: prefix === undefined || prefix.includes('"') ? slots : { ...slots, prefix }, ...faults };
  }
  if (code.startsWith('SP-MEMBER-')) return { code, slots, faults: ['members'] };
  return { code, slots, ...faults };
}

function refusedToken(call: Seen): Finding {
  const shown = requestHeader(call, 'authorization');
  if (shown === undefined || /^bearer$/i.test(shown)) return { code: 'SP-TOKEN-MISSING', slots: {} };
  if (shown === entraJwt) return { code: 'SP-TOKEN-BLANK', slots: {} };
  const ended = readEndedToken(shown);
  if (ended !== null) return { code: endedTokens[ended.end], slots: { ending: `…${ended.ending}` } };
  const ending = endingOfOtherToken(shown);
  if (ending === undefined) return { code: 'SP-TOKEN-NOT-BEARER', slots: {} };
  return { code: 'SP-TOKEN-OTHER', slots: ending === null ? {} : { ending: `…${ending}` } };
}

const endedTokens = {
  replaced: 'SP-TOKEN-REPLACED',
  revoked: 'SP-TOKEN-REVOKED',
  expired: 'SP-TOKEN-EXPIRED',
} as const;

function notThere(call: Seen, sentence: string): Finding {
  const found = explainSentence(call, sentence);
  const unknown = call.resourceType === 'Group' ? 'SP-GROUP-UNKNOWN' : 'SP-USER-UNKNOWN';
  if (call.resourceType === null || (found !== null && found.code !== 'SP-USER-UNKNOWN')) {
    if (found?.code === 'SP-PATH-UNKNOWN' && isPassingVisitor(call)) return { code: 'SP-VISITOR', slots: found.slots };
    if (found !== null) return { ...found, slots: { path: call.path, ...found.slots } };
    return { code: isPassingVisitor(call) ? 'SP-VISITOR' : 'SP-REFUSED', slots: statusOf(call) };
  }
  const type = call.resourceType.toLowerCase();
  const slots = { type, ...(call.resourceId === null ? {} : { id: call.resourceId }) };
  return { code: call.method === 'DELETE' ? 'SP-DELETE-UNKNOWN' : unknown, slots };
}

/** A browser or scanner that looks for a web page: no provisioning call, so no failure of one. */
function isPassingVisitor({ stage, path }: Seen): boolean {
  return stage === 'endpoint' && !/\/(scim|Users|Groups|Schemas|ResourceTypes)\b/i.test(path);
}

function taken(call: Seen): Finding {
  if (call.scimType !== 'uniqueness') return { code: 'SP-REFUSED', slots: statusOf(call) };
  return { code: call.resourceType === 'Group' ? 'SP-GROUP-NAME-TAKEN' : 'SP-USERNAME-TAKEN', slots: {} };
}

function statusOf({ status, scimType }: Seen): Slots {
  return { status: scimType === null ? String(status) : `${status} ${scimType}` };
}
