import type { CallSentence, CapturedCall } from '../contract/index.ts';
import { count } from './wire.ts';

/** The sentence of a bulk request that was answered: where operations failed, `detail` counts them. */
export function describeBulk({ detail, changes }: CapturedCall): CallSentence {
  const note = detail === null ? count(changes.length, 'change') : detail.replace(/\.$/, '');
  return { verb: 'Ran a bulk request', object: null, note };
}
