import type { CallSentence, CapturedCall } from '../contract/index.ts';
import { fold } from '../scim/index.ts';
import { askedPaths, carriedValues, coversPaths, leadOf, referenceOf } from './carried.ts';
import type { CallMeaning } from './store.ts';

/** Calls this far apart (milliseconds) are no longer one action. Entra's calls about one object follow within seconds. */
export const longestPauseMs = 60_000;
/** The probes of one connection test follow one another at once. */
const testMs = 10_000;
/** Records and look-ups remembered at most. */
const remembered = 2_048;
/** Kinds of attributes remembered to have been asked for. */
const leadsAtMost = 100;
/** Decisions on calls that are not committed; more only where the disk refuses writes. */
const undecidedAtMost = 50_000;

/** The first call of an action. Its position is known once it is stored, and may change as long as it is not committed. */
interface First {
  position: number;
  seq: number;
  committed: boolean;
  /** How often something had been rolled back when the position was given. */
  undone: number;
  /** Probes that joined it as part of one connection test. */
  companions: LookUp[];
}

/** A match query that found nobody: a create with that value may follow. */
interface LookUp {
  call: CapturedCall;
  meaning: CallMeaning;
  sought: { attribute: string; value: string };
  own: First;
  action: First;
  /** A create came with its value, so it was no probe, whatever it looked like. */
  matched: boolean;
  /** That create was done. */
  answered: boolean;
}

/** What is being done with one record. */
interface Handling {
  action: First;
  /** Arrival of its newest call. */
  at: number;
  /** Ways in which it was read before anything was written. */
  byId: boolean;
  bySearch: boolean;
  write: 'none' | 'failed' | 'done' | 'deleted';
  /** What followed the write by reference: a manager, members that joined or left. */
  reference: 'manager' | 'added' | 'removed' | null;
  /** A refused change that nothing has made up for yet. */
  owed: Owed | null;
}

/** A PATCH that was refused: only one that asks for the same attributes again makes up for it. */
interface Owed {
  action: First;
  /** Null where that can't be read: any later write may make up for it. */
  paths: ReadonlySet<string> | null;
}

/** Azure, this machine or practice: what is told apart whatever its keys. */
interface Scope {
  /** By value. */
  lookUps: Map<string, LookUp[]>;
  /** By id. */
  handled: Map<string, Handling>;
  test: { action: First; at: number; asked: Set<string> } | null;
}

const createScope = (): Scope => ({ lookUps: new Map(), handled: new Map(), test: null });

/** An earlier call that is now known to be part of `action`. */
interface Change {
  lookUp: LookUp;
  action: First;
}

interface Decision {
  own: First;
  action: First;
  changes: Change[];
}

/** An earlier call as it is to be stored from now on. */
export interface Correction {
  call: CapturedCall;
  meaning: CallMeaning;
  position: number;
  /** Null where it is the first of its action. */
  action: number | null;
}

/** Where a call belongs. */
export interface Joined {
  /** Position of the first call of its action; null where this is the first. */
  action: number | null;
  corrections: Correction[];
  /** Tells the position it was stored at. */
  stored(position: number): void;
  committed(): void;
}

export interface ActionsOptions {
  /** Whether this call is stored at this position. Asked only after something was rolled back. */
  isAt(position: number, seq: number): boolean;
  /** The sentence of a match query that had been taken for a probe. */
  describeLookUp(call: CapturedCall, value: string): CallSentence;
}

const none: Correction[] = [];

/** Says of each call, when it is stored, which action it belongs to. */
export interface Actions {
  /** Runs inside the writer's transaction; the same call may come again after a rollback. */
  join(call: CapturedCall, meaning: CallMeaning): Joined;
  /** Something that was written was rolled back. */
  undone(): void;
}

/**
 * Which calls belong together is told by keys on the wire alone, so users that are provisioned at once never mix: the id of the
 * record, and the value that a match query asked for and a create then sends. Source addresses are no key, since Entra calls
 * from several; calls by the public address, from this machine and from practice are kept apart.
 */
export function createActions({ isAt, describeLookUp }: ActionsOptions): Actions {
  const azures = createScope();
  const locals = createScope();
  const practices = createScope();
  /** Attributes that were ever asked for: others of a create need no look. */
  const soughtLeads = new Set<string>();
  /** A call that comes again after a rollback is decided as before, since the deciding has changed what it is made from. */
  let decided = new Map<number, Decision>();
  let undone = 0;

  const isKept = (first: First) =>
    first.committed || first.undone === undone || (first.position > 0 && isAt(first.position, first.seq));
  const isFresh = (at: number, call: CapturedCall) => call.at - at <= longestPauseMs;

  /** What is being done with the record, while that is fresh and stored. */
  function handlingOf({ handled }: Scope, key: string, call: CapturedCall): Handling | null {
    const handling = handled.get(key);
    return handling !== undefined && isFresh(handling.at, call) && isKept(handling.action) ? handling : null;
  }

  function handle({ handled }: Scope, key: string, handling: Handling): First {
    handled.set(key, handling);
    makeRoom(handled, (one) => handling.at - one.at > longestPauseMs);
    return handling.action;
  }

  /** A read before any write opens an action, or joins one in which the record was read in the other way. */
  function read(scope: Scope, key: string, call: CapturedCall, way: 'byId' | 'bySearch', own: First): First {
    const handling = handlingOf(scope, key, call);
    if (handling?.write === 'none' && !handling[way]) {
      handling[way] = true;
      handling.at = call.at;
      return handling.action;
    }
    // The record was just deleted, and the caller looks whether it is gone.
    if (handling?.write === 'deleted' && call.status === 404) return handling.action;
    if (call.status !== 200) return own;
    const fresh = { action: own, at: call.at, write: 'none', reference: null, owed: null } as const;
    return handle(scope, key, { ...fresh, byId: way === 'byId', bySearch: way === 'bySearch' });
  }

  function write(scope: Scope, key: string, call: CapturedCall, own: First): First {
    const handling = handlingOf(scope, key, call);
    const reference = referenceOf(call);
    const owed = handling?.owed != null && isKept(handling.owed.action) ? handling.owed : null;
    const makesUp = owed !== null && settles(call, owed);
    const apart = handling === null || handling.action === owed?.action || !goesOn(handling, reference);
    const joined = makesUp || !apart ? handling : null;
    const action = makesUp ? owed.action : (joined?.action ?? own);
    const open = owed === null || makesUp ? null : owed;
    const refused = call.status >= 400 ? { action, paths: askedPaths(call) } : null;
    return handle(scope, key, {
      action,
      at: call.at,
      byId: true,
      bySearch: true,
      write: writeOf(call),
      reference: reference ?? joined?.reference ?? null,
      owed: refused ?? open,
    });
  }

  function lookedFor({ lookUps }: Scope, lookUp: LookUp): void {
    const { call, sought, action, own } = lookUp;
    const lead = leadOf(sought.attribute);
    if (soughtLeads.size < leadsAtMost) soughtLeads.add(lead);
    const key = fold(sought.value);
    const others = (lookUps.get(key) ?? []).filter(
      (one) =>
        !one.answered &&
        isFresh(one.call.at, call) &&
        (one.call.resourceType !== call.resourceType || leadOf(one.sought.attribute) !== lead),
    );
    lookUps.set(key, [...others, lookUp]);
    makeRoom(lookUps, ([first]) => first !== undefined && !isFresh(first.call.at, call));
    if (action !== own) action.companions.push(lookUp);
  }

  /** The look-ups that asked for what a create now sends, oldest first. */
  function soughtBefore({ lookUps }: Scope, call: CapturedCall): LookUp[] {
    if (lookUps.size === 0) return [];
    const found = new Set<LookUp>();
    for (const { lead, value } of carriedValues(call, soughtLeads)) {
      for (const one of lookUps.get(fold(value)) ?? []) {
        const open = !one.answered && isFresh(one.call.at, call) && isKept(one.own);
        if (open && one.call.resourceType === call.resourceType && leadOf(one.sought.attribute) === lead)
          found.add(one);
      }
    }
    return [...found].sort((a, b) => a.own.position - b.own.position);
  }

  function create(scope: Scope, call: CapturedCall, own: First, changes: Change[]): First {
    const before = soughtBefore(scope, call);
    const action = before[0]?.own ?? own;
    for (const lookUp of before) {
      // A create that was refused may be sent again.
      if (call.status < 400) lookUp.answered = true;
      lookUp.matched = true;
      if (lookUp.action !== action || lookUp.meaning.probe) changes.push({ lookUp, action });
      if (lookUp.meaning.probe) noTest(scope, lookUp.own, changes);
    }
    if (call.resourceId !== null) {
      const write = writeOf(call);
      handle(scope, call.resourceId, {
        action,
        at: call.at,
        byId: true,
        bySearch: true,
        write,
        reference: null,
        owed: null,
      });
    }
    return action;
  }

  /** The probes of a connection test: one for users and, where groups are mapped, one for groups. */
  function probe(scope: Scope, call: CapturedCall, type: string, own: First): First {
    const { test } = scope;
    const joined =
      test !== null && call.at - test.at <= testMs && !test.asked.has(type) && isKept(test.action) ? test : null;
    const asked = new Set(joined?.asked).add(type);
    const action = joined?.action ?? own;
    scope.test = { action, at: call.at, asked };
    return action;
  }

  /** What looked like the first probe of a test was none: those that joined it make up a test of their own. */
  function noTest(scope: Scope, first: First, changes: Change[]): void {
    if (scope.test?.action === first) scope.test = null;
    const left = first.companions.filter(({ matched }) => !matched);
    first.companions = [];
    for (const lookUp of left) changes.push({ lookUp, action: (left[0] ?? lookUp).own });
  }

  function decide(call: CapturedCall, meaning: CallMeaning, own: First, changes: Change[]): First {
    const { resourceId, resourceType, totalResults, method, stage } = call;
    if (stage === 'endpoint' || resourceType === null) return own;
    const scope = call.practice ? practices : call.via === 'public' ? azures : locals;
    if (meaning.sought !== undefined && totalResults === 0) {
      const action = meaning.probe ? probe(scope, call, resourceType, own) : own;
      lookedFor(scope, { call, meaning, sought: meaning.sought, own, action, matched: false, answered: false });
      return action;
    }
    if (totalResults !== null) return resourceId === null ? own : read(scope, resourceId, call, 'bySearch', own);
    if (method === 'POST') return create(scope, call, own, changes);
    if (resourceId === null) return own;
    return method === 'GET' ? read(scope, resourceId, call, 'byId', own) : write(scope, resourceId, call, own);
  }

  function decisionOn(call: CapturedCall, meaning: CallMeaning): Decision {
    const known = decided.get(call.seq);
    if (known !== undefined) return known;
    const own: First = { position: 0, seq: call.seq, committed: false, undone, companions: [] };
    const changes: Change[] = [];
    const decision = { own, action: decide(call, meaning, own, changes), changes };
    if (decided.size >= undecidedAtMost) decided = new Map();
    decided.set(call.seq, decision);
    return decision;
  }

  function meaningOf({ call, meaning, sought, matched }: LookUp): CallMeaning {
    if (!matched || !meaning.probe) return meaning;
    const why = meaning.why.map((code) => (code === 'SP-PROBE' ? 'SP-NOT-FOUND' : code));
    return { ...meaning, probe: false, plain: false, sentence: describeLookUp(call, sought.value), why };
  }

  return {
    join(call, meaning) {
      const { own, action, changes } = decisionOn(call, meaning);
      return {
        action: action !== own && isKept(action) ? action.position : null,
        corrections:
          changes.length === 0
            ? none
            : changes
                .filter((change) => isKept(change.lookUp.own) && isKept(change.action))
                .map((change) => ({
                  call: change.lookUp.call,
                  meaning: meaningOf(change.lookUp),
                  position: change.lookUp.own.position,
                  action: change.action === change.lookUp.own ? null : change.action.position,
                })),
        stored(position) {
          own.position = position;
          own.undone = undone;
        },
        committed() {
          own.committed = true;
          decided.delete(call.seq);
          for (const change of changes) {
            change.lookUp.meaning = meaningOf(change.lookUp);
            change.lookUp.action = change.action;
          }
        },
      };
    },
    undone() {
      undone += 1;
    },
  };
}

/** Whether a write makes up for a refused one: it asks for all of it again, or for the whole record, or that it be gone. */
function settles(call: CapturedCall, { paths }: Owed): boolean {
  return paths === null || call.method !== 'PATCH' || coversPaths(askedPaths(call), paths);
}

/** Whether a write is part of what is being done with its record; `reference`: what it refers to and nothing else. */
function goesOn({ write, reference: before }: Handling, reference: Handling['reference']): boolean {
  if (write === 'none' || write === 'failed') return true;
  if (write === 'deleted' || reference === null) return false;
  return before === null || (before === reference && reference !== 'manager');
}

function writeOf({ status, method }: CapturedCall): Handling['write'] {
  if (status >= 400) return 'failed';
  return method === 'DELETE' ? 'deleted' : 'done';
}

/** Where there are too many, drops what is old, and the first of the others until a quarter is free: rarely, and then at once. */
function makeRoom<T>(entries: Map<string, T>, isOld: (entry: T) => boolean): void {
  if (entries.size <= remembered) return;
  for (const [key, entry] of entries) if (isOld(entry)) entries.delete(key);
  for (const key of entries.keys()) {
    if (entries.size <= remembered * 0.75) return;
    entries.delete(key);
  }
}
