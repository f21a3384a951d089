import type { CallMeaning, PlainCall } from '../calls/index.ts';
import type { CallSentence, CapturedCall } from '../contract/index.ts';
import { asText, equalityOf, filterOf, isGuid, requestJson } from './wire.ts';

/** The sentence of a call that was answered well and changed nothing. */
export function describeRead(call: CapturedCall): CallMeaning {
  if (call.method === 'PATCH' || call.method === 'PUT') {
    // Azure compares before it sends: the same values again mean that it believes ours differ.
    return meaning({ verb: 'Updated', object: call.resourceName, note: 'nothing changed' }, 'odd');
  }
  const filter = call.method === 'POST' ? asText(requestJson(call)?.filter) : filterOf(call);
  const look = describeLook(call, filter);
  look.plain = call.method !== 'POST';
  return look;
}

/** The sentence of a read that asked by its path and query alone. */
export function describePlain(call: PlainCall): CallSentence {
  return describeLook(call, filterOf(call)).sentence;
}

function describeLook(call: PlainCall, filter: string | null): CallMeaning {
  if (call.totalResults !== null) return describeQuery(call, call.totalResults, filter);
  if (call.resourceType === null) return meaning({ verb: discoveryVerb(call.path), object: null, note: null });
  return meaning({ verb: 'Read', object: call.resourceName ?? call.resourceId, note: null });
}

function describeQuery(call: PlainCall, hits: number, filter: string | null): CallMeaning {
  const kinds = { User: 'users', Group: 'groups' };
  const what = call.resourceType === null ? 'users and groups' : kinds[call.resourceType];
  if (filter === null) return meaning({ verb: `Listed ${what}`, object: null, note: `${hits} in all` });
  const match = equalityOf(filter);
  if (match === null) {
    return meaning({ verb: `Searched ${what}`, object: null, note: hits === 0 ? 'none found' : `${hits} found` });
  }
  if (hits === 0 && isGuid(match.value) && call.method === 'GET') {
    const sentence = { verb: 'Tested the connection', object: null, note: `${what} answered` };
    return { ...meaning(sentence, 'ok', true), sought: match };
  }
  const sentence = lookSentence(call, match.value, hits);
  return { ...meaning(sentence, hits <= 1 ? 'ok' : 'odd'), sought: match };
}

function lookSentence(call: PlainCall, value: string, hits: number): CallSentence {
  const verb = call.resourceType === 'Group' ? 'Looked for group' : 'Looked for';
  if (hits > 1) return { verb, object: value, note: `${hits} found: Azure wants one` };
  return { verb, object: value, note: hits === 0 ? 'not found' : foundAs(call, value) };
}

/** What a call means that looked like a connectivity probe, until a create came with the very value it had asked for. */
export function describeLookUp(call: PlainCall, value: string): CallSentence {
  return lookSentence(call, value, 0);
}

function foundAs(call: PlainCall, sought: string): string {
  return call.resourceName === null || call.resourceName === sought ? 'found' : `found ${call.resourceName}`;
}

function discoveryVerb(path: string): string {
  if (/\/Schemas/.test(path)) return 'Read the schemas';
  if (/\/ResourceTypes/.test(path)) return 'Read the resource types';
  return "Read the endpoint's abilities";
}

function meaning(sentence: CallSentence, outcome: CallMeaning['outcome'] = 'ok', probe = false): CallMeaning {
  return { sentence, outcome, probe, plain: false };
}
