import type { GuideStep } from '../../../src-main/contract/index.ts';
import { formatWhen } from '../../ui/format.ts';

/** Whether a step needs nothing more: seen working, or ticked. */
export function isDone({ state }: GuideStep): boolean {
  return state === 'seen' || state === 'ticked';
}

/** A step's state as a few words under its name; null for one that was not begun. */
export function stateWords({ state, at, words }: GuideStep, now: number): string | null {
  const when = at === null ? '' : ` ${formatWhen(at, now)}`;
  switch (state) {
    case 'todo':
      return words !== null && words.length < 24 ? words : null;
    case 'heard':
      return `heard${when}`;
    case 'ticked':
      return `you ticked${when}`;
    case 'seen':
      return `seen${when}`;
    case 'problem':
      return `a problem${when}`;
  }
}
