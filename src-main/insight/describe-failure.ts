import type { CallSentence, CapturedCall } from '../contract/index.ts';
import { type Finding, noteOf } from './explain/index.ts';
import { asText, equalityOf, filterOf, requestJson } from './wire.ts';

const longestNote = 80;

/** What was refused at the door, by the entry that says why: these need no record they were about. */
const atTheDoor: Partial<Record<Finding['code'], string>> = {
  'SP-TOKEN-MISSING': 'Refused: no token',
  'SP-TOKEN-NOT-BEARER': 'Refused: no token',
  'SP-TOKEN-BLANK': 'Refused: no Secret Token',
  'SP-TOKEN-OTHER': 'Refused: another token',
  'SP-TOKEN-REPLACED': 'Refused: an old Secret Token',
  'SP-TOKEN-REVOKED': 'Refused: an old Secret Token',
  'SP-TOKEN-EXPIRED': 'Refused: an old Secret Token',
  'SP-WEB-PAGE': 'Refused: a web page',
  'SP-HOST-UNKNOWN': 'Refused: another host name',
  'SP-METHOD': 'Refused',
};

/** The sentence of a call that was refused or failed; `cause`: its gravest entry. */
export function describeFailure(call: CapturedCall, cause: Finding | undefined): CallSentence {
  const note = (cause === undefined ? null : ownNote(cause)) ?? noteOf(cause) ?? firstSentence(call.detail);
  const verb = cause === undefined ? undefined : atTheDoor[cause.code];
  if (verb !== undefined) return { verb, object: null, note };
  if (cause?.code === 'SP-TENANT-ADMIN' || cause?.code === 'SP-TENANT-ADMIN-HIDDEN') {
    return { verb: 'Refused: ServiceOps tenant admin', object: cause.slots.name ?? null, note };
  }
  // Nothing that addresses a record: a wrong path, an unreadable request.
  if (call.resourceType === null) return { verb: 'Refused', object: null, note };
  const object = about(call);
  return { verb: attempt(call, object !== null), object, note };
}

/** Remarks that are put together from what the call tells. */
function ownNote({ code, slots }: Finding): string | null {
  switch (code) {
    case 'SP-TOKEN-OTHER':
      return slots.ending === undefined ? "not this pilot's Secret Token" : `ends ${slots.ending}`;
    case 'SP-TOKEN-REPLACED':
    case 'SP-TOKEN-REVOKED':
    case 'SP-TOKEN-EXPIRED':
      return `${code.slice('SP-TOKEN-'.length).toLowerCase()}; ends ${slots.ending}`;
    case 'SP-HOST-UNKNOWN':
      return slots.host ?? null;
    case 'SP-METHOD':
      return `${slots.method} can't be used there`;
    default:
      return null;
  }
}

/** What was tried: `named` when the object follows, else the sentence must do without ("Could not create a user"). */
function attempt(call: CapturedCall, named: boolean): string {
  const group = call.resourceType === 'Group';
  const many = group ? ' groups' : ' users';
  const bare = group ? ' a group' : ' a user';
  const one = group ? ' group' : '';
  const noun = named ? one : bare;
  switch (call.method) {
    case 'POST':
      return call.path.endsWith('/.search') ? `Could not search${many}` : `Could not create${noun}`;
    case 'PATCH':
    case 'PUT':
      return `Could not update${noun}`;
    case 'DELETE':
      return `Could not delete${noun}`;
    default:
      if (/\/(Users|Groups)\/*$/.test(call.path)) return `Could not look for${named ? one : many}`;
      return `Could not read${noun}`;
  }
}

/** Whom the call was about: a stored name, the name in its body, the value it looked for, or the id in its path. */
function about(call: CapturedCall): string | null {
  if (call.resourceName !== null) return call.resourceName;
  if (call.method === 'POST') {
    const body = requestJson(call);
    return asText(body?.displayName) ?? asText(body?.userName);
  }
  const filter = filterOf(call);
  if (filter !== null) return equalityOf(filter)?.value ?? null;
  return call.resourceId;
}

/** The detail's first sentence without the call's code, short enough for a row. */
function firstSentence(detail: string | null): string | null {
  if (detail === null) return null;
  const text = detail.replace(/^\[call [^\]]*\] /, '');
  const sentence = /^.*?[.;](?=\s|$)/s.exec(text)?.[0].slice(0, -1) ?? text;
  return sentence.length <= longestNote ? sentence : `${sentence.slice(0, longestNote - 1).trimEnd()}…`;
}
