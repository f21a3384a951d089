import type { TermKind } from '../term.ts';
import { inSpan, parseSpan } from './numbers.ts';

/** `ms>100`, `ms:10..50`. */
export const ms: TermKind = {
  key: 'ms',
  says: 'time to answer, milliseconds',
  compares: true,
  expects: 'milliseconds, e.g. 100 or 10..50',
  parse(value, operator) {
    const span = parseSpan(value, operator);
    if (span === null) return null;
    const exact = operator === ':' || operator === '=';
    // Times have fractions that nobody types: 12 means 12 as the list shows it.
    const shown = (time: number) => (exact ? Math.round(time) : time);
    const said = {
      ':': `in ${value.replace('..', ' to ')} ms`,
      '=': `in ${value.replace('..', ' to ')} ms`,
      '>': `in more than ${value} ms`,
      '>=': `in ${value} ms or more`,
      '<': `in less than ${value} ms`,
      '<=': `in ${value} ms or less`,
    }[operator];
    return {
      phrase: { is: `answered ${said}`, not: `not answered ${said}` },
      test: (facts) => (facts.durationMs === undefined ? undefined : inSpan(shown(facts.durationMs), span, operator)),
      ...(span.from === null ? {} : { narrow: { slowerThan: span.from - 1 } }),
    };
  },
  offers: () => [
    { value: '100', says: 'slow' },
    { value: '1000', says: 'very slow' },
  ],
};
