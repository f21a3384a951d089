import type { CallAction, CallOutcome, CallSentence, CallSummary } from '../calls.ts';

/** Whether a call asked for a change; a search by POST did not. */
function isWrite({ method, totalResults }: CallSummary): boolean {
  return (method === 'POST' && totalResults === null) || method === 'PATCH' || method === 'PUT' || method === 'DELETE';
}

const failed = (call: CallSummary) => call.outcome === 'failed';

/**
 * What calls that belong together (see `CallSummary.action`) amount to: oldest first, at least one. It says no more than the
 * wire does, and may be read again with each call that joins.
 */
export function actionOf(calls: readonly CallSummary[]): CallAction {
  const [first] = calls;
  if (first === undefined) throw new Error('An action has at least one call.');
  const { decisive, outcome, sentence } = readingOf(calls);
  return {
    position: first.action,
    calls,
    decisive,
    at: first.at,
    durationMs: calls.reduce((sum, call) => sum + call.durationMs, 0),
    outcome,
    practice: first.practice,
    probe: calls.every((call) => call.probe),
    sentence,
  };
}

type Reading = Pick<CallAction, 'decisive' | 'outcome' | 'sentence'>;

function readingOf(calls: readonly CallSummary[]): Reading {
  const last = calls.at(-1) as CallSummary;
  if (calls.length === 1) return alone(last);
  const writes = calls.filter(isWrite);
  const lastWrite = writes.at(-1);
  if (lastWrite === undefined) return ofReads(calls, last);
  // Nothing that was done later makes up for it.
  if (failed(lastWrite)) return { decisive: lastWrite, outcome: 'failed', sentence: lastWrite.sentence };
  return ofWrites(
    calls,
    writes.filter((call) => !failed(call)),
    writes.find(failed),
  );
}

function alone(call: CallSummary): Reading {
  return { decisive: call, outcome: call.outcome, sentence: isMatch(call) ? matched(call) : call.sentence };
}

/** A match query that found one record. */
function isMatch({ totalResults, resourceId, outcome, method }: CallSummary): boolean {
  return method === 'GET' && totalResults === 1 && resourceId !== null && outcome !== 'failed';
}

function matched(call: CallSummary): CallSentence {
  const verb = call.resourceType === 'Group' ? 'Matched group' : 'Matched';
  const note = call.outcome === 'odd' ? call.sentence.note : 'no change was sent';
  return { verb, object: call.resourceName ?? call.sentence.object, note };
}

function ofReads(calls: readonly CallSummary[], last: CallSummary): Reading {
  const refused = calls.findLast(failed);
  if (refused !== undefined) return { decisive: refused, outcome: 'failed', sentence: refused.sentence };
  const outcome = worst(calls);
  if (calls.every((call) => call.probe)) {
    const types = new Set(calls.map((call) => call.resourceType));
    const note = types.size > 1 ? 'users and groups answered' : last.sentence.note;
    return { decisive: last, outcome, sentence: { ...last.sentence, note } };
  }
  const match = calls.findLast(isMatch);
  return match === undefined
    ? { decisive: last, outcome, sentence: last.sentence }
    : { decisive: match, outcome, sentence: matched(match) };
}

function worst(calls: readonly CallSummary[]): CallOutcome {
  return calls.some((call) => call.outcome === 'odd') ? 'odd' : 'ok';
}

/** What matters most of several changes to one record. */
const weights = { created: 4, deleted: 3, archived: 2, restored: 2, updated: 1 };

/** `done`: the writes that went well; `refused`: one before the last that did not. */
function ofWrites(
  calls: readonly CallSummary[],
  done: readonly CallSummary[],
  refused: CallSummary | undefined,
): Reading {
  const weightOf = ({ changeKind }: CallSummary) => (changeKind === null ? 0 : weights[changeKind]);
  const decisive = done.reduce((best, call) => (weightOf(call) > weightOf(best) ? call : best));
  // A record that is not there is created next, or was deleted before: Azure expects that 404.
  const expected = (call: CallSummary) => !failed(call) || isWrite(call) || call.status === 404;
  const unexpected = calls.find((call) => !expected(call));
  const sentence = together(decisive, done);
  const trouble = refused ?? unexpected;
  if (trouble !== undefined) {
    return { decisive, outcome: 'odd', sentence: { ...sentence, note: `after an answer ${trouble.status}` } };
  }
  const odd = decisive.outcome === 'odd' ? decisive : calls.find((call) => call.outcome === 'odd');
  if (odd === undefined) return { decisive, outcome: 'ok', sentence };
  return { decisive, outcome: 'odd', sentence: { ...sentence, note: odd.sentence.note } };
}

/** The sentence of the decisive write, with what followed by reference. */
function together(decisive: CallSummary, done: readonly CallSummary[]): CallSentence {
  const { sentence } = decisive;
  if (done.length === 1) return sentence;
  const added = done.reduce((sum, call) => sum + (call.sentence.members?.added ?? 0), 0);
  const removed = done.reduce((sum, call) => sum + (call.sentence.members?.removed ?? 0), 0);
  if (added + removed > 0) return withMembers(sentence, added, removed);
  const manager = done.find((call) => call !== decisive && call.sentence.verb === 'Set manager of');
  if (manager === undefined) return sentence;
  const notes = [sentence.note, `manager ${manager.sentence.note}`].filter((note) => note !== null);
  return { ...sentence, note: notes.join(', ') };
}

function withMembers(sentence: CallSentence, added: number, removed: number): CallSentence {
  const words = (count: number) => `${count} member${count === 1 ? '' : 's'}`;
  if (sentence.members === undefined) {
    const change = [added > 0 ? `${words(added)} added` : null, removed > 0 ? `${words(removed)} removed` : null];
    return { ...sentence, note: change.filter((part) => part !== null).join(', ') };
  }
  const { object } = sentence;
  const members = { added, removed };
  if (removed === 0) return { verb: `Added ${words(added)} to`, object, note: null, members };
  if (added === 0) return { verb: `Removed ${words(removed)} from`, object, note: null, members };
  return { verb: 'Changed members of', object, note: `${added} added, ${removed} removed`, members };
}

/** Groups calls (in any order) into actions, newest first: in the order of their first calls, whether these are among them or not. */
export function toActions(calls: readonly CallSummary[]): CallAction[] {
  const groups = new Map<number, CallSummary[]>();
  for (const call of calls.toSorted((a, b) => a.position - b.position)) {
    const group = groups.get(call.action);
    if (group === undefined) groups.set(call.action, [call]);
    else group.push(call);
  }
  return [...groups.values()].map(actionOf).sort((a, b) => b.position - a.position);
}
