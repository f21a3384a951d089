import { endingOfOtherToken, entraJwt, readEndedToken } from '../contract/catalogue/credentials.ts';
import type { CallSentence, CapturedCall } from '../contract/index.ts';
import { asText, equalityOf, filterOf, requestHeader, requestJson } from './wire.ts';

const longestNote = 80;

/** The sentence of a call that was refused or failed. */
export function describeFailure(call: CapturedCall): CallSentence {
  switch (call.status) {
    case 401:
      return refusedToken(call);
    case 403:
      if (requestHeader(call, 'origin') === undefined) break;
      return { verb: 'Refused: a web page', object: null, note: 'browsers may not call this endpoint' };
    case 421:
      return { verb: 'Refused: another host name', object: null, note: requestHeader(call, 'host') ?? null };
    case 405:
      return { verb: 'Refused', object: null, note: `${call.method} can't be used there` };
    default:
  }
  // Nothing that addresses a record: a wrong path, an unreadable request.
  if (call.resourceType === null) return { verb: 'Refused', object: null, note: reason(call) };
  const object = about(call);
  return { verb: attempt(call, object !== null), object, note: reason(call) };
}

function refusedToken(call: CapturedCall): CallSentence {
  const shown = requestHeader(call, 'authorization');
  if (shown === undefined) return { verb: 'Refused: no token', object: null, note: 'Secret Token missing' };
  if (shown === entraJwt)
    return { verb: 'Refused: no Secret Token', object: null, note: 'Azure used a token of its own' };
  const ended = readEndedToken(shown);
  if (ended !== null) {
    return { verb: 'Refused: an old Secret Token', object: null, note: `${ended.end}; ends …${ended.ending}` };
  }
  const ending = endingOfOtherToken(shown);
  if (ending === undefined) return { verb: 'Refused: no token', object: null, note: 'not a bearer token' };
  const note = ending === null ? "not this pilot's Secret Token" : `ends …${ending}`;
  return { verb: 'Refused: another token', object: null, note };
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

/** How the directory begins the detail of a 404 for a purged id. */
const purged = /^\[call \w+\] This (user|group) was purged here on /;

function reason(call: CapturedCall): string | null {
  if (call.status === 404 && call.resourceType !== null) {
    if (call.detail !== null && purged.test(call.detail)) return 'purged here; its id is still in use';
    return `no such ${call.resourceType.toLowerCase()} here`;
  }
  if (call.status === 409 && call.scimType === 'uniqueness') {
    return call.resourceType === 'Group' ? 'displayName is taken' : 'userName is taken';
  }
  if (call.status === 412) return 'changed since by another call';
  if (call.status === 413) return 'the body is larger than 1 MB';
  if (call.status === 503) return 'nothing could be stored; Azure will try again';
  return firstSentence(call.detail);
}

/** The detail's first sentence without the call's code, short enough for a row. */
function firstSentence(detail: string | null): string | null {
  if (detail === null) return null;
  const text = detail.replace(/^\[call [^\]]*\] /, '');
  const sentence = /^.*?[.;](?=\s|$)/s.exec(text)?.[0].slice(0, -1) ?? text;
  return sentence.length <= longestNote ? sentence : `${sentence.slice(0, longestNote - 1).trimEnd()}…`;
}
