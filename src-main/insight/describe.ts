import type { CallMeaning } from '../calls/index.ts';
import type { CallSentence, CapturedCall } from '../contract/index.ts';
import { describeBulk } from './describe-bulk.ts';
import { describeChange } from './describe-change.ts';
import { describeFailure } from './describe-failure.ts';
import { describeRead } from './describe-read.ts';
import { explain, type Finding, isBulk, noteOf, outcomeOf, type World } from './explain/index.ts';
import { type Look, lookOf } from './look.ts';

/** What sentences and explanations are made from, besides the call. */
export type DescribeOptions = World;

/**
 * Says what a call was: in one sentence, from what is on the wire and in the change it made, and no more; how it ended; and
 * which entries of the explanation catalogue fit. These decide the outcome, and the remark of a call that is not plainly good.
 */
export function createDescribe(world: DescribeOptions): (call: CapturedCall) => CallMeaning {
  return (call) => {
    const look = lookOf(call);
    const found = explain(call, world, look);
    const outcome = outcomeOf(found);
    const said = sentenceOf(call, look, world, found);
    const note = outcome === 'odd' ? noteOf(found[0]) : null;
    return {
      // A bulk request's own remark counts what was done: it stays in front.
      sentence: note === null ? said : { ...said, note: isBulk(call) ? `${said.note}, ${note}` : note },
      outcome,
      probe: look?.probe === true && outcome !== 'failed' && found[0]?.code !== 'SP-TENANT-ADMIN-SOUGHT',
      plain: outcome === 'ok' && isPlain(call, found),
      why: found.map(({ code }) => code),
      ...(look?.match && call.status < 400 ? { sought: look.match } : {}),
    };
  };
}

function sentenceOf(call: CapturedCall, look: Look | null, world: World, found: readonly Finding[]): CallSentence {
  if (call.status >= 400) return describeFailure(call, found[0]);
  if (isBulk(call)) return describeBulk(call);
  const [change] = call.changes;
  return change === undefined ? describeRead(call, look, found) : describeChange(change, world);
}

/** Whether the sentence follows from the columns of a feed row. */
function isPlain(call: CapturedCall, found: readonly Finding[]): boolean {
  return call.changes.length === 0 && call.method !== 'POST' && found[0]?.code !== 'SP-TENANT-ADMIN-SOUGHT';
}
