import type { Away, AzureMissing } from '../../contract/index.ts';
import { spanWords } from './score.ts';

/** What is known around an entry without a call. Times are on our clock, milliseconds since 1970. */
export interface MissingFacts {
  at: number;
  /** Where Azure stopped before it would have called. */
  stopped: string | null;
  kept: { from: number; to: number } | null;
  before: number | null;
  after: number | null;
  away: Away | null;
}

/** Why an entry has no call of ours: what is known, and no more. */
export function missingWords(why: AzureMissing, facts: MissingFacts): string {
  const moment = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  switch (why) {
    case 'skipped':
      return 'Azure skipped it: it sends nothing then, or at most a look-up. None was expected here.';
    case 'not-sent':
      return `Azure sent nothing for it: ${facts.stopped ?? 'it stopped before its export step'}.`;
    case 'no-calls':
      return 'No call is kept here at all, so there is nothing to match. The log can be read all the same.';
    case 'older':
      return `It is older than the oldest call that is kept here (${facts.kept === null ? 'none' : moment(facts.kept.from)}).`;
    case 'newer':
      return `It came after the newest call that is kept here (${facts.kept === null ? 'none' : moment(facts.kept.to)}): nothing has reached this pilot since.`;
    case 'away':
      return facts.away === null
        ? 'The pilot was away then: no call could reach it.'
        : `The pilot ${facts.away.why === 'asleep' ? 'slept with this computer' : 'was not running'} from ${moment(facts.away.since)} to ${moment(facts.away.until)}: no call could reach it.`;
    case 'quiet':
      return `No call reached this pilot around then: ${quietWords(facts, moment)}. It was off, the tunnel was down, or Azure called another address.`;
    case 'other-application':
      return 'It seems to be of another application or pilot: no entry of its job has a call here, or it quotes a call’s code that is none of this pilot’s.';
    case 'no-time':
      return 'The log tells no time for it that could be read, so only a quoted call code could have matched.';
    case 'unknown':
      return 'Calls came at that time, but none with its id or name. If it was changed, the call may carry another name.';
  }
}

function quietWords({ at, before, after }: MissingFacts, moment: (at: number) => string): string {
  const parts = [
    before === null ? null : `the last one before came ${spanWords(at - before)} earlier (${moment(before)})`,
    after === null ? null : `the next one ${spanWords(after - at)} later (${moment(after)})`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'none is kept' : parts.join(', ');
}
