import type { TermKind } from '../term.ts';
import { inSpan, parseSpan } from './numbers.ts';

const words = {
  ':': (value: string) => value.replace('..', ' to '),
  '=': (value: string) => value.replace('..', ' to '),
  '>=': (value: string) => `${value} or more`,
  '<=': (value: string) => `${value} or less`,
  '>': (value: string) => `more than ${value}`,
  '<': (value: string) => `less than ${value}`,
};

/** `status:404`, `status:4xx`, `status:400..499`, `status>=400`. */
export const status: TermKind = {
  key: 'status',
  says: 'the answer’s status',
  compares: true,
  expects: 'a status, e.g. 404, 4xx or 400..499',
  parse(value, operator) {
    const exact = operator === ':' || operator === '=';
    const hundred = exact ? /^([1-5])xx$/i.exec(value)?.[1] : undefined;
    const span = hundred === undefined ? parseSpan(value, operator) : parseSpan(`${hundred}00..${hundred}99`, ':');
    if (span === null) return null;
    const said = words[operator](value.toLowerCase());
    return {
      phrase: { is: `answered ${said}`, not: `not answered ${said}` },
      test: (facts) => (facts.status === undefined ? undefined : inSpan(facts.status, span, operator)),
    };
  },
  offers: () => [
    { value: '4xx', says: 'refused' },
    { value: '5xx', says: 'errors here' },
    { value: '2xx', says: 'answered well' },
    { value: '400', says: 'not understood or not allowed' },
    { value: '401', says: 'wrong token' },
    { value: '404', says: 'not found' },
    { value: '409', says: 'name taken' },
  ],
};
