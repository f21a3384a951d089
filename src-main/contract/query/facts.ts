import type { CallOutcome, CallSummary } from '../calls.ts';
import type { ChangeKind, ResourceType } from '../resources.ts';

/** What a query can look at of one call. */
interface AllFacts {
  code: string;
  at: number;
  durationMs: number;
  method: string;
  /** Path and query, percent signs undone. */
  address: string;
  status: number;
  scimType: string | null;
  outcome: CallOutcome;
  practice: boolean;
  via: 'public' | 'local';
  probe: boolean;
  source: string;
  resourceType: ResourceType | null;
  resourceId: string | null;
  resourceName: string | null;
  /** Whom its sentence names, where that is not the record's id: also somebody who could not be created. */
  object: string | null;
  totalResults: number | null;
  changeKind: ChangeKind | null;
  /** Codes of explanations. */
  why: readonly string[];
  /** The texts that are kept of both bodies. */
  request: string | null;
  response: string | null;
  /** Paths of the attributes that changed (`members` with them), and every value before and after, a line each. */
  changedPaths: readonly string[];
  changedValues: string;
}

/** What is known of a call: undefined is "not known here", e.g. bodies in the window. */
export type CallFacts = { readonly [Fact in keyof AllFacts]?: AllFacts[Fact] | undefined };

/** True, false, or undefined: what is known does not tell. */
export type Verdict = boolean | undefined;

/** What a feed row alone tells. */
export function factsOfSummary(call: CallSummary): CallFacts {
  return {
    code: call.code,
    at: call.at,
    durationMs: call.durationMs,
    method: call.method,
    address: addressOf(call.path, call.query),
    status: call.status,
    scimType: call.scimType,
    outcome: call.outcome,
    practice: call.practice,
    via: call.via,
    probe: call.probe,
    source: call.source,
    resourceType: call.resourceType,
    resourceId: call.resourceId,
    resourceName: call.resourceName,
    object: call.sentence.object === call.resourceId ? null : call.sentence.object,
    totalResults: call.totalResults,
    changeKind: call.changeKind,
    why: call.why,
  };
}

/** Path and query as a person reads them. */
export function addressOf(path: string, query: string): string {
  const address = query === '' ? path : `${path}?${query.replaceAll('+', ' ')}`;
  if (!address.includes('%')) return address;
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Text as it is compared: composed, in lower case. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase();

const escapes = /\\(?:u([0-9a-fA-F]{4})|(["\\/]))/g;

/** A captured body as it is compared: JSON's escapes undone, so that a name is found however it was written. */
export function foldedBody(text: string): string {
  if (!text.includes('\\')) return folded(text);
  return folded(
    text.replaceAll(escapes, (_, hex: string | undefined, char: string | undefined) =>
      hex === undefined ? (char ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
    ),
  );
}
