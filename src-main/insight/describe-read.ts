import type { PlainCall } from '../calls/index.ts';
import type { CallSentence, CapturedCall } from '../contract/index.ts';
import type { Finding } from './explain/index.ts';
import { type Look, plainLookOf } from './look.ts';

/** The sentence of a call that was answered well and changed nothing. */
export function describeRead(call: CapturedCall, look: Look | null, found: readonly Finding[]): CallSentence {
  if (call.method === 'PATCH' || call.method === 'PUT') {
    return { verb: 'Updated', object: call.resourceName, note: 'nothing changed' };
  }
  if (found[0]?.code === 'SP-TENANT-ADMIN-SOUGHT') {
    return { verb: 'Looked for', object: look?.match?.value ?? null, note: 'not found: a ServiceOps tenant admin' };
  }
  return describeLook(call, look);
}

/** The sentence of a read that asked by its path and query alone. */
export function describePlain(call: PlainCall): CallSentence {
  return describeLook(call, plainLookOf(call));
}

function describeLook(call: PlainCall, look: Look | null): CallSentence {
  if (look !== null) return describeQuery(call, look);
  if (call.resourceType === null) return { verb: discoveryVerb(call.path), object: null, note: null };
  return { verb: 'Read', object: call.resourceName ?? call.resourceId, note: null };
}

function describeQuery(call: PlainCall, { filter, match, hits, probe }: Look): CallSentence {
  const kinds = { User: 'users', Group: 'groups' };
  const what = call.resourceType === null ? 'users and groups' : kinds[call.resourceType];
  if (filter === null) return { verb: `Listed ${what}`, object: null, note: `${hits} in all` };
  if (match === null) {
    return { verb: `Searched ${what}`, object: null, note: hits === 0 ? 'none found' : `${hits} found` };
  }
  if (probe) return { verb: 'Tested the connection', object: null, note: `${what} answered` };
  return lookSentence(call, match.value, hits);
}

function lookSentence(call: PlainCall, value: string, hits: number): CallSentence {
  const verb = call.resourceType === 'Group' ? 'Looked for group' : 'Looked for';
  if (hits > 1) return { verb, object: value, note: `${hits} found` };
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
