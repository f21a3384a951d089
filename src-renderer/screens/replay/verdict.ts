import type { ChangedRule, ReplayResult } from '../../../src-main/contract/index.ts';
import { count, formatMoment } from '../../ui/format.ts';

const ruleWords: Record<ChangedRule['rule'], string> = {
  'custom fields': 'The custom fields were changed',
  profile: 'What ServiceOps demands of attributes was changed',
  'tenant admins': 'The list of ServiceOps tenant admins was changed',
};

/** Whether the answer is another one, in a sentence. */
export function verdictOf({ difference, answer, original }: ReplayResult): { same: boolean; words: string } {
  const { status, attributes, compared } = difference;
  if (status !== null) {
    const scimType = answer.scimType === null ? '' : ` ${answer.scimType}`;
    return { same: false, words: `Answered ${status.now}${scimType} now, ${status.before} then.` };
  }
  if (attributes.length > 0) {
    return {
      same: false,
      words: `Answered ${answer.status} as then, but with ${count(attributes.length, 'other value')}.`,
    };
  }
  if (!compared) {
    return {
      same: true,
      words: original.answerGone
        ? `Answered ${answer.status} as then. The answer of then is no longer kept.`
        : `Answered ${answer.status} as then. The bodies are too long, or no JSON, to be compared value by value.`,
    };
  }
  return { same: true, words: `Answered ${answer.status} as then, with the same values.` };
}

/** What is not as it was when the call was answered, in sentences: why the answer may be another. */
export function sinceThen(
  { rules, record, original }: Pick<ReplayResult, 'rules' | 'record' | 'original'>,
  now: number,
): string[] {
  const sentences = rules.map(({ rule, at }) => `${ruleWords[rule]} ${formatMoment(at, now)}.`);
  if (record !== null) {
    const { changes, more, last } = record;
    const by = last.by === 'admin' ? 'by hand' : last.callCode === null ? 'by a call' : `by call ${last.callCode}`;
    const whose = original.resourceType === 'Group' ? 'The group' : 'The user';
    sentences.push(
      `${whose} was changed ${more ? 'more than ' : ''}${count(changes, 'time')}, last ${formatMoment(last.at, now)} ${by}.`,
    );
  }
  if (original.changes.some(({ kind }) => kind === 'created')) {
    sentences.push('What this call created then is in the directory now.');
  }
  if (original.stage === 'endpoint' && (original.status === 401 || original.status === 421)) {
    sentences.push('Token and host name are no part of a replay: this is the answer to a call that gets past both.');
  }
  return sentences;
}
